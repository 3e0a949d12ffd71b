package io.tandem.outcome;

import java.util.Arrays;
import java.util.List;

/**
 * Rows of every class in a training part, with what was said about how much they count.
 *
 * @param counts rows of each class; empty where nothing depends on classes
 * @param given weight of each class, positive; empty where all are 1
 */
public record ClassWeights(int[] counts, List<Double> given) {
  /** Copies the list and checks the sizes. */
  public ClassWeights {
    given = List.copyOf(given);
    if (!given.isEmpty() && given.size() != counts.length) {
      throw new IllegalArgumentException(
          given.size() + " weights of " + counts.length + " classes");
    }
  }

  /** Where nothing depends on classes. */
  public static ClassWeights none() {
    return new ClassWeights(new int[0], List.of());
  }

  /** Share of the rows that each class has; one without rows counts as if it had one. */
  public double[] shares() {
    double sum = Arrays.stream(counts).map(count -> Math.max(1, count)).sum();
    return Arrays.stream(counts).mapToDouble(count -> Math.max(1, count) / sum).toArray();
  }

  /**
   * The given weights, scaled so that their mean over the rows is 1, as learning rates and the
   * guards of a training expect.
   *
   * @return one for each class; empty where all are 1
   */
  public double[] scaled() {
    if (given.isEmpty()) {
      return new double[0];
    }
    double[] shares = shares();
    double mean = 0;
    for (int index = 0; index < shares.length; index++) {
      mean += shares[index] * given.get(index);
    }
    double all = mean;
    return given.stream().mapToDouble(weight -> weight / all).toArray();
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof ClassWeights other
        && Arrays.equals(counts, other.counts)
        && given.equals(other.given);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(counts) + given.hashCode();
  }

  @Override
  public String toString() {
    return Arrays.toString(counts) + " rows with weights " + given;
  }
}
