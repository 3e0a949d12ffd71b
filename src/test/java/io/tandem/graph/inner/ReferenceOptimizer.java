package io.tandem.graph.inner;

import io.tandem.space.OptimizerFamily;
import io.tandem.testing.Quadratic;

/** The updates written once more as plain loops over {@link Quadratic}, from the papers. */
final class ReferenceOptimizer {
  static final double BETA2 = 0.95;
  static final double EPSILON = 1e-3;

  private ReferenceOptimizer() {}

  /** Settings: learning rate, momentum, weight decay, clip norm, then the initial weights. */
  static double[] weights(OptimizerFamily family, double[] settings, int steps) {
    return weights(family, settings, BETA2, steps);
  }

  /** With another decay of the squared gradients. */
  static double[] weights(OptimizerFamily family, double[] settings, double beta2, int steps) {
    double rate = settings[0];
    double beta = settings[1];
    double decay = settings[2];
    double clip = settings[3];
    int size = settings.length - 4;
    double[] w = new double[size];
    System.arraycopy(settings, 4, w, 0, size);
    double[] m = new double[size];
    double[] s = new double[size];
    for (int step = 0; step < steps; step++) {
      double[] g = new double[size];
      double norm = 0;
      for (int i = 0; i < size; i++) {
        g[i] = Quadratic.curvature()[i] * (w[i] - Quadratic.centre()[i] - 0.1 * step);
        norm += g[i] * g[i];
      }
      double factor = Math.min(1, clip / Math.sqrt(norm));
      double c1 = 1 - Math.pow(beta, step + 1);
      double c2 = 1 - Math.pow(beta2, step + 1);
      for (int i = 0; i < size; i++) {
        double u = g[i] * factor + (family == OptimizerFamily.ADAMW ? 0 : decay * w[i]);
        switch (family) {
          case SGD -> w[i] -= rate * u;
          case MOMENTUM -> {
            m[i] = beta * m[i] - rate * u;
            w[i] += m[i];
          }
          case NESTEROV -> {
            m[i] = beta * m[i] - rate * u;
            w[i] += beta * m[i] - rate * u;
          }
          case RMSPROP -> {
            s[i] = beta2 * s[i] + (1 - beta2) * u * u;
            m[i] = beta * m[i] - rate * u / Math.sqrt(s[i] / c2 + EPSILON * EPSILON);
            w[i] += m[i];
          }
          case ADAM, ADAMW -> {
            m[i] = beta * m[i] + (1 - beta) * u;
            s[i] = beta2 * s[i] + (1 - beta2) * u * u;
            double direction = m[i] / c1 / Math.sqrt(s[i] / c2 + EPSILON * EPSILON);
            w[i] -= rate * (direction + (family == OptimizerFamily.ADAMW ? decay * w[i] : 0));
          }
        }
      }
    }
    return w;
  }

  static double loss(OptimizerFamily family, double[] settings, int steps) {
    return loss(family, settings, BETA2, steps);
  }

  static double loss(OptimizerFamily family, double[] settings, double beta2, int steps) {
    double[] w = weights(family, settings, beta2, steps);
    double loss = 0;
    for (int i = 0; i < w.length; i++) {
      loss += 0.5 * (w[i] - Quadratic.target()[i]) * (w[i] - Quadratic.target()[i]);
    }
    return loss;
  }
}
