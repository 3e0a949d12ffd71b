package io.tandem.search.propose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.controller.ControllerSettings;
import io.tandem.graph.joint.child.Evaluation;
import io.tandem.graph.joint.policy.LearningPolicy;
import io.tandem.graph.joint.policy.PolicyProgram;
import io.tandem.search.SmallSpace;
import io.tandem.space.Choices;
import io.tandem.space.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat64;

/** A controller that learns from trainings from scratch comes to propose what does well. */
final class ControllerProposalsTest {
  private static final SearchSpace SPACE = SmallSpace.of(2, false);
  private static final int CANDIDATES = 120;

  @Test
  void weights_fallWithTheLogarithmOfTheRank_andSumToOne() {
    assertThat(ControllerProposals.weights(1)).containsExactly(1);
    double[] weights = ControllerProposals.weights(4);
    assertThat(Arrays.stream(weights).sum()).isCloseTo(1, within(1e-12));
    double total = 4 * Math.log(4.5) - Math.log(24);
    assertThat(weights[0]).isCloseTo(Math.log(4.5) / total, within(1e-12));
    assertThat(weights[3]).isCloseTo((Math.log(4.5) - Math.log(4)) / total, within(1e-12));
  }

  @Test
  void proposals_ofALearningController_areBetterThanDrawnOnes() {
    withController(
        0.01,
        proposals -> {
          List<Contender> all = run(proposals);
          assertThat(all.subList(0, ControllerProposals.FIRST)).allMatch(Contender::drawn);
          List<Contender> later = all.subList(CANDIDATES / 2, CANDIDATES);
          assertThat(later.stream().filter(Contender::drawn).count()).isBetween(1L, 15L);
          assertThat(median(later.stream().filter(each -> !each.drawn()).toList()))
              .isLessThan(0.5 * median(all.stream().filter(Contender::drawn).toList()));
        });
  }

  @Test
  void proposals_ofAControllerThatLearnsNothing_areLikeDrawnOnes() {
    withController(
        1e-8,
        proposals -> {
          List<Contender> all = run(proposals);
          List<Contender> own = all.stream().filter(each -> !each.drawn()).toList();
          List<Contender> drawn = all.stream().filter(Contender::drawn).toList();
          assertThat(median(own)).isGreaterThan(0.6 * median(drawn));
        });
  }

  /** Whatever diverged is no example, and if all did nothing is learnt. */
  @Test
  void learn_whereEveryCandidateDiverged_changesNothing() {
    withController(
        0.01,
        proposals -> {
          List<Contender> all = new ArrayList<>();
          SplittableRandom random = new SplittableRandom(3);
          for (int index = 0; index < ControllerProposals.FIRST; index++) {
            Choices choices = proposals.next(all, random).choices();
            all.add(new Contender(choices, true, List.of(new Evaluation(Double.NaN, 0))));
          }
          List<Choices> probe = List.of(UniformDraw.of(SPACE, random));
          double[] before = proposals.policy().logProbabilities(probe);
          proposals.learn(all);
          assertThat(proposals.policy().logProbabilities(probe)).isEqualTo(before);
        });
  }

  private static void withController(double learningRate, Consumer<ControllerProposals> check) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      LearningPolicy policy =
          PolicyProgram.create(
              graph,
              session,
              TFloat64.class,
              SPACE,
              new ControllerSettings(
                  16, 0.1, 0, 1.5, learningRate, 0, 1e-3, 1e-4, 0.4, 0, 1.6, false),
              1,
              7,
              false);
      session.initialize();
      check.accept(new ControllerProposals(SPACE, policy, 5, false));
    }
  }

  private static List<Contender> run(ControllerProposals proposals) {
    List<Contender> all = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(1);
    for (int index = 0; index < CANDIDATES; index++) {
      Proposals.Proposal next = proposals.next(all, random);
      all.add(
          new Contender(
              next.choices(), next.drawn(), List.of(new Evaluation(loss(next.choices()), 0.5))));
      proposals.learn(all);
    }
    return all;
  }

  /** The best learning rate is 0.8 of the range, and the first choice of everything is best. */
  private static double loss(Choices choices) {
    double wrong = choices.discrete().stream().mapToInt(choice -> choice).sum();
    double off = choices.continuous().get(0) - 0.8;
    return 0.2 * wrong + 2 * off * off;
  }

  private static double median(List<Contender> contenders) {
    double[] losses = contenders.stream().mapToDouble(each -> each.loss(0)).sorted().toArray();
    return losses[losses.length / 2];
  }
}
