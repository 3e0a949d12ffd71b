package io.tandem.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.graph.joint.child.Evaluation;
import io.tandem.search.plan.ExampleRows;
import io.tandem.search.plan.HalvingPlan;
import io.tandem.search.plan.HalvingSettings;
import io.tandem.search.propose.Contender;
import io.tandem.space.Choices;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two candidates go from the first rung to the second, one to the third and its repetition. */
final class BracketTest {
  private static final HalvingPlan PLAN =
      HalvingPlan.of(
          new HalvingSettings(3, 2, 1, 4000, 0), 20, new ExampleRows(100_000, 20_000, false), 2);

  @Test
  void promoted_isTheBestOfTheRungBelowThatHasNotBeenThere() {
    Bracket bracket = bracket(contender(3), contender(1, 9), contender(2), contender(4));
    assertThat(bracket.promoted(1, 2)).contains(2);
    assertThat(bracket.promoted(2, 1)).contains(1);
  }

  /** A candidate that was promoted early keeps its place when better ones come. */
  @Test
  void promoted_countsThoseWhoWerePromotedBefore() {
    Bracket bracket = bracket(contender(5, 5), contender(4, 4), contender(1), contender(2));
    assertThat(bracket.promoted(1, 2)).isEmpty();
    assertThat(bracket.promoted(1, 3)).contains(2);
  }

  /** With one place for six candidates so far the second best does not go further. */
  @Test
  void promoted_whoeverIsNotAmongTheBest_waits() {
    Bracket bracket = bracket(contender(1, 1), contender(2), contender(3));
    assertThat(bracket.promoted(1, 1)).isEmpty();
    assertThat(bracket.promoted(1, 0)).isEmpty();
  }

  @Test
  void promoted_whoeverDiverged_goesNoFurther() {
    Bracket bracket = bracket(contender(Double.NaN), contender(2, Double.NaN), contender(3));
    assertThat(bracket.order(0)).containsExactly(1, 2);
    assertThat(bracket.promoted(1, 2)).contains(2);
    assertThat(bracket.promoted(2, 1)).isEmpty();
    assertThat(bracket.places(1)).isEqualTo(2);
    assertThat(bracket.reached(1)).isEqualTo(1);
  }

  @Test
  void work_isWhatThePlacesThatAreLeftCost() {
    long second = PLAN.lengths().get(1).cost();
    long third = PLAN.lengths().get(2).cost();
    assertThat(bracket(contender(1), contender(2), contender(3)).work())
        .isEqualTo(2 * second + 2 * third);
    assertThat(bracket(contender(1, 1), contender(2, 2, 2), contender(3)).work()).isEqualTo(third);
    assertThat(bracket(contender(Double.NaN)).work()).isZero();
  }

  @Test
  void bestFirst_longerTrainingsCountMore_andWhatDivergedComesLast() {
    Contender diverged = contender(1, 1, Double.NaN);
    Contender third = contender(3, 3, 3);
    Contender second = contender(2, 2.5);
    Contender alsoSecond = contender(2, 2);
    Contender first = contender(0.5);
    assertThat(Stream.of(diverged, first, second, third, alsoSecond).sorted(Contender.BEST_FIRST))
        .containsExactly(third, alsoSecond, second, first, diverged);
  }

  private static Bracket bracket(Contender... contenders) {
    return new Bracket(PLAN, List.of(contenders));
  }

  private static Contender contender(double... losses) {
    return new Contender(
        new Choices(List.of(), List.of()),
        true,
        Arrays.stream(losses).mapToObj(loss -> new Evaluation(loss, 0.5)).toList());
  }
}
