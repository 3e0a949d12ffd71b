package io.tandem.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A row in two parts would leak the test set; a class missing in one would bend every figure. */
class StratifiedSplitTest {
  @Provide
  Arbitrary<SplitSettings> shares() {
    Arbitrary<Double> weight = Arbitraries.doubles().ofScale(3).between(0.001, 1);
    return Combinators.combine(weight, weight, weight)
        .as((a, b, c) -> new SplitSettings(a / (a + b + c), b / (a + b + c), c / (a + b + c)));
  }

  /** Shuffled labels of two to five classes of 3 to 40 rows. */
  @Provide
  Arbitrary<int[]> labels() {
    return Combinators.combine(
            Arbitraries.integers().between(3, 40).list().ofMinSize(2).ofMaxSize(5),
            Arbitraries.longs())
        .as(
            (counts, seed) -> {
              int[] grouped =
                  IntStream.range(0, counts.size())
                      .flatMap(label -> IntStream.generate(() -> label).limit(counts.get(label)))
                      .toArray();
              return Arrays.stream(Permutation.of(grouped.length, seed))
                  .map(index -> grouped[index])
                  .toArray();
            });
  }

  @Property(tries = 300)
  void of_anyLabels_isDisjointCompleteAndStratified(
      @ForAll("labels") int[] labels, @ForAll("shares") SplitSettings shares, @ForAll long seed) {
    int classes = Arrays.stream(labels).max().orElseThrow() + 1;
    StratifiedSplit split = StratifiedSplit.of(labels, classes, shares, seed);
    int[][] parts = {split.train(), split.validation(), split.test()};
    assertThat(Arrays.stream(parts).flatMapToInt(Arrays::stream).sorted().toArray())
        .isEqualTo(IntStream.range(0, labels.length).toArray());
    double[] expected = {shares.train(), shares.validation(), shares.test()};
    for (int label = 0; label < classes; label++) {
      int wanted = label;
      long all = Arrays.stream(labels).filter(found -> found == wanted).count();
      for (int part = 0; part < parts.length; part++) {
        long rows = Arrays.stream(parts[part]).filter(row -> labels[row] == wanted).count();
        assertThat(rows).isPositive();
        // Largest remainders stay within one row; filling two empty parts takes two more.
        assertThat(Math.abs(rows - all * expected[part])).isLessThanOrEqualTo(3);
      }
    }
  }

  @Property(tries = 50)
  void of_sameSeed_isSameSplit(
      @ForAll("labels") int[] labels, @ForAll("shares") SplitSettings shares, @ForAll long seed) {
    int classes = Arrays.stream(labels).max().orElseThrow() + 1;
    StratifiedSplit first = StratifiedSplit.of(labels, classes, shares, seed);
    StratifiedSplit second = StratifiedSplit.of(labels.clone(), classes, shares, seed);
    assertThat(second.train()).isEqualTo(first.train()).isSorted();
    assertThat(second.validation()).isEqualTo(first.validation()).isSorted();
    assertThat(second.test()).isEqualTo(first.test()).isSorted();
  }

  @Property(tries = 300)
  void sizes_enoughRows_areWithinOneOfTheShare(@ForAll("shares") SplitSettings shares) {
    double[] expected = {shares.train(), shares.validation(), shares.test()};
    int[] sizes = StratifiedSplit.sizes(5000, expected);
    for (int part = 0; part < sizes.length; part++) {
      assertThat(Math.abs(sizes[part] - 5000 * expected[part])).isLessThan(1);
    }
  }
}
