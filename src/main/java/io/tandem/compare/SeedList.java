package io.tandem.compare;

import io.tandem.disk.UserError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a list of seeds: numbers and ranges such as {@code 1..10,42}. */
public final class SeedList {
  private static final int MOST = 1000;
  private static final long LARGEST = 1L << 53;
  private static final String EXPECTED =
      "expected different whole numbers from 0 to 2^53, as in 1..10 or 1,2,3";

  private SeedList() {}

  /**
   * Reads a list.
   *
   * @param text as typed
   * @return the seeds in the order given, at least one, all different
   * @throws UserError if it is none
   */
  public static List<Long> parse(String text) {
    List<Long> seeds = new ArrayList<>();
    Set<Long> different = new HashSet<>();
    for (String item : text.split(",", -1)) {
      String[] ends = item.strip().split("\\.\\.", -1);
      long first = number(ends[0], text);
      long last = ends.length == 1 ? first : number(ends[ends.length - 1], text);
      if (ends.length > 2 || last < first) {
        throw error(text, "\"" + item.strip() + "\" is not a range, " + EXPECTED);
      }
      for (long seed = first; seed <= last; seed++) {
        if (!different.add(seed)) {
          throw error(text, seed + " is given twice, " + EXPECTED);
        }
        if (seeds.size() == MOST) {
          throw error(text, "more than " + MOST + " seeds; use fewer");
        }
        seeds.add(seed);
      }
    }
    return List.copyOf(seeds);
  }

  private static long number(String item, String text) {
    String digits = item.strip();
    if (digits.matches("[0-9]{1,16}") && Long.parseLong(digits) <= LARGEST) {
      return Long.parseLong(digits);
    }
    throw error(text, "\"" + digits + "\" is not a seed, " + EXPECTED);
  }

  private static UserError error(String text, String what) {
    return new UserError(
        UserError.Kind.USAGE,
        ("--seeds " + text + ": " + what).replaceAll("[\\p{Cntrl}\\s]+", " "));
  }
}
