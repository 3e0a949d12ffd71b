package io.tandem.graph.hypergradient.reversible;

/**
 * The largest number that the information buffer of a layer can hold by now. It follows from the
 * momenta alone, so that a buffer spills on a schedule that is known before the run.
 */
final class BufferBound {
  /** Bits that leave the buffer in a spill. */
  static final int WORD = 32;

  // A push multiplies by 2^16 and must stay below 2^63.
  private static final long LARGEST = (1L << (63 - Rational.SHIFT)) - 1;

  private long bound;

  /** Whether the buffer must spill before it takes another remainder. */
  boolean full() {
    return bound > LARGEST;
  }

  /** Takes a word out. */
  void spill() {
    bound >>= WORD;
  }

  /** Accounts for a multiplication by {@code n/d}. */
  void multiply(long numerator) {
    bound = (bound * Rational.DENOMINATOR + Rational.DENOMINATOR - 1) / numerator;
  }
}
