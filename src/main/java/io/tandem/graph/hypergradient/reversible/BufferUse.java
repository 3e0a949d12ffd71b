package io.tandem.graph.hypergradient.reversible;

import java.util.List;

/**
 * What the information buffer of one variable held at the end of the way there: for every weight
 * one integer of any length, whose low words were spilled.
 *
 * @param variable name of the weights
 * @param spilledWords 32-bit words on the host per weight
 * @param bitLengths for every weight the length of its integer, in bits
 * @param information bits per weight that the steps put in less those that they took out, {@code Σ
 *     log2(d/n)}: what a code without any loss would hold
 * @param width bits per weight that an array of these integers takes: 32 for every spilled word and
 *     {@code log2(1 + largest)} for the rest
 */
public record BufferUse(
    String variable, int spilledWords, int[] bitLengths, double information, double width) {

  /**
   * Counts.
   *
   * @param variable name
   * @param rest what is in the buffer still
   * @param information bits put in less bits taken out, per weight
   * @param spilled words of every weight, in the order in which they left
   */
  static BufferUse of(String variable, long[] rest, double information, List<int[]> spilled) {
    int[] lengths = new int[rest.length];
    long largest = 0;
    for (int index = 0; index < rest.length; index++) {
      largest = Math.max(largest, rest[index]);
      lengths[index] = length(rest[index], spilled, index);
    }
    double width =
        BufferBound.WORD * (double) spilled.size() + Math.log1p((double) largest) / Math.log(2);
    return new BufferUse(variable, spilled.size(), lengths, information, width);
  }

  // The word that left last is the highest.
  private static int length(long rest, List<int[]> spilled, int index) {
    long high = rest;
    int below = spilled.size();
    while (high == 0 && below > 0) {
      below--;
      high = Integer.toUnsignedLong(spilled.get(below)[index]);
    }
    return BufferBound.WORD * below + Long.SIZE - Long.numberOfLeadingZeros(high);
  }
}
