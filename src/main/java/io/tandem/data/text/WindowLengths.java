package io.tandem.data.text;

import io.tandem.data.Seeds;

/**
 * Random lengths of the windows of training (Merity, Keskar and Socher 2018, section 5), so that
 * windows do not end at the same places in every pass: normal with standard deviation 5 around
 * {@code mean}, or in one window of twenty around half of it, rounded down, at least 5. The length
 * of a window depends on seed, purpose and number alone, and is the same on every machine.
 *
 * <p>Deviation: published lengths have no upper end. An unrolled graph cannot be longer than it was
 * built, so longer draws become {@code longest}; where that is the mean, half of the windows have
 * it. Published training multiplies the learning rate by length / mean; that is up to the caller.
 *
 * @param mean usual length, positive
 * @param longest most times that a window can have, positive; where it is below 5 all have it
 * @param seed seed of the run
 * @param purpose what the windows are for; different purposes give unrelated lengths
 */
public record WindowLengths(int mean, int longest, long seed, String purpose) {
  private static final int SHORTEST = 5;
  private static final double DEVIATION = 5;
  private static final double USUAL = 0.95;
  private static final int DRAWS = 3;

  /** Checks the lengths. */
  public WindowLengths {
    if (mean < 1 || longest < 1) {
      throw new IllegalArgumentException("no windows of " + mean + " to " + longest + " tokens");
    }
  }

  /**
   * The length of a window, 5 to {@code longest}.
   *
   * @param window its number, from 0
   */
  public int of(long window) {
    double centre = uniform(window, 0) < USUAL ? mean : mean / 2.0;
    // Box and Muller 1958; the logarithm is that of a number in (0, 1].
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform(window, 1)));
    double normal = radius * StrictMath.cos(2 * Math.PI * uniform(window, 2));
    int drawn = (int) (centre + DEVIATION * normal);
    return Math.min(longest, Math.max(SHORTEST, drawn));
  }

  /** A number in [0, 1). */
  private double uniform(long window, int draw) {
    return (Seeds.of(seed, purpose, DRAWS * window + draw) >>> 11) * 0x1p-53;
  }
}
