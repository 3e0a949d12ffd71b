package io.tandem.data;

/**
 * A seeded random order of 0 to n - 1. The generator is written out here because those of the Java
 * library may change between versions, and with them the split of a run that is resumed.
 */
public final class Permutation {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private Permutation() {}

  /**
   * A uniformly drawn order (Durstenfeld 1964).
   *
   * @param size number of elements, not negative
   * @param seed decides the order alone
   */
  public static int[] of(int size, long seed) {
    int[] order = new int[size];
    long state = seed;
    for (int index = 0; index < size; index++) {
      state += GOLDEN_GAMMA;
      int other = below(index + 1, Seeds.mix(state));
      order[index] = order[other];
      order[other] = index;
    }
    return order;
  }

  /** 64 random bits scaled to 0..bound-1; its bias, bound / 2^64, is far below what can be seen. */
  private static int below(int bound, long bits) {
    long high = (bits >>> 32) * bound;
    long low = (bits & 0xFFFFFFFFL) * bound;
    return (int) ((high + (low >>> 32)) >>> 32);
  }
}
