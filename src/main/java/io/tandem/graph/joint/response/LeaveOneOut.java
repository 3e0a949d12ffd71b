package io.tandem.graph.joint.response;

/** Baselines of a sample that do not depend on it: the means of the others. */
public final class LeaveOneOut {
  private LeaveOneOut() {}

  /**
   * The mean of the other values, for every value; 0 if there is no other.
   *
   * @param values one per sample
   */
  static double[] means(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double[] means = new double[values.length];
    if (values.length > 1) {
      for (int m = 0; m < values.length; m++) {
        means[m] = (sum - values[m]) / (values.length - 1);
      }
    }
    return means;
  }

  /**
   * Every value less the mean of the others.
   *
   * @param values one per sample
   */
  public static double[] centred(double[] values) {
    double[] centred = means(values);
    for (int m = 0; m < values.length; m++) {
      centred[m] = values[m] - centred[m];
    }
    return centred;
  }
}
