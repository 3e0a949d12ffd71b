package io.tandem.testing;

import io.tandem.data.Dataset;
import java.util.Arrays;

/**
 * A perceptron with tanh units and its cross-entropy in plain arithmetic, by hand: what a graph's
 * derivatives are held against. Weights are one vector: matrix (row by row) and bias of every layer
 * in turn.
 */
public final class PlainPerceptron {
  private static final double STEP = 1e-5;

  private final int[] sizes;

  /**
   * Creates the network.
   *
   * @param sizes of the input, every hidden layer and the output
   */
  public PlainPerceptron(int... sizes) {
    this.sizes = sizes.clone();
  }

  /**
   * Mean cross-entropy of rows, in nats.
   *
   * @param weights the network's
   * @param data holds the rows
   * @param rows which
   * @param smoothing share of the label that is spread over all classes
   */
  public double loss(double[] weights, Dataset data, int[] rows, double smoothing) {
    double sum = 0;
    for (int row : rows) {
      double[] p = softmax(forward(weights, data, row)[sizes.length - 1]);
      for (int k = 0; k < p.length; k++) {
        sum -= target(data, row, k, smoothing) * Math.log(p[k]);
      }
    }
    return sum / rows.length;
  }

  /** Derivative of {@link #loss} by the weights, by back-propagation; a new array. */
  public double[] gradient(double[] weights, Dataset data, int[] rows, double smoothing) {
    double[] gradient = new double[weights.length];
    for (int row : rows) {
      double[][] layers = forward(weights, data, row);
      double[] back = softmax(layers[sizes.length - 1]);
      for (int k = 0; k < back.length; k++) {
        back[k] = (back[k] - target(data, row, k, smoothing)) / rows.length;
      }
      int end = weights.length;
      for (int layer = sizes.length - 2; layer >= 0; layer--) {
        int inputs = sizes[layer];
        int outputs = sizes[layer + 1];
        int start = end - (inputs + 1) * outputs;
        double[] before = new double[inputs];
        for (int o = 0; o < outputs; o++) {
          for (int i = 0; i < inputs; i++) {
            gradient[start + i * outputs + o] += layers[layer][i] * back[o];
            before[i] += weights[start + i * outputs + o] * back[o];
          }
          gradient[start + inputs * outputs + o] += back[o];
        }
        for (int i = 0; i < inputs; i++) {
          before[i] *= 1 - layers[layer][i] * layers[layer][i];
        }
        back = before;
        end = start;
      }
    }
    return gradient;
  }

  /** Second derivative of {@link #loss}, by central differences of {@link #gradient}. */
  public double[][] hessian(double[] weights, Dataset data, int[] rows, double smoothing) {
    double[][] hessian = new double[weights.length][];
    for (int index = 0; index < weights.length; index++) {
      double[] moved = weights.clone();
      moved[index] = weights[index] + STEP;
      double[] column = gradient(moved, data, rows, smoothing);
      moved[index] = weights[index] - STEP;
      double[] other = gradient(moved, data, rows, smoothing);
      for (int k = 0; k < column.length; k++) {
        column[k] = (column[k] - other[k]) / (2 * STEP);
      }
      hessian[index] = column;
    }
    return hessian;
  }

  /** The solution of {@code matrix x = right} by elimination with pivots; a new array. */
  public static double[] solve(double[][] matrix, double[] right) {
    int size = right.length;
    double[][] rows = new double[size][];
    for (int row = 0; row < size; row++) {
      rows[row] = Arrays.copyOf(matrix[row], size + 1);
      rows[row][size] = right[row];
    }
    for (int pivot = 0; pivot < size; pivot++) {
      int best = pivot;
      for (int row = pivot; row < size; row++) {
        best = Math.abs(rows[row][pivot]) > Math.abs(rows[best][pivot]) ? row : best;
      }
      double[] chosen = rows[best];
      rows[best] = rows[pivot];
      rows[pivot] = chosen;
      for (int row = 0; row < size; row++) {
        double factor = row == pivot ? 0 : rows[row][pivot] / chosen[pivot];
        for (int column = pivot; column <= size && factor != 0; column++) {
          rows[row][column] -= factor * chosen[column];
        }
      }
    }
    double[] solution = new double[size];
    Arrays.setAll(solution, row -> rows[row][size] / rows[row][row]);
    return solution;
  }

  /** A matrix times a vector; a new array. */
  public static double[] product(double[][] matrix, double[] vector) {
    double[] product = new double[matrix.length];
    Arrays.setAll(product, row -> dot(matrix[row], vector));
    return product;
  }

  /** The inner product. */
  public static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int index = 0; index < one.length; index++) {
      sum += one[index] * other[index];
    }
    return sum;
  }

  /** The values of every layer: inputs, activations, and at last the logits. */
  private double[][] forward(double[] weights, Dataset data, int row) {
    double[][] layers = new double[sizes.length][];
    layers[0] = new double[sizes[0]];
    for (int column = 0; column < sizes[0]; column++) {
      layers[0][column] = data.features()[row * sizes[0] + column];
    }
    int start = 0;
    for (int layer = 0; layer < sizes.length - 1; layer++) {
      int inputs = sizes[layer];
      int outputs = sizes[layer + 1];
      layers[layer + 1] = new double[outputs];
      for (int o = 0; o < outputs; o++) {
        double sum = weights[start + inputs * outputs + o];
        for (int i = 0; i < inputs; i++) {
          sum += layers[layer][i] * weights[start + i * outputs + o];
        }
        layers[layer + 1][o] = layer == sizes.length - 2 ? sum : Math.tanh(sum);
      }
      start += (inputs + 1) * outputs;
    }
    return layers;
  }

  private double target(Dataset data, int row, int k, double smoothing) {
    double hard = data.labels()[row] == k ? 1 : 0;
    return (1 - smoothing) * hard + smoothing / sizes[sizes.length - 1];
  }

  private static double[] softmax(double[] scores) {
    double[] exponentials = new double[scores.length];
    double sum = 0;
    for (int k = 0; k < scores.length; k++) {
      exponentials[k] = Math.exp(scores[k]);
      sum += exponentials[k];
    }
    for (int k = 0; k < scores.length; k++) {
      exponentials[k] /= sum;
    }
    return exponentials;
  }
}
