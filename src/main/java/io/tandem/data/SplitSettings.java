package io.tandem.data;

/**
 * Shares of a table; they sum to 1.
 *
 * @param train share that the weights learn from, in (0, 1)
 * @param validation share that the search is rewarded on, in (0, 1)
 * @param test share that is read once, at the end, in (0, 1)
 */
public record SplitSettings(double train, double validation, double test) {
  private static final double TOLERANCE = 1e-6;

  /** Checks that every part gets something and nothing is left. */
  public SplitSettings {
    if (!(train > 0 && validation > 0 && test > 0)) {
      throw new IllegalArgumentException("every part of the split needs a positive share");
    }
    if (Math.abs(train + validation + test - 1) > TOLERANCE) {
      throw new IllegalArgumentException("the shares of the split do not sum to 1");
    }
  }
}
