package io.tandem.graph.joint.policy;

import io.tandem.graph.controller.ControllerSettings;
import io.tandem.space.Choices;
import io.tandem.space.Decision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The controller once more, in plain Java: what it says of one sample, as a function of all of its
 * parameters end to end.
 *
 * @param settings size, temperature, tanh constant and skip target
 * @param decisions architecture first
 */
record ReferenceController(ControllerSettings settings, List<Decision> decisions) {
  /**
   * What the controller says of a sample.
   *
   * @param discrete log-probability of all discrete choices, of each in order
   * @param density log-density of all continuous choices in the Gaussian coordinate
   * @param entropy of the discrete decisions, summed
   * @param penalty divergence of the skip rates from their target, summed
   */
  record Said(List<Double> discrete, double density, double entropy, double penalty) {
    double logDiscrete() {
      return discrete.stream().mapToDouble(log -> log).sum();
    }
  }

  /** Reads parameters in the order in which the controller declares them. */
  private static final class Reader {
    private final double[] all;
    private int place;

    Reader(double[] all) {
      this.all = all;
    }

    double[][] matrix(int rows, int columns) {
      double[][] matrix = new double[rows][];
      for (int row = 0; row < rows; row++) {
        matrix[row] = Arrays.copyOfRange(all, place, place + columns);
        place += columns;
      }
      return matrix;
    }

    double[] vector(int size) {
      return matrix(1, size)[0];
    }
  }

  Said of(double[] parameters, Choices chosen) {
    int units = settings.lstmUnits();
    Reader reader = new Reader(parameters);
    double[][] kernel = reader.matrix(2 * units, 4 * units);
    double[] bias = reader.vector(4 * units);
    double[] input = reader.vector(units);
    double[] hidden = new double[units];
    double[] cell = new double[units];
    double[][] previous = new double[0][];
    double[][] current = new double[0][];
    double[][] score = new double[0][];
    List<double[]> anchors = new ArrayList<>();
    List<Double> discrete = new ArrayList<>();
    double density = 0;
    double entropy = 0;
    double penalty = 0;
    int column = 0;
    int real = 0;
    String layer = "";
    for (Decision decision : decisions) {
      String own = decision.name().substring(0, decision.name().indexOf('/'));
      if (!layer.isEmpty() && !own.equals(layer)) {
        anchors.add(hidden.clone());
      }
      layer = own;
      double[] gates = add(times(joined(input, hidden), kernel), bias);
      for (int unit = 0; unit < units; unit++) {
        double forget = sigmoid(gates[units + unit] + 1);
        cell[unit] =
            forget * cell[unit] + sigmoid(gates[unit]) * Math.tanh(gates[2 * units + unit]);
      }
      hidden = new double[units];
      for (int unit = 0; unit < units; unit++) {
        hidden[unit] = sigmoid(gates[3 * units + unit]) * Math.tanh(cell[unit]);
      }
      if (decision instanceof Decision.Categorical categorical) {
        double[][] head = reader.matrix(units, categorical.options());
        double[] logits = soft(add(times(hidden, head), reader.vector(categorical.options())));
        double[][] embedding = reader.matrix(categorical.options(), units);
        double total = Arrays.stream(logits).map(Math::exp).sum();
        for (double logit : logits) {
          double log = logit - Math.log(total);
          entropy -= Math.exp(log) * log;
        }
        int option = chosen.discrete().get(column++);
        discrete.add(logits[option] - Math.log(total));
        input = embedding[option];
      } else if (decision instanceof Decision.Continuous) {
        double mean = times(hidden, reader.matrix(units, 1))[0] + reader.vector(1)[0];
        double logStd = reader.vector(1)[0];
        double[] direction = reader.vector(units);
        double[] offset = reader.vector(units);
        double share = chosen.continuous().get(real++);
        double deviation = (Math.log(share / (1 - share)) - mean) / Math.exp(logStd);
        density += -0.5 * deviation * deviation - logStd - 0.5 * Math.log(2 * Math.PI);
        input = add(Arrays.stream(direction).map(value -> share * value).toArray(), offset);
      } else {
        if (previous.length == 0) {
          // Here all skips come before other parameters are declared: they are read first.
          throw new IllegalStateException("the attention is read with the first decision");
        }
        input = new double[units];
        int count = 1;
        for (int earlier = 0; earlier < decision.width(); earlier++) {
          double[] query = add(times(anchors.get(earlier), previous), times(hidden, current));
          double logit = soft(times(Arrays.stream(query).map(Math::tanh).toArray(), score))[0];
          double yes = sigmoid(logit);
          int bit = chosen.discrete().get(column++);
          discrete.add(Math.log(bit == 1 ? yes : 1 - yes));
          entropy -= yes * Math.log(yes) + (1 - yes) * Math.log(1 - yes);
          double target = settings.skipTarget();
          penalty += yes * Math.log(yes / target) + (1 - yes) * Math.log((1 - yes) / (1 - target));
          if (bit == 1) {
            input = add(input, anchors.get(earlier));
            count++;
          }
        }
        int shared = count;
        input = Arrays.stream(input).map(value -> value / shared).toArray();
      }
      if (previous.length == 0 && nextIsFirstSkips(decision)) {
        previous = reader.matrix(units, units);
        current = reader.matrix(units, units);
        score = reader.matrix(units, 1);
      }
    }
    return new Said(discrete, density, entropy, penalty);
  }

  /** The attention is declared right before the first skips. */
  private boolean nextIsFirstSkips(Decision decision) {
    int next = decisions.indexOf(decision) + 1;
    return next < decisions.size() && decisions.get(next) instanceof Decision.Skips;
  }

  private double[] soft(double[] raw) {
    return Arrays.stream(raw)
        .map(logit -> settings.temperature() > 0 ? logit / settings.temperature() : logit)
        .map(
            logit ->
                settings.tanhConstant() > 0 ? settings.tanhConstant() * Math.tanh(logit) : logit)
        .toArray();
  }

  private static double sigmoid(double value) {
    return 1 / (1 + Math.exp(-value));
  }

  private static double[] joined(double[] left, double[] right) {
    double[] all = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, all, left.length, right.length);
    return all;
  }

  private static double[] times(double[] row, double[][] matrix) {
    double[] product = new double[matrix[0].length];
    for (int index = 0; index < row.length; index++) {
      for (int column = 0; column < product.length; column++) {
        product[column] += row[index] * matrix[index][column];
      }
    }
    return product;
  }

  private static double[] add(double[] left, double[] right) {
    double[] sum = left.clone();
    for (int index = 0; index < sum.length; index++) {
      sum[index] += right[index];
    }
    return sum;
  }
}
