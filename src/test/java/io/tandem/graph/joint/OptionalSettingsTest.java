package io.tandem.graph.joint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.data.Dataset;
import io.tandem.data.Inputs;
import io.tandem.graph.hypergradient.Unrolled;
import io.tandem.graph.inner.FamilySwitch;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.graph.joint.child.Rows;
import io.tandem.graph.joint.response.Response;
import io.tandem.graph.session.Placement;
import io.tandem.space.Activation;
import io.tandem.space.Candidate;
import io.tandem.space.Course;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.OptimizerSpace;
import io.tandem.space.PerceptronArchitecture;
import io.tandem.space.PerceptronSpace;
import io.tandem.space.Range;
import io.tandem.space.Schedule;
import io.tandem.space.SearchSpace;
import io.tandem.testing.Derivatives;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat64;

/**
 * Searched settings that may be absent must reach the look-ahead, and a candidate without them
 * keeps the constants.
 */
final class OptionalSettingsTest {
  private static final double CONSTANT = 0.95;
  private static final Rows ROWS =
      new Rows(new int[][] {{0, 1, 2}, {3, 4, 5}, {1, 3, 5}}, new int[] {0, 2, 5}, 4, 9);
  private static final PerceptronArchitecture NETWORK =
      new PerceptronArchitecture(
          List.of(new PerceptronArchitecture.Layer(4, Activation.TANH, 0, List.of())));

  @Test
  void respond_searchedBeta2_isTheDerivativeOfTheLossAfterTheLoop() {
    for (OptimizerFamily family : List.of(OptimizerFamily.RMSPROP, OptimizerFamily.ADAMW)) {
      try (Graph graph = new Graph();
          Session session = new Session(graph)) {
        ChildProgram<TFloat64> child =
            child(graph, session, Hyperparameter.BETA2, new Range(0.8, 0.999));
        Response here = child.respond(candidate(family, 0.9), 1, ROWS);
        double up = child.respond(candidate(family, 0.9 + 1e-6), 1, ROWS).after();
        double down = child.respond(candidate(family, 0.9 - 1e-6), 1, ROWS).after();
        double difference = (up - down) / 2e-6;
        assertThat(here.response()).hasSize(1);
        assertThat(here.response()[0]).isCloseTo(difference, within(1e-8));
        assertThat(Math.abs(difference)).isGreaterThan(1e-4);
        assertThat(here.direct()).containsExactly(0);
      }
    }
  }

  /** As fixed_optimizer is where it trains the shared weights of a space that searches beta2. */
  @Test
  void respond_candidateWithoutBeta2_hasTheConstant() {
    double plain;
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      ChildProgram<TFloat64> child = child(graph, session, Hyperparameter.BETA2, Range.fixed(0));
      plain = child.respond(candidate(OptimizerFamily.ADAMW, 0), 1, ROWS).after();
    }
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      ChildProgram<TFloat64> child =
          child(graph, session, Hyperparameter.BETA2, new Range(0.8, 0.999));
      double absent = child.respond(candidate(OptimizerFamily.ADAMW, 0), 1, ROWS).after();
      double same = child.respond(candidate(OptimizerFamily.ADAMW, CONSTANT), 1, ROWS).after();
      double other = child.respond(candidate(OptimizerFamily.ADAMW, 0.8), 1, ROWS).after();
      assertThat(absent).isEqualTo(same).isCloseTo(plain, within(1e-12));
      assertThat(Math.abs(other - plain)).isGreaterThan(1e-6);
    }
  }

  /** Its factor is computed outside the graph, so its derivative enters there too. */
  @Test
  void respond_searchedWarmup_isTheDerivativeOfTheLossAfterTheLoop() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      ChildProgram<TFloat64> child =
          child(graph, session, Hyperparameter.WARMUP, new Range(0.05, 0.5));
      for (double progress : new double[] {0.1, 0.8}) {
        Response here = warmedUp(child, progress, 0.3);
        double up = warmedUp(child, progress, 0.3 + 1e-6).after();
        double down = warmedUp(child, progress, 0.3 - 1e-6).after();
        double difference = (up - down) / 2e-6;
        assertThat(here.response()).hasSize(1);
        assertThat(here.response()[0]).isCloseTo(difference, within(1e-8));
        assertThat(Math.abs(difference)).isGreaterThan(1e-4);
      }
      // Of another schedule there is nothing to learn.
      assertThat(child.respond(candidate(OptimizerFamily.SGD, 0), 1, ROWS).response())
          .containsExactly(new double[1], within(0.0));
    }
  }

  private static Response warmedUp(ChildProgram<TFloat64> child, double progress, double warmup) {
    Map<Hyperparameter, Double> values = values();
    values.put(Hyperparameter.WARMUP, warmup);
    OptimizerSettings optimizer =
        new OptimizerSettings(OptimizerFamily.RMSPROP, Schedule.WARMUP_LINEAR, values);
    return child.respond(
        new Candidate(NETWORK, optimizer), optimizer.factor(Course.of(progress)), ROWS);
  }

  private static ChildProgram<TFloat64> child(
      Graph graph, Session session, Hyperparameter searched, Range range) {
    Map<Hyperparameter, Range> ranges = new EnumMap<>(Hyperparameter.class);
    values().forEach((name, value) -> ranges.put(name, Range.fixed(value)));
    ranges.put(searched, range);
    SearchSpace space =
        new SearchSpace(
            new PerceptronSpace(1, List.of(4), List.of(Activation.TANH), List.of(0.0), false),
            new OptimizerSpace(
                List.of(OptimizerFamily.SGD, OptimizerFamily.RMSPROP, OptimizerFamily.ADAMW),
                List.of(Schedule.CONSTANT),
                ranges,
                0));
    InnerSettings inner = new InnerSettings(ROWS.training().length, CONSTANT, 1e-8);
    Inputs rows = Inputs.of(rows());
    ChildProgram<TFloat64> child =
        new ChildProgram<>(
                graph,
                session,
                Placement.cpu(),
                TFloat64.class,
                space,
                rows,
                rows,
                AugmentationSettings.none(),
                new FamilySwitch(space.families(), inner),
                inner,
                new JointSettings(ResponseThrough.SAMPLE, ArchitectureGradient.SCORE))
            .withResponse(new Unrolled());
    child.load();
    child.initialise(3, candidate(OptimizerFamily.SGD, 0).optimizer());
    return child;
  }

  private static Dataset rows() {
    double[] numbers = Derivatives.numbers(18, 1);
    float[] features = new float[numbers.length];
    for (int index = 0; index < features.length; index++) {
      features[index] = (float) numbers[index];
    }
    return new Dataset(
        features, 3, new int[] {0, 1, 1, 0, 1, 0}, List.of("a", "b"), List.of("x", "y", "z"));
  }

  private static Candidate candidate(OptimizerFamily family, double beta2) {
    Map<Hyperparameter, Double> values = values();
    values.put(Hyperparameter.BETA2, beta2);
    return new Candidate(NETWORK, new OptimizerSettings(family, Schedule.CONSTANT, values));
  }

  private static Map<Hyperparameter, Double> values() {
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      values.put(hyperparameter, 0.0);
    }
    values.put(Hyperparameter.LEARNING_RATE, 0.02);
    values.put(Hyperparameter.MOMENTUM, 0.8);
    values.put(Hyperparameter.CLIP_NORM, 1e6);
    values.put(Hyperparameter.INITIAL_SCALE, 1.0);
    return values;
  }
}
