package io.tandem.data.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldsTest {
  private static void assertPartition(List<int[]> folds, int count, int rows) {
    assertThat(folds).hasSize(count);
    int[] all = folds.stream().flatMapToInt(Arrays::stream).sorted().toArray();
    assertThat(all).isEqualTo(IntStream.range(0, rows).toArray());
    folds.forEach(fold -> assertThat(fold).isSorted());
  }

  private static int spread(int[] numbers) {
    return Arrays.stream(numbers).max().orElseThrow() - Arrays.stream(numbers).min().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"2, 2, 50, 1", "5, 3, 101, 2", "20, 2, 333, 3", "3, 7, 60, 4"})
  void ofLabels_everyFoldHasEveryClassAlike(int count, int classes, int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] labels = random.ints(rows, 0, classes).toArray();
    List<int[]> folds = Folds.ofLabels(labels, classes, count, seed);
    assertPartition(folds, count, rows);
    assertThat(spread(folds.stream().mapToInt(fold -> fold.length).toArray())).isLessThan(2);
    for (int index = 0; index < classes; index++) {
      int own = index;
      int[] counts =
          folds.stream()
              .mapToInt(fold -> (int) Arrays.stream(fold).filter(row -> labels[row] == own).count())
              .toArray();
      assertThat(spread(counts)).as("class %d", index).isLessThan(2);
    }
    assertThat(Folds.ofLabels(labels, classes, count, seed).get(0)).isEqualTo(folds.get(0));
    assertThat(Folds.ofLabels(labels, classes, count, seed + 1).get(0)).isNotEqualTo(folds.get(0));
  }

  @ParameterizedTest
  @CsvSource({"2, 11", "5, 20", "5, 23"})
  void ofOrdered_everyFoldHasOneOfEachStretch(int count, int rows) {
    int[] ordered = IntStream.range(0, rows).map(place -> place * 7 % rows).toArray();
    List<int[]> folds = Folds.ofOrdered(ordered, count, 3);
    assertPartition(folds, count, rows);
    for (int[] fold : folds) {
      Set<Integer> stretches = new HashSet<>();
      for (int row : fold) {
        int place =
            IntStream.range(0, rows).filter(at -> ordered[at] == row).findFirst().orElseThrow();
        assertThat(stretches.add(place / count)).isTrue();
      }
    }
  }

  @Test
  void ofGroups_groupsStayTogether_andClassesAreSpread() {
    SplittableRandom random = new SplittableRandom(5);
    int[] groups = random.ints(400, 100, 140).toArray();
    // Every fourth group has the rare class alone.
    int[] labels = Arrays.stream(groups).map(group -> group % 4 == 0 ? 1 : 0).toArray();
    List<int[]> folds = Folds.ofGroups(groups, labels, 2, 5, 1);
    assertPartition(folds, 5, 400);
    Set<Integer> seen = new HashSet<>();
    for (int[] fold : folds) {
      Set<Integer> own = new HashSet<>();
      Arrays.stream(fold).forEach(row -> own.add(groups[row]));
      assertThat(seen).doesNotContainAnyElementsOf(own);
      seen.addAll(own);
      assertThat(Arrays.stream(fold).filter(row -> labels[row] == 1).count()).isBetween(14L, 27L);
      assertThat(fold.length).isBetween(65, 95);
    }
  }

  /** One group per fold, whatever their sizes. */
  @Test
  void ofGroups_asManyAsFolds_noFoldIsEmpty() {
    int[] groups = {3, 3, 3, 3, 3, 3, 1, 2};
    List<int[]> folds = Folds.ofGroups(groups, new int[8], 1, 3, 1);
    assertPartition(folds, 3, 8);
    assertThat(folds).noneMatch(fold -> fold.length == 0);
  }
}
