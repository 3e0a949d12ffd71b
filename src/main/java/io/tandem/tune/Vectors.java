package io.tandem.tune;

import java.util.Arrays;

/** Arithmetic on points. */
final class Vectors {
  private Vectors() {}

  static double dot(double[] left, double[] right) {
    double sum = 0;
    for (int index = 0; index < left.length; index++) {
      sum += left[index] * right[index];
    }
    return sum;
  }

  static double norm(double[] vector) {
    return Math.sqrt(dot(vector, vector));
  }

  /** Cosine of the angle; NaN where one is 0 or missing. */
  static double cosine(double[] left, double[] right) {
    return left.length == right.length ? dot(left, right) / (norm(left) * norm(right)) : Double.NaN;
  }

  static double distance(double[] left, double[] right) {
    return norm(plus(left, -1, right));
  }

  /** {@code left + factor * right}; a new array. */
  static double[] plus(double[] left, double factor, double[] right) {
    double[] sum = left.clone();
    Arrays.setAll(sum, index -> left[index] + factor * right[index]);
    return sum;
  }
}
