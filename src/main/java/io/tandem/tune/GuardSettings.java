package io.tandem.tune;

/**
 * What happens when the hypergradient becomes chaotic.
 *
 * @param explosion the norm explodes when it is this many times the usual one, at least 1
 * @param flip the direction flips when its cosine with the one before is below this, -1..1
 * @param shrink factor on the outer step then, in (0, 1]
 * @param recover factor on the outer step after a calm step, at least 1, until it is whole again
 */
public record GuardSettings(double explosion, double flip, double shrink, double recover) {
  /** Checks the ranges. */
  public GuardSettings {
    if (!(explosion >= 1 && flip >= -1 && flip <= 1 && shrink > 0 && shrink <= 1 && recover >= 1)) {
      throw new IllegalArgumentException("a setting of the guard is out of its range");
    }
  }
}
