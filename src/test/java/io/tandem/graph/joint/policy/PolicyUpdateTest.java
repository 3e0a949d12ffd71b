package io.tandem.graph.joint.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.controller.Controller;
import io.tandem.graph.controller.ControllerSettings;
import io.tandem.graph.session.SumOrder;
import io.tandem.space.Choices;
import io.tandem.space.Decision;
import io.tandem.testing.Doubles;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** What an update does with the parts of a gradient, against plain Java. */
class PolicyUpdateTest {
  private static final double RATE = 1e-2;
  private static final double EPSILON = 1e-3;
  private static final ControllerSettings SETTINGS =
      new ControllerSettings(4, 0.7, 5, 2.5, RATE, 0.3, EPSILON, 0.3, 0.4, 0.8, 1.3, false);
  private static final ControllerSettings UNREGULARISED =
      new ControllerSettings(4, 0.7, 5, 2.5, RATE, 0.3, EPSILON, 0, 0.4, 0, 1.3, false);
  private static final List<Decision> ARCHITECTURE =
      List.of(
          new Decision.Categorical("layer0/op", 3),
          new Decision.Categorical("layer1/op", 2),
          new Decision.Skips("layer1/skips", 1));
  private static final List<Decision> OPTIMIZER =
      List.of(new Decision.Continuous("optimizer/a"), new Decision.Continuous("optimizer/b"));
  private static final int SAMPLES = 3;

  private static final class Fixture implements AutoCloseable {
    private final Graph graph = new Graph();
    private final Session session = new Session(graph);
    private final Controller<TFloat64> controller =
        new Controller<>(Ops.create(graph), TFloat64.class, SETTINGS, ARCHITECTURE, OPTIMIZER, 9);
    private final PolicyProgram<TFloat64> program;

    Fixture(double clipNorm) {
      this(clipNorm, SETTINGS);
    }

    Fixture(double clipNorm, ControllerSettings settings) {
      program = new PolicyProgram<>(graph, session, controller, settings, clipNorm, 3, 2, 0);
      // As in a search: else sums of three and more terms have the order in which threads finish.
      SumOrder.keep(graph);
      session.initialize();
    }

    double[] parameters() {
      return Doubles.fetch(session.runner(), List.of(controller.vector())).get(0);
    }

    @Override
    public void close() {
      session.close();
      graph.close();
    }
  }

  private static PolicyFeedback feedback(List<Choices> samples, double direct, double response) {
    double[] first = {direct, -2 * direct, direct};
    double[] second = {response, response, -2 * response};
    double[][] pathwise = {{response, 0}, {0, -response}, {response, response}};
    return new PolicyFeedback(
        samples, false, 3, 1, first, second, new double[SAMPLES], pathwise, null);
  }

  @Test
  void update_norms_cosineAndStep_areThoseOfTheParts() {
    double clip = 0.05;
    try (Fixture fixture = new Fixture(clip)) {
      List<Choices> samples = fixture.program.sample(SAMPLES, 3, 1);
      PolicyFeedback feedback = feedback(samples, 0.4, 0.9);
      PolicyGradient parts = fixture.program.gradient(feedback);
      double direct = norm(parts.direct());
      double response = norm(parts.response());
      assertThat(response).isGreaterThan(2 * clip);
      double[] before = fixture.parameters();
      PolicyUpdate update = fixture.program.update(feedback);
      assertThat(update.directNorm()).isCloseTo(direct, within(1e-12));
      assertThat(update.responseNorm()).isCloseTo(response, within(1e-12));
      assertThat(update.cosine())
          .isCloseTo(inner(parts.direct(), parts.response()) / direct / response, within(1e-12));
      assertThat(update.entropy()).isCloseTo(parts.entropy(), within(1e-12));
      assertThat(update.applied()).isTrue();
      double[] after = fixture.parameters();
      for (int index = 0; index < before.length; index++) {
        double gradient =
            parts.direct()[index]
                + clip / response * parts.response()[index]
                + parts.regulariser()[index];
        // Adam's first step: both moments are corrected to the gradient itself, but epsilon is not.
        double root = Math.sqrt(1 - 0.999);
        double step = RATE * root * gradient / (root * Math.abs(gradient) + EPSILON);
        assertThat(before[index] - after[index]).isCloseTo(step, within(1e-12));
      }
    }
  }

  /** A part that is left out because it is 0 is the same as one that is computed. */
  @Test
  void update_withoutDirectPart_hasItsNormAndCosineZero() {
    try (Fixture fixture = new Fixture(10)) {
      List<Choices> samples = fixture.program.sample(SAMPLES, 3, 1);
      PolicyUpdate update = fixture.program.update(feedback(samples, 0, 0.9));
      assertThat(update.directNorm()).isZero();
      assertThat(update.cosine()).isZero();
      assertThat(update.responseNorm()).isPositive();
      PolicyUpdate nothing = fixture.program.update(feedback(samples, 0, 0));
      assertThat(nothing.responseNorm()).isZero();
      assertThat(nothing.applied()).isTrue();
    }
  }

  /** Neither the parameters nor what the optimizer remembers changes. */
  @Test
  void update_notFinite_leavesEverythingAsItWas() {
    try (Fixture disturbed = new Fixture(10);
        Fixture plain = new Fixture(10)) {
      List<Choices> samples = plain.program.sample(SAMPLES, 3, 1);
      plain.program.update(feedback(samples, 0.4, 0.9));
      disturbed.program.update(feedback(samples, 0.4, 0.9));
      double[] before = disturbed.parameters();
      for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
        assertThat(disturbed.program.update(feedback(samples, 0.4, wrong)).applied()).isFalse();
        assertThat(disturbed.parameters()).isEqualTo(before);
      }
      plain.program.update(feedback(samples, -0.1, 0.2));
      disturbed.program.update(feedback(samples, -0.1, 0.2));
      assertThat(disturbed.parameters()).isEqualTo(plain.parameters());
    }
  }

  /** Raising is updating by the likelihood, whatever the clip norm and the regularisers. */
  @Test
  void raise_once_isTheStepAlongTheLikelihood() {
    try (Fixture raised = new Fixture(1e-6);
        Fixture updated = new Fixture(1e6, UNREGULARISED)) {
      List<Choices> samples = raised.program.sample(SAMPLES, 3, 1);
      double[] weights = {0.5, 0.3, 0.2};
      raised.program.raise(samples, weights, 1);
      updated.program.update(PolicyFeedback.likely(samples, weights));
      assertThat(raised.parameters()).containsExactly(updated.parameters(), within(1e-12));
      assertThat(raised.program.logProbabilities(samples)).isNotEqualTo(new double[SAMPLES]);
    }
  }

  private static double norm(double... values) {
    return Math.sqrt(inner(values, values));
  }

  private static double inner(double[] left, double[] right) {
    double[] products = new double[left.length];
    Arrays.setAll(products, index -> left[index] * right[index]);
    return Arrays.stream(products).sum();
  }
}
