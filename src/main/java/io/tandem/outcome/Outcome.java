package io.tandem.outcome;

import java.util.Arrays;
import java.util.List;

/** What is predicted for a row: one of some classes, or numbers. */
public sealed interface Outcome permits Outcome.Classes, Outcome.Numbers {
  /** Number of outputs of a network that predicts it, positive. */
  int outputs();

  /** Names of the outputs, in their order. */
  List<String> names();

  /**
   * One of some classes.
   *
   * @param names of the classes
   * @param weights how much a row of each class counts in training, relative to the others,
   *     positive; empty where all count alike
   */
  record Classes(List<String> names, List<Double> weights) implements Outcome {
    /** Copies the lists. */
    public Classes {
      names = List.copyOf(names);
      weights = List.copyOf(weights);
      if (!weights.isEmpty() && weights.size() != names.size()) {
        throw new IllegalArgumentException(weights.size() + " weights of " + names.size());
      }
    }

    /** Classes whose rows all count alike. */
    public Classes(List<String> names) {
      this(names, List.of());
    }

    /** The same classes with other weights. */
    public Classes weighted(List<Double> others) {
      return new Classes(names, others);
    }

    @Override
    public int outputs() {
      return names.size();
    }
  }

  /**
   * One or several numbers. Networks predict {@code (y - mean) / scale}, or the same of {@code
   * log(y)}.
   *
   * @param names of the columns
   * @param mean for each of them, learnt on the training part
   * @param scale for each of them the population standard deviation there, positive
   * @param logarithm whether networks predict the logarithm
   * @param loss how errors count
   */
  record Numbers(
      List<String> names, double[] mean, double[] scale, boolean logarithm, RegressionLoss loss)
      implements Outcome {
    /** Checks the sizes. */
    public Numbers {
      names = List.copyOf(names);
      if (names.isEmpty() || mean.length != names.size() || scale.length != mean.length) {
        throw new IllegalArgumentException(
            mean.length + " means and " + scale.length + " scales for " + names.size());
      }
      for (int output = 0; output < mean.length; output++) {
        if (!Double.isFinite(mean[output])
            || !Double.isFinite(scale[output])
            || !(scale[output] > 0)) {
          throw new IllegalArgumentException(
              names.get(output)
                  + " cannot be standardised by "
                  + mean[output]
                  + " and "
                  + scale[output]);
        }
      }
    }

    /**
     * Learns mean and scale.
     *
     * @param names of the columns
     * @param train values of the training part, row-major {@code [rows, columns]}, finite; positive
     *     where the logarithm is predicted
     * @param logarithm whether networks predict the logarithm
     * @param loss how errors count
     * @throws IllegalArgumentException if a column is constant
     */
    public static Numbers learn(
        List<String> names, double[] train, boolean logarithm, RegressionLoss loss) {
      int outputs = names.size();
      int rows = train.length / outputs;
      double[] mean = new double[outputs];
      double[] scale = new double[outputs];
      for (int output = 0; output < outputs; output++) {
        for (int row = 0; row < rows; row++) {
          mean[output] += learnt(train[row * outputs + output], logarithm) / rows;
        }
        double largest = 0;
        for (int row = 0; row < rows; row++) {
          double distance = learnt(train[row * outputs + output], logarithm) - mean[output];
          largest = Math.max(largest, Math.abs(distance));
        }
        // Squares of very small or large numbers would be 0 or infinite.
        double unit = largest > 0 ? largest : 1;
        double squares = 0;
        for (int row = 0; row < rows; row++) {
          double distance = learnt(train[row * outputs + output], logarithm) - mean[output];
          squares += distance / unit * (distance / unit) / rows;
        }
        scale[output] = Math.sqrt(squares) * unit;
      }
      return new Numbers(names, mean, scale, logarithm, loss);
    }

    private static double learnt(double value, boolean logarithm) {
      return logarithm ? Math.log(value) : value;
    }

    @Override
    public int outputs() {
      return names.size();
    }

    /**
     * What networks predict for a value.
     *
     * @param value as in the table
     * @param output which column
     */
    public double standardised(double value, int output) {
      return (learnt(value, logarithm) - mean[output]) / scale[output];
    }

    /**
     * The value as in the table.
     *
     * @param predicted what a network says
     * @param output which column
     */
    public double value(double predicted, int output) {
      double learnt = predicted * scale[output] + mean[output];
      return logarithm ? Math.exp(learnt) : learnt;
    }

    @Override
    public boolean equals(Object object) {
      return object instanceof Numbers other
          && names.equals(other.names)
          && Arrays.equals(mean, other.mean)
          && Arrays.equals(scale, other.scale)
          && logarithm == other.logarithm
          && loss.equals(other.loss);
    }

    @Override
    public int hashCode() {
      return 31 * names.hashCode() + Arrays.hashCode(mean);
    }

    @Override
    public String toString() {
      return "numbers " + names;
    }
  }
}
