package io.tandem.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tandem.disk.UserError;
import io.tandem.graph.tuning.TuningOutcome;
import io.tandem.graph.tuning.WarmStart;
import io.tandem.report.journal.JournalEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A descent meets chaos sooner or later; whatever it meets, it must come down and may not lose the
 * best point.
 */
class DescentTest {
  private static final GuardSettings GUARD = new GuardSettings(10, -0.5, 0.5, 1.1);

  private final List<JournalEntry> lines = new ArrayList<>();

  private static TuneSettings settings(OuterSettings.Method method, int steps) {
    return new TuneSettings(
        TuneFixtures.training(),
        false,
        false,
        false,
        new OuterSettings(
            steps, method, 0.2, 0.9, 0.999, 1e-8, 1e-3, OuterSettings.Decrease.QUADRATIC),
        GUARD,
        0);
  }

  private TuneState descend(Objective objective, TuneSettings settings) {
    Descent descent = new Descent(objective, DescentSettings.of(settings));
    TuneState state = TuneState.initial(objective.layout().initial());
    while (!state.finished()) {
      double tolerance = settings.outer().toleranceAt(state.step() + 1);
      Descent.Advance advance =
          descent.advance(state, objective.evaluate(state.point(), tolerance, state.warm()));
      lines.addAll(advance.lines());
      state = advance.state();
    }
    return state;
  }

  private List<String> notes() {
    return lines.stream()
        .filter(JournalEntry.Event.class::isInstance)
        .map(line -> ((JournalEntry.Event) line).text())
        .toList();
  }

  @ParameterizedTest
  @EnumSource(OuterSettings.Method.class)
  void advance_calmValley_reachesItsFloor(OuterSettings.Method method) {
    TuneState state = descend(Valley.calm(), settings(method, 60));
    assertThat(state.best().orElseThrow().loss()).isLessThan(1e-3);
    assertThat(state.step()).isEqualTo(60);
    assertThat(state.examples()).isEqualTo(61 * 10);
    assertThat(lines.stream().filter(JournalEntry.Tuned.class::isInstance)).hasSize(61);
  }

  @Test
  void advance_adam_firstMoveHasTheLearningRateInEveryCoordinate() {
    Valley valley = Valley.calm();
    descend(valley, settings(OuterSettings.Method.ADAM, 1));
    assertThat(valley.visited.get(1)).containsExactly(new double[] {0.2, 0.2, 0.2}, within(1e-6));
  }

  @Test
  void advance_hoag_stepGrowsByShrinkingLOnSufficientDecrease() {
    Valley valley = Valley.calm();
    descend(valley, settings(OuterSettings.Method.HOAG, 3));
    // The first L is |g| / sqrt(n) = 1: the first step ends at the floor, where nothing moves.
    assertThat(valley.visited.get(1)).containsExactly(new double[] {1, 1, 1}, within(1e-12));
    OuterRule rule = new HoagStep(settings(OuterSettings.Method.HOAG, 1).outer());
    OuterMemory memory = rule.move(OuterMemory.empty(), 8, new double[] {4}, 1, 1).memory();
    assertThat(memory.lipschitz()).isEqualTo(4);
    assertThat(rule.move(memory, 6, new double[] {4}, 1, 2).memory().lipschitz())
        .isEqualTo(0.95 * 4);
    assertThat(rule.move(memory, 9, new double[] {4}, 1, 2).memory().lipschitz()).isEqualTo(8);
  }

  @Test
  void advance_normExplodes_goesBackToTheBestAndShrinksTheStep() {
    checkBack(outcome -> Valley.scaled(outcome, 1e6), "exploded");
  }

  @Test
  void advance_lossIsNotANumber_goesBackToTheBestAndShrinksTheStep() {
    checkBack(outcome -> Valley.withLoss(outcome, Double.NaN), "diverged");
  }

  @Test
  void advance_hypergradientIsNotANumber_goesBackToTheBestAndShrinksTheStep() {
    checkBack(outcome -> Valley.scaled(outcome, Double.NaN), "diverged");
  }

  private void checkBack(UnaryOperator<TuningOutcome> accident, String reason) {
    Valley valley = new Valley(3, accident);
    TuneState state = descend(valley, settings(OuterSettings.Method.ADAM, 40));
    assertThat(notes().get(0)).contains("step 3").contains(reason).contains("back to the best");
    // From the best point, that of step 2, half a learning rate further.
    double best = valley.visited.get(2)[0];
    assertThat(valley.visited.get(4)[0]).isCloseTo(best + 0.1, within(1e-6));
    for (double[] point : valley.visited) {
      assertThat(point).doesNotContain(Double.NaN);
    }
    assertThat(state.best().orElseThrow().loss()).isLessThan(0.01);
  }

  @Test
  void advance_directionFlips_shrinksTheStepAndStays() {
    Valley valley = new Valley(2, outcome -> Valley.scaled(outcome, -1));
    descend(valley, settings(OuterSettings.Method.ADAM, 4));
    assertThat(notes().get(0)).contains("step 2").contains("flipped").doesNotContain("back");
    List<Double> sizes = new ArrayList<>();
    for (JournalEntry line : lines) {
      if (line instanceof JournalEntry.Tuned tuned) {
        sizes.add(tuned.stepSize());
      }
    }
    assertThat(sizes.subList(0, 3)).containsExactly(0.2, 0.2, 0.1);
    assertThat(sizes.get(4)).isZero();
  }

  @Test
  void advance_lossOnlyRises_endsAtTheStart() {
    Objective hill =
        new Objective() {
          private int count;

          @Override
          public TuningOutcome evaluate(double[] point, double tolerance, WarmStart start) {
            return Valley.withLoss(Valley.calm().evaluate(point, tolerance, start), 1 + count++);
          }

          @Override
          public io.tandem.graph.tuning.TargetLayout layout() {
            return Valley.calm().layout();
          }

          @Override
          public long examples(TuningOutcome outcome) {
            return 1;
          }
        };
    TuneState state = descend(hill, settings(OuterSettings.Method.ADAM, 5));
    assertThat(state.best().orElseThrow().step()).isZero();
    assertThat(state.best().orElseThrow().loss()).isEqualTo(1);
    assertThat(state.best().orElseThrow().point()).containsOnly(0);
  }

  @Test
  void advance_firstTrainingDiverges_saysWhatToLower() {
    Valley valley = new Valley(0, outcome -> Valley.withLoss(outcome, Double.POSITIVE_INFINITY));
    assertThatThrownBy(() -> descend(valley, settings(OuterSettings.Method.ADAM, 5)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("diverges at the initial point")
        .hasMessageContaining("tune.learning_rate.initial");
  }

  @Test
  void advance_firstTrainingDivergesWithoutRemedy_staysThere() {
    Valley valley = new Valley(0, outcome -> Valley.withLoss(outcome, Double.POSITIVE_INFINITY));
    TuneSettings settings = settings(OuterSettings.Method.ADAM, 5);
    DescentSettings keeping =
        new DescentSettings("refine", settings.outer(), settings.guard(), Optional.empty());
    TuneState start = TuneState.initial(valley.layout().initial(), 100, 0);
    Descent.Advance advance =
        new Descent(valley, keeping)
            .advance(start, valley.evaluate(start.point(), 1, start.warm()));
    assertThat(advance.state().finished()).isTrue();
    assertThat(advance.state().best()).isEmpty();
    assertThat(advance.state().examples()).isEqualTo(110);
    lines.addAll(advance.lines());
    assertThat(notes().get(0)).contains("diverges at the initial point", "stays there");
  }

  @Test
  void advance_firstHypergradientIsNotANumberWithoutRemedy_keepsTheStartAsTheBest() {
    Valley valley = new Valley(0, outcome -> Valley.scaled(outcome, Double.NaN));
    TuneSettings settings = settings(OuterSettings.Method.ADAM, 5);
    DescentSettings keeping =
        new DescentSettings("refine", settings.outer(), settings.guard(), Optional.empty());
    TuneState start = TuneState.initial(valley.layout().initial());
    TuneState end =
        new Descent(valley, keeping)
            .advance(start, valley.evaluate(start.point(), 1, start.warm()))
            .state();
    assertThat(end.finished()).isTrue();
    assertThat(end.best().orElseThrow().loss()).isEqualTo(1.5);
    assertThat(end.best().orElseThrow().step()).isZero();
  }

  @Test
  void advance_valuesLeaveTheirRange_areBroughtBack() {
    Objective steep =
        new Objective() {
          @Override
          public TuningOutcome evaluate(double[] point, double tolerance, WarmStart start) {
            return new TuningOutcome(
                -point[0], 0, new double[0], new double[3], new double[] {-1, 1, 0});
          }

          @Override
          public io.tandem.graph.tuning.TargetLayout layout() {
            return Valley.calm().layout();
          }

          @Override
          public long examples(TuningOutcome outcome) {
            return 1;
          }
        };
    TuneState state = descend(steep, settings(OuterSettings.Method.ADAM, 30));
    assertThat(state.best().orElseThrow().point()).containsExactly(3, -3, 0);
  }
}
