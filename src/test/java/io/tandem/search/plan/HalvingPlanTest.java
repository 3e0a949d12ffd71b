package io.tandem.search.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rung after the first costs about as much as the last one. */
final class HalvingPlanTest {
  private static final SearchRows ROWS = new ExampleRows(100_000, 20_000, false);

  @Test
  void of_threeRungs_growByTheReductionAndEndTwice() {
    HalvingPlan plan = HalvingPlan.of(new HalvingSettings(3, 3, 4, 36_000, 0), 20, ROWS, 2);
    assertThat(plan.lengths())
        .extracting(length -> length.loops() * length.loop())
        .containsExactly(4000L, 12_000L, 36_000L, 36_000L);
    assertThat(plan.lengths())
        .extracting(TrialLength::judged)
        .containsExactly(4000L, 12_000L, 20_000L, 20_000L);
    assertThat(plan.places()).containsExactly(36, 12, 4, 4);
    assertThat(plan.promotions()).isEqualTo(12 * 24_000 + 2 * 4 * 56_000);
  }

  /**
   * A budget is planned with the largest batch; smaller ones take more steps on as many examples.
   */
  @ParameterizedTest
  @CsvSource({
    "4000, 64, 64, 31, 3968",
    "4000, 64, 32, 62, 3968",
    "4000, 64, 48, 41, 3936",
    "10, 64, 64, 1, 128",
    "10, 64, 16, 4, 128"
  })
  void inLoopsOf_smallerBatch_takesMoreStepsAndCostsNoMore(
      long examples, int largest, int batch, long loops, long trained) {
    TrialLength planned = TrialLength.of(examples, 1000, largest, ROWS, 2);
    TrialLength own = planned.inLoopsOf(2L * batch);
    assertThat(own.loops()).isEqualTo(loops);
    assertThat(own.loops() * own.loop()).isEqualTo(trained);
    assertThat(own.judged()).isEqualTo(planned.judged());
    assertThat(own.cost()).isLessThanOrEqualTo(planned.cost());
    assertThat(planned.inLoopsOf(planned.loop())).isEqualTo(planned);
  }

  /** A reading in every epoch, but five times the judged rows apart at least. */
  @ParameterizedTest
  @CsvSource({
    "1000, 100, 10000, 100, 10",
    "1000, 100, 999, 100, 1",
    "1000, 1000, 10000, 1000, 2",
    "1000, 1000, 10000, 100, 10",
    "10, 1, 40, 1, 1",
    "10, 1, 80, 1, 2"
  })
  void of_bestMoment_isReadInEveryEpochIfThatIsCheap(
      long training, long validation, long examples, long judged, long readings) {
    SearchRows rows = new ExampleRows(training, validation, true);
    TrialLength length = TrialLength.of(examples, judged, 20, rows, 2);
    assertThat(length.readings()).isEqualTo(readings);
    assertThat(length.cost()).isEqualTo(length.loops() * length.loop() + readings * judged);
    List<Long> read = LongStream.range(0, length.loops()).filter(length::isRead).boxed().toList();
    assertThat(read).hasSize((int) readings).last().isEqualTo(length.loops() - 1);
    SearchRows once = new ExampleRows(training, validation, false);
    assertThat(TrialLength.of(examples, judged, 20, once, 2).readings()).isEqualTo(1);
    assertThat(length.inLoopsOf(1_000_000).readings()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"1, 2, 1, 10", "1, 3, 5, 100000", "4, 2, 3, 100000", "8, 16, 1, 1"})
  void of_anySettings_hasNoEmptyRung(int rungs, int reduction, int keep, long examples) {
    HalvingPlan plan =
        HalvingPlan.of(new HalvingSettings(rungs, reduction, keep, examples, 0), 32, ROWS, 2);
    assertThat(plan.size()).isEqualTo(rungs + 1);
    assertThat(plan.lengths()).allMatch(length -> length.loops() > 0 && length.judged() > 0);
    assertThat(plan.places()).allMatch(places -> places >= keep);
  }

  /** Where time does not suffice there are fewer trainings, and none is shorter. */
  @Test
  void within_lessThanARungCosts_hasFewerCandidates() {
    HalvingPlan plan = HalvingPlan.of(new HalvingSettings(3, 3, 4, 36_000, 0), 20, ROWS, 2);
    HalvingPlan fewer = plan.within(2.5 * plan.lengths().get(2).cost());
    assertThat(fewer.lengths()).isEqualTo(plan.lengths());
    assertThat(fewer.places()).containsExactly(36, 5, 2, 2);
    assertThat(plan.within(0).places()).containsExactly(36, 1, 1, 1);
    assertThat(plan.within(1e12)).isEqualTo(plan);
  }
}
