package io.tandem.data;

import java.util.Arrays;

/**
 * The shift and scale that give every training column mean 0 and standard deviation 1.
 *
 * @param mean per column
 * @param scale per column: the population standard deviation, 1 for a constant column; positive
 */
public record Standardisation(float[] mean, float[] scale) {
  /** Checks that the sizes agree and that it can be divided by. */
  public Standardisation {
    if (mean.length != scale.length) {
      throw new IllegalArgumentException(mean.length + " means for " + scale.length + " scales");
    }
    for (int column = 0; column < mean.length; column++) {
      if (!Float.isFinite(mean[column]) || !Float.isFinite(scale[column]) || !(scale[column] > 0)) {
        throw new IllegalArgumentException("column " + column + " cannot be standardised");
      }
    }
  }

  /** Learns it from the columns of a set with at least one row. */
  public static Standardisation of(Dataset dataset) {
    if (dataset.rows() == 0) {
      throw new IllegalArgumentException("nothing to learn a standardisation from");
    }
    int columns = dataset.columns();
    float[] mean = new float[columns];
    float[] scale = new float[columns];
    for (int column = 0; column < columns; column++) {
      double centre = centre(dataset, column);
      mean[column] = (float) centre;
      scale[column] = scale(dataset, column, centre);
    }
    return new Standardisation(mean, scale);
  }

  private static double centre(Dataset dataset, int column) {
    double sum = 0;
    for (int row = 0; row < dataset.rows(); row++) {
      sum += cell(dataset, row, column);
    }
    return sum / dataset.rows();
  }

  private static float scale(Dataset dataset, int column, double centre) {
    float first = cell(dataset, 0, column);
    boolean constant = true;
    double squares = 0;
    for (int row = 0; row < dataset.rows(); row++) {
      float value = cell(dataset, row, column);
      constant &= value == first;
      squares += (value - centre) * (value - centre);
    }
    // Compared exactly: the rounded mean of equal values may differ from them.
    float deviation = (float) Math.sqrt(squares / dataset.rows());
    return constant || deviation == 0 ? 1 : deviation;
  }

  private static float cell(Dataset dataset, int row, int column) {
    return dataset.features()[row * dataset.columns() + column];
  }

  /**
   * A standardised copy: {@code (x - mean) / scale} in 32-bit arithmetic, bit for bit what a graph
   * with these two operations computes.
   */
  public Dataset apply(Dataset dataset) {
    return new Dataset(
        apply(dataset.features()),
        dataset.columns(),
        dataset.labels(),
        dataset.classes(),
        dataset.featureNames());
  }

  /**
   * A standardised copy of bare features.
   *
   * @param features row-major {@code [rows, columns]}
   */
  public float[] apply(float[] features) {
    if (mean.length == 0 || features.length % mean.length != 0) {
      throw new IllegalArgumentException(
          features.length + " cells for " + mean.length + " columns");
    }
    float[] result = new float[features.length];
    for (int index = 0; index < features.length; index++) {
      int column = index % mean.length;
      result[index] = (features[index] - mean[column]) / scale[column];
    }
    return result;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Standardisation other
        && Arrays.equals(mean, other.mean)
        && Arrays.equals(scale, other.scale);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(mean) + Arrays.hashCode(scale);
  }

  @Override
  public String toString() {
    return "mean " + Arrays.toString(mean) + ", scale " + Arrays.toString(scale);
  }
}
