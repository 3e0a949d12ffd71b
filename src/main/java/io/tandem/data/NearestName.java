package io.tandem.data;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which name was meant. */
public final class NearestName {
  private static final int LONGEST = 100;

  private NearestName() {}

  /**
   * The candidate with the fewest single-character changes, the first of them in case of a tie.
   *
   * @param candidates at least one
   */
  public static String of(String name, Collection<String> candidates) {
    String wanted = shortened(name);
    return candidates.stream()
        .min(Comparator.comparingInt(candidate -> distance(wanted, shortened(candidate))))
        .orElseThrow();
  }

  /**
   * The candidate that is probably meant: the nearest one, if a third of its characters differ at
   * most.
   */
  public static Optional<String> similar(String name, Collection<String> candidates) {
    String wanted = shortened(name);
    return candidates.stream()
        .filter(
            candidate -> 3 * distance(wanted, shortened(candidate)) <= Math.max(3, wanted.length()))
        .min(Comparator.comparingInt(candidate -> distance(wanted, shortened(candidate))));
  }

  private static String shortened(String name) {
    return name.substring(0, Math.min(name.length(), LONGEST)).toLowerCase(Locale.ROOT);
  }

  /** Levenshtein's edit distance (1966), row by row. */
  private static int distance(String from, String to) {
    int[] previous = new int[to.length() + 1];
    for (int column = 0; column < previous.length; column++) {
      previous[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      int[] current = new int[previous.length];
      current[0] = row;
      for (int column = 1; column < current.length; column++) {
        int change = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
        current[column] =
            Math.min(
                previous[column - 1] + change, 1 + Math.min(previous[column], current[column - 1]));
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
