package io.tandem.testing;

/**
 * Softmax regression trained from 0 on all rows in every step by SGD with heavy-ball momentum and
 * penalty {@code λ/2 w²}, in plain Java. Rows hold the features, then the class.
 */
public final class SoftmaxRegression {
  private final double[][] training;
  private final int features;
  // The last row holds the biases.
  private final double[][] weights;

  public SoftmaxRegression(double[][] training, int features, int classes) {
    this.training = training;
    this.features = features;
    this.weights = new double[features + 1][classes];
  }

  public SoftmaxRegression train(int steps, double rate, double momentum, double penalty) {
    int classes = weights[0].length;
    double[][] velocity = new double[features + 1][classes];
    for (int step = 0; step < steps; step++) {
      double[][] gradient = new double[features + 1][classes];
      for (double[] row : training) {
        double[] probabilities = probabilities(row);
        for (int output = 0; output < classes; output++) {
          double error = (probabilities[output] - (output == row[features] ? 1 : 0));
          for (int input = 0; input <= features; input++) {
            gradient[input][output] += error * input(row, input) / training.length;
          }
        }
      }
      for (int input = 0; input <= features; input++) {
        for (int output = 0; output < classes; output++) {
          double pull = gradient[input][output] + penalty * weights[input][output];
          velocity[input][output] = momentum * velocity[input][output] - rate * pull;
          weights[input][output] += velocity[input][output];
        }
      }
    }
    return this;
  }

  /** Mean cross-entropy on some rows, without the penalty. */
  public double loss(double[][] rows) {
    double sum = 0;
    for (double[] row : rows) {
      sum -= Math.log(probabilities(row)[(int) row[features]]);
    }
    return sum / rows.length;
  }

  private double input(double[] row, int index) {
    return index == features ? 1 : row[index];
  }

  private double[] probabilities(double[] row) {
    double[] values = new double[weights[0].length];
    double total = 0;
    for (int output = 0; output < values.length; output++) {
      double logit = 0;
      for (int input = 0; input <= features; input++) {
        logit += input(row, input) * weights[input][output];
      }
      values[output] = Math.exp(logit);
      total += values[output];
    }
    for (int output = 0; output < values.length; output++) {
      values[output] /= total;
    }
    return values;
  }
}
