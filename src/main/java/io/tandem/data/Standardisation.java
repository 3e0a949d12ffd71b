package io.tandem.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The shift and scale that give every training column, or every channel of the training images,
 * mean 0 and standard deviation 1.
 *
 * @param mean per column
 * @param scale per column: the population standard deviation, 1 where all is constant; positive,
 *     but perhaps so small that graphs take it for 0, see {@link #isTooSmall}
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

  /**
   * Whether graphs take the scale of a column for 0, and divide by it: processors are told to do so
   * with numbers that have lost digits at the lower end of 32 bits.
   *
   * @param column which
   */
  public boolean isTooSmall(int column) {
    return scale[column] < Float.MIN_NORMAL;
  }

  /** Leaves features as they are. */
  public static Standardisation none(int columns) {
    float[] ones = new float[columns];
    Arrays.fill(ones, 1);
    return new Standardisation(new float[columns], ones);
  }

  /** Learns it from the columns of a set with at least one row. */
  public static Standardisation of(Dataset dataset) {
    return leaving(dataset, new boolean[dataset.columns()]);
  }

  /**
   * Learns it from some columns of a set with at least one row; the others are left as they are.
   *
   * @param dataset the set
   * @param left for each column whether it is left as it is
   */
  public static Standardisation leaving(Dataset dataset, boolean... left) {
    if (dataset.rows() == 0) {
      throw new IllegalArgumentException("nothing to learn a standardisation from");
    }
    int[] learnt = IntStream.range(0, left.length).filter(column -> !left[column]).toArray();
    double[] centres = centres(dataset, learnt);
    float[] mean = new float[left.length];
    float[] scale = new float[left.length];
    Arrays.fill(scale, 1);
    float[] scales = scales(dataset, learnt, centres);
    for (int index = 0; index < learnt.length; index++) {
      mean[learnt[index]] = (float) centres[index];
      scale[learnt[index]] = scales[index];
    }
    return new Standardisation(mean, scale);
  }

  /**
   * Learns one mean and one scale for all pixels of a channel, so that an image keeps its
   * brightness from pixel to pixel, and a border that is 0 everywhere its distance from the mean.
   *
   * @param images a set of at least one image
   * @return for every column the numbers of its channel
   * @throws IllegalArgumentException if the rows are no images
   */
  public static Standardisation perChannel(Dataset images) {
    int channels =
        images
            .image()
            .orElseThrow(() -> new IllegalArgumentException("the rows are no images"))
            .channels();
    if (images.rows() == 0) {
      throw new IllegalArgumentException("nothing to learn a standardisation from");
    }
    int columns = images.columns();
    double[] means = new double[channels];
    double[] centres = centres(images, IntStream.range(0, images.columns()).toArray());
    for (int column = 0; column < columns; column++) {
      means[column % channels] += centres[column] * channels / columns;
    }
    float[] mean = new float[columns];
    float[] scale = channelScales(images, means);
    for (int column = 0; column < columns; column++) {
      mean[column] = (float) means[column % channels];
    }
    return new Standardisation(mean, scale);
  }

  private static float[] channelScales(Dataset images, double[] means) {
    int columns = images.columns();
    double[] squares = new double[means.length];
    boolean[] varies = new boolean[means.length];
    float[] first = images.row(0);
    for (int row = 0; row < images.rows(); row++) {
      float[] pixels = images.row(row);
      for (int column = 0; column < columns; column++) {
        int channel = column % means.length;
        double distance = pixels[column] - means[channel];
        varies[channel] |= pixels[column] != first[channel];
        squares[channel] += distance * distance;
      }
    }
    double count = (double) images.rows() * columns / means.length;
    float[] scale = new float[columns];
    for (int column = 0; column < columns; column++) {
      int channel = column % means.length;
      float deviation = (float) Math.sqrt(squares[channel] / count);
      scale[column] = varies[channel] && deviation != 0 ? deviation : 1;
    }
    return scale;
  }

  // Row by row, as the rows lie in memory: by columns, a set of images takes a cache miss a cell.
  private static double[] centres(Dataset dataset, int... columns) {
    double[] sums = new double[columns.length];
    Rows rows = new Rows(dataset);
    for (int row = 0; row < dataset.rows(); row++) {
      float[] features = rows.holding(row);
      int begin = rows.begin(row);
      for (int index = 0; index < columns.length; index++) {
        sums[index] += features[begin + columns[index]];
      }
    }
    for (int index = 0; index < sums.length; index++) {
      sums[index] /= dataset.rows();
    }
    return sums;
  }

  private static float[] scales(Dataset dataset, int[] columns, double... centres) {
    double[] squares = new double[columns.length];
    boolean[] varies = new boolean[columns.length];
    float[] first = dataset.row(0);
    Rows rows = new Rows(dataset);
    for (int row = 0; row < dataset.rows(); row++) {
      float[] features = rows.holding(row);
      int begin = rows.begin(row);
      for (int index = 0; index < columns.length; index++) {
        float value = features[begin + columns[index]];
        varies[index] |= value != first[columns[index]];
        squares[index] += (value - centres[index]) * (value - centres[index]);
      }
    }
    float[] scale = new float[columns.length];
    for (int index = 0; index < scale.length; index++) {
      // Compared exactly: the rounded mean of equal values may differ from them.
      float deviation = (float) Math.sqrt(squares[index] / dataset.rows());
      scale[index] = varies[index] ? Math.max(deviation, Float.MIN_VALUE) : 1;
    }
    return scale;
  }

  /** Rows of a data set, which are not copied where they are floats. */
  private record Rows(Dataset dataset) {
    float[] holding(int row) {
      return dataset.values() instanceof Values.Floats floats ? floats.values() : dataset.row(row);
    }

    int begin(int row) {
      return dataset.values() instanceof Values.Floats ? row * dataset.columns() : 0;
    }
  }

  /**
   * A standardised copy: {@code (x - mean) / scale} in 32-bit arithmetic, bit for bit what a graph
   * with these two operations computes.
   */
  public Dataset apply(Dataset dataset) {
    return new Dataset(
        new Values.Floats(apply(dataset.features())),
        dataset.columns(),
        dataset.targets(),
        dataset.featureNames(),
        dataset.image(),
        dataset.vocabularies());
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
