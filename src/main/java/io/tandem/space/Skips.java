package io.tandem.space;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Earlier layers that a layer adds in, as a list and as one bit per earlier layer. */
final class Skips {
  private Skips() {}

  /** Checks that a layer's skips ascend and point backwards. */
  static void check(int layer, List<Integer> skips) {
    int last = -1;
    for (int skip : skips) {
      if (skip < 0 || skip >= layer) {
        throw new IllegalArgumentException(
            "layer " + layer + " cannot add in " + skip + ", which is not before it");
      }
      if (skip <= last) {
        throw new IllegalArgumentException(
            "layer " + layer + " adds in " + skip + " after " + last + ": not ascending");
      }
      last = skip;
    }
  }

  /** Reads one bit per earlier layer. */
  static List<Integer> read(int layer, Iterator<Integer> bits) {
    List<Integer> skips = new ArrayList<>();
    for (int earlier = 0; earlier < layer; earlier++) {
      if (bits.next() == 1) {
        skips.add(earlier);
      }
    }
    return List.copyOf(skips);
  }

  /** Adds one bit per earlier layer, or nothing if there are none to choose. */
  static void write(int layer, boolean chosen, List<Integer> skips, List<Integer> bits) {
    if (!chosen && !skips.isEmpty()) {
      throw new IllegalArgumentException("layer " + layer + " adds in layers: the space does not");
    }
    for (int earlier = 0; chosen && earlier < layer; earlier++) {
      bits.add(skips.contains(earlier) ? 1 : 0);
    }
  }
}
