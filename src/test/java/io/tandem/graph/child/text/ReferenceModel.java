package io.tandem.graph.child.text;

import io.tandem.space.CellActivation;
import io.tandem.space.RecurrentArchitecture;
import java.util.ArrayList;
import java.util.List;

/** A language model as plain loops that follow the definition (Pham et al. 2018, section 2.1). */
public final class ReferenceModel {
  private final RecurrentArchitecture cell;
  private final List<Integer> outputs;
  private final LanguageShape shape;
  private final List<double[]> weights;
  public double[][] state;
  public final List<double[]> logits = new ArrayList<>();

  /** Weights as in {@link RecurrentNetwork#parts}. */
  public ReferenceModel(
      RecurrentArchitecture cell,
      List<Integer> outputs,
      LanguageShape shape,
      List<double[]> weights) {
    this.cell = cell;
    this.outputs = outputs;
    this.shape = shape;
    this.weights = weights;
  }

  /** Runs over a window; logits come time step by time step, as in {@link WindowOutput}. */
  public void run(int[][] words, double[][] start) {
    state = start;
    for (int time = 0; time < shape.length(); time++) {
      double[][] next = new double[words.length][];
      for (int row = 0; row < words.length; row++) {
        next[row] = step(words[row][time], state[row]);
        logits.add(logits(next[row]));
      }
      state = next;
    }
  }

  private double[] step(int word, double[] before) {
    int hidden = shape.hidden();
    List<double[]> nodes = new ArrayList<>();
    double[] first = new double[hidden];
    for (int unit = 0; unit < hidden; unit++) {
      double gate = 0;
      double change = 0;
      for (int from = 0; from < hidden; from++) {
        double x = weights.get(0)[word * hidden + from];
        int at = from * 2 * hidden + unit;
        gate += x * weights.get(2)[at] + before[from] * weights.get(3)[at];
        change += x * weights.get(2)[at + hidden] + before[from] * weights.get(3)[at + hidden];
      }
      first[unit] = mixed(gate, change, cell.first(), before[unit]);
    }
    nodes.add(first);
    for (int node = 1; node <= cell.nodes().size(); node++) {
      RecurrentArchitecture.Node chosen = cell.nodes().get(node - 1);
      double[] read = nodes.get(chosen.source());
      double[] kernel = weights.get(3 + node);
      double[] made = new double[hidden];
      for (int unit = 0; unit < hidden; unit++) {
        double gate = 0;
        double change = 0;
        for (int from = 0; from < hidden; from++) {
          gate += read[from] * kernel[from * 2 * hidden + unit];
          change += read[from] * kernel[from * 2 * hidden + hidden + unit];
        }
        made[unit] = mixed(gate, change, chosen.activation(), read[unit]);
      }
      nodes.add(made);
    }
    double[] mean = new double[hidden];
    for (int node : outputs) {
      for (int unit = 0; unit < hidden; unit++) {
        mean[unit] += nodes.get(node)[unit] / outputs.size();
      }
    }
    return mean;
  }

  private static double mixed(double gate, double change, CellActivation activation, double read) {
    double share = 1 / (1 + Math.exp(-gate));
    return share * activated(activation, change) + (1 - share) * read;
  }

  private static double activated(CellActivation activation, double x) {
    return switch (activation) {
      case TANH -> Math.tanh(x);
      case RELU -> Math.max(0, x);
      case IDENTITY -> x;
      case SIGMOID -> 1 / (1 + Math.exp(-x));
    };
  }

  private double[] logits(double[] output) {
    double[] all = weights.get(1).clone();
    for (int word = 0; word < shape.vocabulary(); word++) {
      for (int unit = 0; unit < shape.hidden(); unit++) {
        all[word] += output[unit] * weights.get(0)[word * shape.hidden() + unit];
      }
    }
    return all;
  }
}
