package io.tandem.data;

import java.util.Arrays;

/**
 * Divides rows so that every part has every class in the same proportion, as nearly as whole rows
 * allow, and at least one row of each.
 *
 * @param train rows of the first part, ascending
 * @param validation rows of the second
 * @param test rows of the third
 */
public record StratifiedSplit(int[] train, int[] validation, int[] test) {
  /** Rows of an order that are shuffled. */
  private static final int STRETCH = 10;

  /**
   * Divides rows at random.
   *
   * @param labels class of each row
   * @param classes number of classes; each has at least three rows
   * @param settings shares
   * @param seed seed of the run
   */
  public static StratifiedSplit of(int[] labels, int classes, SplitSettings settings, long seed) {
    double[] shares = {settings.train(), settings.validation(), settings.test()};
    int[][] parts = parts(labels, classes, shares, seed);
    return new StratifiedSplit(parts[0], parts[1], parts[2]);
  }

  /**
   * Divides rows so that every part has its share of every stretch of an order: rows that are next
   * to each other in it are shuffled, and each then goes to the part that lacks the most.
   *
   * @param ordered all rows, in the order
   * @param settings shares
   * @param seed seed of the run
   */
  public static StratifiedSplit ofOrdered(int[] ordered, SplitSettings settings, long seed) {
    double[] shares = {settings.train(), settings.validation(), settings.test()};
    int[] part = new int[ordered.length];
    int[] sizes = new int[shares.length];
    for (int start = 0; start < ordered.length; start += STRETCH) {
      int length = Math.min(STRETCH, ordered.length - start);
      for (int place : Permutation.of(length, Seeds.of(seed, "split/ordered", start))) {
        int done = Arrays.stream(sizes).sum() + 1;
        int most = 0;
        for (int index = 1; index < shares.length; index++) {
          boolean lacks = shares[index] * done - sizes[index] > shares[most] * done - sizes[most];
          most = lacks ? index : most;
        }
        part[ordered[start + place]] = most;
        sizes[most]++;
      }
    }
    fillEmpty(part, sizes);
    return new StratifiedSplit(rows(part, 0, sizes), rows(part, 1, sizes), rows(part, 2, sizes));
  }

  /** A part without rows gets one of the largest. */
  private static void fillEmpty(int[] part, int... sizes) {
    for (int wanted = 0; wanted < sizes.length; wanted++) {
      if (sizes[wanted] == 0) {
        int largest = largest(Arrays.stream(sizes).asDoubleStream().toArray());
        int row = 0;
        while (part[row] != largest) {
          row++;
        }
        part[row] = wanted;
        sizes[largest]--;
        sizes[wanted]++;
      }
    }
  }

  /**
   * Divides rows at random into any number of parts.
   *
   * @param labels class of each row
   * @param classes number of classes; each has at least as many rows as there are parts
   * @param shares of the parts; they sum to 1
   * @param seed seed of the run
   * @return the rows of each part, ascending
   */
  public static int[][] parts(int[] labels, int classes, double[] shares, long seed) {
    int[][] members = members(labels, classes);
    int[] part = new int[labels.length];
    int[] totals = new int[shares.length];
    for (int index = 0; index < classes; index++) {
      int[] sizes = sizes(members[index].length, shares);
      int[] order = Permutation.of(members[index].length, Seeds.of(seed, "split", index));
      for (int place = 0; place < order.length; place++) {
        int chosen = part(place, sizes);
        part[members[index][order[place]]] = chosen;
        totals[chosen]++;
      }
    }
    int[][] parts = new int[shares.length][];
    Arrays.setAll(parts, index -> rows(part, index, totals));
    return parts;
  }

  private static int part(int place, int[] sizes) {
    int part = 0;
    for (int end = sizes[0]; place >= end; end += sizes[part]) {
      part++;
    }
    return part;
  }

  private static int[][] members(int[] labels, int classes) {
    int[] counts = new int[classes];
    for (int label : labels) {
      counts[label]++;
    }
    int[][] members = new int[classes][];
    for (int index = 0; index < classes; index++) {
      members[index] = new int[counts[index]];
    }
    int[] filled = new int[classes];
    for (int row = 0; row < labels.length; row++) {
      members[labels[row]][filled[labels[row]]++] = row;
    }
    return members;
  }

  /** Whole rows by largest remainder, then one from the largest part for each empty one. */
  static int[] sizes(int rows, double[] shares) {
    if (rows < shares.length) {
      throw new IllegalArgumentException(rows + " rows for " + shares.length + " parts");
    }
    int[] sizes = new int[shares.length];
    double[] remainders = new double[shares.length];
    int left = rows;
    for (int part = 0; part < shares.length; part++) {
      sizes[part] = Math.min(left, (int) (rows * shares[part]));
      remainders[part] = rows * shares[part] - sizes[part];
      left -= sizes[part];
    }
    for (; left > 0; left--) {
      int part = largest(remainders);
      sizes[part]++;
      remainders[part]--;
    }
    for (int part = 0; part < sizes.length; part++) {
      if (sizes[part] == 0) {
        sizes[largest(Arrays.stream(sizes).asDoubleStream().toArray())]--;
        sizes[part] = 1;
      }
    }
    return sizes;
  }

  private static int largest(double[] values) {
    int largest = 0;
    for (int index = 1; index < values.length; index++) {
      largest = values[index] > values[largest] ? index : largest;
    }
    return largest;
  }

  private static int[] rows(int[] part, int wanted, int[] totals) {
    int[] rows = new int[totals[wanted]];
    int filled = 0;
    for (int row = 0; row < part.length; row++) {
      if (part[row] == wanted) {
        rows[filled++] = row;
      }
    }
    return rows;
  }
}
