package io.tandem.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.tandem.space.Goal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is published of a comparison: who was held against whom, and what lost runs count. */
class ComparisonTest {
  private static final double LOST = Double.NaN;

  private static Comparison comparison(Metric metric, double[]... arms) {
    List<Arm> all = new ArrayList<>();
    List<Long> seeds = new ArrayList<>();
    for (int index = 0; index < arms.length; index++) {
      all.add(new Arm("arm" + index, List.of()));
    }
    for (int seed = 0; seed < arms[0].length; seed++) {
      seeds.add((long) seed);
    }
    ComparisonManifest manifest =
        new ComparisonManifest(
            "x", all, List.of(), seeds, 0, metric, Goal.ACCURACY, "", Instant.EPOCH, "0");
    List<CellResult> results =
        manifest.cells().stream()
            .map(
                cell -> {
                  double value = arms[all.indexOf(cell.arm())][cell.block()];
                  return Double.isNaN(value)
                      ? CellResult.lost(cell, Goal.ACCURACY, 1, "diverged")
                      : new CellResult(
                          cell, Goal.ACCURACY, value, value, 0.5, 0.5, 100, 2, 3, Optional.empty());
                })
            .toList();
    return Comparison.of(metric, manifest, results);
  }

  @Test
  void cells_areInTheOrderOfTheSeeds() {
    ComparisonManifest manifest =
        new ComparisonManifest(
            "x",
            List.of(new Arm("a", List.of()), new Arm("b", List.of())),
            List.of(),
            List.of(5L, 7L),
            0,
            Metric.ACCURACY,
            Goal.ACCURACY,
            "",
            Instant.EPOCH,
            "0");
    assertThat(manifest.cells())
        .extracting(Cell::run)
        .containsExactly("a-seed5", "b-seed5", "a-seed7", "b-seed7");
    assertThat(manifest.cells()).extracting(Cell::number).containsExactly(1, 2, 3, 4);
    assertThat(manifest.cells()).extracting(Cell::block).containsExactly(0, 0, 1, 1);
  }

  @Test
  void of_threeArms_holdsEachAgainstTheReferenceAndAllAgainstAll() {
    Comparison found =
        comparison(
            Metric.ACCURACY,
            new double[] {0.9, 0.8, 0.7},
            new double[] {0.95, 0.85, 0.75},
            new double[] {0.9, 0.7, 0.8});
    assertThat(found.arms().get(0).spread().mean()).isCloseTo(0.8, within(1e-12));
    assertThat(found.arms().get(0).spread().deviation()).isCloseTo(0.1, within(1e-12));
    assertThat(found.arms().get(0).spread().median()).isEqualTo(0.8);
    assertThat(found.againstReference())
        .extracting(pair -> pair.arm() + " " + pair.against())
        .containsExactly("arm1 arm0", "arm2 arm0");
    assertThat(found.pairs())
        .extracting(pair -> pair.arm() + " " + pair.against())
        .containsExactly("arm0 arm1", "arm0 arm2", "arm1 arm2");
    Pair better = found.againstReference().get(0);
    assertThat(better.difference()).isCloseTo(0.05, within(1e-12));
    assertThat(better.wins()).isEqualTo(new WinProbability(1, 1, 1));
    assertThat(better.p()).isEqualTo(0.25);
    assertThat(better.adjusted()).isEqualTo(0.5);
    assertThat(found.pairs().get(0).adjusted()).isEqualTo(0.75);
    assertThat(found.againstReference().get(1).wins().value()).isEqualTo(0.5);
  }

  @Test
  void of_losses_lessIsBetter() {
    Comparison found = comparison(Metric.LOSS, new double[] {0.2, 0.3}, new double[] {0.1, 0.1});
    assertThat(found.againstReference().get(0).wins().value()).isEqualTo(1);
    assertThat(found.againstReference().get(0).difference()).isCloseTo(-0.15, within(1e-12));
  }

  /** A run that diverged is the worst there is, and two of them are equal. */
  @Test
  void of_lostCells_countAsWorse() {
    Comparison found =
        comparison(
            Metric.ACCURACY,
            new double[] {LOST, LOST, 0.5, 0.5},
            new double[] {LOST, 0.1, LOST, 0.6});
    assertThat(found.arms().get(0).lost()).isEqualTo(2);
    assertThat(found.arms().get(0).spread().count()).isEqualTo(2);
    assertThat(found.arms().get(0).spread().mean()).isEqualTo(0.5);
    Pair pair = found.againstReference().get(0);
    assertThat(pair.count()).isEqualTo(4);
    assertThat(pair.wins().value()).isEqualTo(0.625);
    assertThat(pair.difference()).isCloseTo(0.1, within(1e-12));
    assertThat(comparison(Metric.LOSS, new double[] {LOST}, new double[] {9}).againstReference())
        .first()
        .satisfies(other -> assertThat(other.wins().value()).isEqualTo(1));
  }

  @Test
  void toJson_hasTheDocumentedKeysAndNoTimes() {
    JsonNode json = comparison(Metric.ACCURACY, new double[] {0.9}, new double[] {LOST}).toJson();
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly("format", "metric", "seeds", "arms", "against_reference", "pairs");
    assertThat(json.path("metric").asText()).isEqualTo("test.accuracy");
    assertThat(json.path("arms").path(0).fieldNames())
        .toIterable()
        .containsExactly("arm", "n", "lost", "mean", "standard_deviation", "median", "examples");
    assertThat(json.path("arms").path(0).path("standard_deviation").isNull()).isTrue();
    assertThat(json.path("pairs").path(0).fieldNames())
        .toIterable()
        .containsExactly(
            "arm",
            "against",
            "pairs",
            "difference",
            "p",
            "p_holm",
            "p_better",
            "p_better_interval");
    assertThat(json.path("pairs").path(0).path("p_better_interval").isNull()).isTrue();
    assertThat(json.toString()).doesNotContain("NaN", "Infinity", "seconds");
  }

  /** With one pair fewer not even the most one-sided outcome shows a difference at 5 percent. */
  @Test
  void toJson_fromSixPairsOn_hasTheInterval() {
    assertThat(Comparison.smallestP(WinProbability.FEWEST)).isLessThan(0.05);
    assertThat(Comparison.smallestP(WinProbability.FEWEST - 1)).isGreaterThan(0.05);
    JsonNode json =
        comparison(
                Metric.ACCURACY,
                new double[] {0.9, 0.8, 0.7, 0.9, 0.8, 0.7},
                new double[] {0.5, 0.5, 0.5, 0.5, 0.9, 0.9})
            .toJson();
    JsonNode interval = json.path("pairs").path(0).path("p_better_interval");
    assertThat(interval).hasSize(2);
    assertThat(interval.path(0).asDouble()).isLessThan(interval.path(1).asDouble());
  }

  @Test
  void smallestP_isThatOfTheTestWhereAllPairsAreWon() {
    for (int seeds = 1; seeds < 12; seeds++) {
      double[] won = new double[seeds];
      for (int seed = 0; seed < seeds; seed++) {
        won[seed] = seed + 1;
      }
      assertThat(Comparison.smallestP(seeds)).isEqualTo(SignedRankTest.pValue(won));
    }
  }
}
