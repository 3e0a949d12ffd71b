package io.tandem.data.fold;

import io.tandem.data.Permutation;
import io.tandem.data.Seeds;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows divided into folds: every row is in one of them. Sizes differ by one row at most, unless
 * groups must stay together.
 */
public final class Folds {
  private static final String PURPOSE = "folds";

  private Folds() {}

  /**
   * Divides rows so that the folds have every class alike: their numbers of rows of a class differ
   * by one at most (Kohavi 1995).
   *
   * @param labels class of each row
   * @param classes number of classes
   * @param folds how many, at least 2
   * @param seed seed of the run
   * @return the rows of each fold, ascending
   */
  public static List<int[]> ofLabels(int[] labels, int classes, int folds, long seed) {
    int[] fold = new int[labels.length];
    int next = 0;
    for (int index = 0; index < classes; index++) {
      int own = index;
      int[] rows = IntStream.range(0, labels.length).filter(row -> labels[row] == own).toArray();
      for (int place : Permutation.of(rows.length, Seeds.of(seed, PURPOSE, index))) {
        // Where one class ends the next goes on, so that no fold gets all odd rows.
        fold[rows[place]] = next;
        next = (next + 1) % folds;
      }
    }
    return rows(fold, folds);
  }

  /**
   * Divides rows so that every fold has one of each stretch of an order that is as long as there
   * are folds.
   *
   * @param ordered all rows, in the order
   * @param folds how many, at least 2
   * @param seed seed of the run
   * @return the rows of each fold, ascending
   */
  public static List<int[]> ofOrdered(int[] ordered, int folds, long seed) {
    int[] fold = new int[ordered.length];
    for (int start = 0; start < ordered.length; start += folds) {
      int[] draw = Permutation.of(folds, Seeds.of(seed, PURPOSE, start));
      for (int place = start; place < Math.min(start + folds, ordered.length); place++) {
        fold[ordered[place]] = draw[place - start];
      }
    }
    return rows(fold, folds);
  }

  /**
   * Divides rows so that all rows of a group are in the same fold. The largest groups come first,
   * each for the fold that has the fewest rows of its classes.
   *
   * @param groups number of the group of each row
   * @param labels class of each row; all 0 where there are no classes
   * @param classes number of classes
   * @param folds how many, at least 2, at most as many as there are groups
   * @param seed seed of the run
   * @return the rows of each fold, ascending
   */
  public static List<int[]> ofGroups(
      int[] groups, int[] labels, int classes, int folds, long seed) {
    int[] distinct = Arrays.stream(groups).distinct().sorted().toArray();
    double[][] counts = new double[distinct.length][classes];
    double[] sizes = new double[distinct.length];
    double[] totals = new double[classes];
    for (int row = 0; row < groups.length; row++) {
      int group = Arrays.binarySearch(distinct, groups[row]);
      counts[group][labels[row]]++;
      sizes[group]++;
      totals[labels[row]]++;
    }
    int[] draw = Permutation.of(distinct.length, Seeds.of(seed, PURPOSE, 0));
    int[] order =
        Arrays.stream(draw)
            .boxed()
            .sorted(Comparator.comparing((Integer group) -> sizes[group]).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
    double[][] filled = new double[folds][classes];
    double[] rows = new double[folds];
    int[] chosen = new int[distinct.length];
    for (int place = 0; place < order.length; place++) {
      int group = order[place];
      // No fold stays empty.
      int best = place < folds ? place : 0;
      for (int fold = 1; place >= folds && fold < folds; fold++) {
        double more = overlap(filled[fold], counts[group], totals);
        double least = overlap(filled[best], counts[group], totals);
        best = more < least || more == least && rows[fold] < rows[best] ? fold : best;
      }
      chosen[group] = best;
      rows[best] += sizes[group];
      for (int index = 0; index < classes; index++) {
        filled[best][index] += counts[group][index];
      }
    }
    int[] fold = new int[groups.length];
    Arrays.setAll(fold, row -> chosen[Arrays.binarySearch(distinct, groups[row])]);
    return rows(fold, folds);
  }

  /** How much a fold has already of what a group brings, each class counting alike. */
  private static double overlap(double[] filled, double[] counts, double... totals) {
    double sum = 0;
    for (int index = 0; index < totals.length; index++) {
      sum +=
          totals[index] == 0 ? 0 : filled[index] * counts[index] / (totals[index] * totals[index]);
    }
    return sum;
  }

  private static List<int[]> rows(int[] fold, int folds) {
    return IntStream.range(0, folds)
        .mapToObj(
            wanted -> IntStream.range(0, fold.length).filter(row -> fold[row] == wanted).toArray())
        .toList();
  }
}
