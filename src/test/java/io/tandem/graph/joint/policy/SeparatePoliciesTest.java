package io.tandem.graph.joint.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.space.Choices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each half gets its own decisions and what belongs to them, and nothing of the other's. */
class SeparatePoliciesTest {
  private static final List<Choices> SAMPLES =
      List.of(
          new Choices(List.of(1, 0, 4), List.of(0.25, 0.5)),
          new Choices(List.of(2, 1, 5), List.of(0.75, 0.125)));

  private final Recorded architecture =
      new Recorded(new PolicyUpdate(3, 4, 0.5, 1.5, true), List.of());
  private final Recorded optimizer =
      new Recorded(new PolicyUpdate(4, 3, -0.25, 2, true), List.of(0.25, 0.5));
  private final SeparatePolicies both = new SeparatePolicies(architecture, optimizer, 2);

  @Test
  void sample_twoControllers_drawsEachWithASeedOfItsOwn() {
    List<Choices> drawn = both.sample(2, 7, 3);
    assertThat(drawn).allMatch(each -> each.equals(new Choices(List.of(7, 7), List.of(0.25, 0.5))));
    assertThat(architecture.seeds).containsExactly(7L);
    assertThat(optimizer.seeds).containsExactly(SeparatePolicies.ofOptimizer(7)).doesNotContain(7L);
  }

  @Test
  void update_ofScores_dividesCoefficients() {
    PolicyFeedback feedback =
        new PolicyFeedback(
            SAMPLES,
            true,
            7,
            3,
            new double[] {1, 2},
            new double[] {3, 4},
            new double[] {5, 6},
            new double[][] {{7, 8}, {9, 10}},
            null);
    PolicyUpdate update = both.update(feedback);
    PolicyFeedback network = architecture.told.get(0);
    assertThat(network.samples())
        .extracting(Choices::discrete)
        .containsExactly(List.of(1, 0), List.of(2, 1));
    assertThat(network.samples()).allMatch(each -> each.continuous().isEmpty());
    assertThat(network.direct()).containsExactly(1, 2);
    assertThat(network.response()).containsExactly(3, 4);
    assertThat(network.density()).containsOnly(0);
    assertThat(network.pathwise()[0]).isEmpty();
    assertThat(network.seed()).isEqualTo(7);
    PolicyFeedback training = optimizer.told.get(0);
    assertThat(training.samples())
        .containsExactly(
            new Choices(List.of(4), List.of(0.25, 0.5)),
            new Choices(List.of(5), List.of(0.75, 0.125)));
    assertThat(training.direct()).containsOnly(0);
    assertThat(training.response()).containsExactly(3, 4);
    assertThat(training.density()).containsExactly(5, 6);
    assertThat(training.pathwise()[1]).containsExactly(9, 10);
    assertThat(training.seed()).isEqualTo(SeparatePolicies.ofOptimizer(7));
    // Gradients of two halves, end to end: norms 5 and 5, inner products 6 and -3.
    assertThat(update.directNorm()).isEqualTo(5);
    assertThat(update.responseNorm()).isEqualTo(5);
    assertThat(update.cosine()).isCloseTo(3.0 / 25, within(1e-12));
    assertThat(update.entropy()).isEqualTo(3.5);
    assertThat(update.applied()).isTrue();
  }

  /** With SHAPE the response is the architecture's and that of some continuous decisions. */
  @Test
  void update_thatShapes_hasNoResponseForDiscreteOnesOfTheOptimizer() {
    PolicyFeedback feedback =
        new PolicyFeedback(
                SAMPLES,
                false,
                7,
                3,
                new double[2],
                new double[] {3, 4},
                new double[2],
                new double[][] {{7, 8}, {9, 10}},
                null)
            .shaping(false, true);
    both.update(feedback);
    assertThat(architecture.told.get(0).responsePart().direct()).containsExactly(3, 4);
    assertThat(optimizer.told.get(0).responsePart().response()).containsOnly(0);
    assertThat(optimizer.told.get(0).pathwise()[0]).containsExactly(0, 8);
  }

  @Test
  void raise_ofGivenSamples_raisesEachHalf() {
    both.raise(SAMPLES, new double[] {0.25, 0.75}, 5);
    assertThat(architecture.raised).containsExactly(List.of(1, 0), List.of(2, 1));
    assertThat(optimizer.raised).containsExactly(List.of(4), List.of(5));
    assertThat(both.logProbabilities(SAMPLES)).containsExactly(2 + 1, 2 + 1);
    assertThat(both.logDensities(SAMPLES)).containsExactly(2, 2);
  }

  /** Remembers what it is told; its log-probabilities count the choices. */
  private static final class Recorded implements LearningPolicy {
    private final PolicyUpdate update;
    private final List<Double> continuous;
    private final List<Long> seeds = new ArrayList<>();
    private final List<PolicyFeedback> told = new ArrayList<>();
    private final List<List<Integer>> raised = new ArrayList<>();

    Recorded(PolicyUpdate update, List<Double> continuous) {
      this.update = update;
      this.continuous = continuous;
    }

    @Override
    public List<Choices> sample(int count, long seed, long step) {
      seeds.add(seed);
      return IntStream.range(0, count)
          .mapToObj(index -> new Choices(List.of(7), continuous))
          .toList();
    }

    @Override
    public double[] logDensities(List<Choices> choices) {
      return choices.stream().mapToDouble(each -> each.continuous().size()).toArray();
    }

    @Override
    public double[] logProbabilities(List<Choices> choices) {
      return choices.stream().mapToDouble(each -> each.discrete().size()).toArray();
    }

    @Override
    public PolicyUpdate update(PolicyFeedback feedback) {
      told.add(feedback);
      return update;
    }

    @Override
    public void raise(List<Choices> best, double[] weights, int steps) {
      best.forEach(each -> raised.add(each.discrete()));
      assertThat(Arrays.stream(weights).sum()).isEqualTo(1);
    }
  }
}
