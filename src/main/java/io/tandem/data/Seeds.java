package io.tandem.data;

/** The one way to seeds: every random draw comes from (seed, purpose, step). */
public final class Seeds {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  private Seeds() {}

  /**
   * A seed for one draw. It is the same on every machine and in every version of Java.
   *
   * @param seed seed of the run
   * @param purpose what is drawn, for example {@code split}; different purposes give unrelated
   *     seeds
   * @param step which draw of that purpose
   */
  public static long of(long seed, String purpose, long step) {
    long state = mix(seed + GOLDEN_GAMMA);
    state = mix(state ^ hash(purpose));
    return mix(state + GOLDEN_GAMMA * (step + 1));
  }

  /**
   * The finalizer of SplitMix64 (Steele, Lea and Flood 2014): a bijection without fixed pattern.
   */
  public static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /** FNV-1a of the characters (Fowler, Noll and Vo): unlike hashCode it has 64 bits. */
  private static long hash(String text) {
    long hash = FNV_OFFSET;
    for (int index = 0; index < text.length(); index++) {
      hash = (hash ^ text.charAt(index)) * FNV_PRIME;
    }
    return hash;
  }
}
