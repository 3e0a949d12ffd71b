package io.tandem.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of the validation and test part that the training part has as well. */
public final class Duplicates {
  private static final double SHARE = 0.02;
  private static final int LEAST = 3;

  private Duplicates() {}

  /**
   * A line for each part with more than a few of them.
   *
   * @param name what to call the data
   * @param split the parts
   */
  public static List<String> suspicions(String name, DataSplit split) {
    long[] known = hashes(split.train());
    Arrays.sort(known);
    // Rows of categories recur by themselves, measurements only where somebody copied them.
    double natural = split.table().isPresent() ? 2 * twins(known) : 0;
    List<String> found = new ArrayList<>();
    count(name, "validation", known, natural, split.validation(), found);
    count(name, "test", known, natural, split.test(), found);
    return found;
  }

  private static void count(
      String name, String part, long[] known, double natural, Dataset rows, List<String> found) {
    long equal =
        Arrays.stream(hashes(rows)).filter(hash -> Arrays.binarySearch(known, hash) >= 0).count();
    if (equal >= LEAST && equal > (SHARE + natural) * rows.rows()) {
      found.add(
          Quote.format(
              "%s: %d of %d %s rows have the same features as a training row, so that the %s score"
                  + " says little about new rows; remove the copies, or give parts that have none",
              name, equal, rows.rows(), part, part));
    }
  }

  /** Share of rows that another one equals, as happens where there are few different rows. */
  private static double twins(long... sorted) {
    int count = 0;
    for (int row = 0; row < sorted.length; row++) {
      boolean before = row > 0 && sorted[row - 1] == sorted[row];
      boolean after = row + 1 < sorted.length && sorted[row + 1] == sorted[row];
      count += before || after ? 1 : 0;
    }
    return (double) count / Math.max(1, sorted.length);
  }

  private static long[] hashes(Dataset rows) {
    long[] hashes = new long[rows.rows()];
    for (int row = 0; row < hashes.length; row++) {
      hashes[row] = hash(rows.row(row));
    }
    return hashes;
  }

  /** 64 bits, so that two different rows of a million practically never agree. */
  private static long hash(float[] row) {
    long hash = row.length;
    for (float value : row) {
      // 0 and -0 are the same number.
      hash = Seeds.mix(hash * 31 + Float.floatToIntBits(value + 0f));
    }
    return hash;
  }
}
