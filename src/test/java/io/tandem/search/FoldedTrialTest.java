package io.tandem.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.data.Dataset;
import io.tandem.data.Inputs;
import io.tandem.data.Seeds;
import io.tandem.graph.inner.FamilySwitch;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.graph.joint.ArchitectureGradient;
import io.tandem.graph.joint.ChildProgram;
import io.tandem.graph.joint.JointSettings;
import io.tandem.graph.joint.LookAhead;
import io.tandem.graph.joint.ResponseThrough;
import io.tandem.graph.joint.child.Evaluation;
import io.tandem.graph.joint.policy.LearningPolicy;
import io.tandem.graph.joint.policy.PolicyFeedback;
import io.tandem.graph.joint.policy.PolicyUpdate;
import io.tandem.graph.session.Placement;
import io.tandem.search.plan.ExampleRows;
import io.tandem.search.plan.FoldedRows;
import io.tandem.search.plan.TrialLength;
import io.tandem.space.Activation;
import io.tandem.space.Candidate;
import io.tandem.space.Choices;
import io.tandem.space.Goal;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.OptimizerSpace;
import io.tandem.space.PerceptronSpace;
import io.tandem.space.Schedule;
import io.tandem.space.SearchSpace;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/** A training in folds of different columns and sizes is as good as its folds are in the mean. */
class FoldedTrialTest {
  private static final int[] COLUMNS = {2, 3, 5};
  private static final int[] HELD = {12, 11, 13};
  private static final int ROWS = 36;
  private static final InnerSettings INNER = new InnerSettings(2, 0.999, 1e-8);
  private static final List<Graph> GRAPHS = new ArrayList<>();
  private static final List<Session> SESSIONS = new ArrayList<>();
  private static final List<ChildProgram<?>> FOLDS = new ArrayList<>();

  /** So small a step moves nothing that a loss could tell. */
  private static OptimizerSettings optimizer(double rate) {
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      values.put(hyperparameter, 0.0);
    }
    values.put(Hyperparameter.LEARNING_RATE, rate);
    values.put(Hyperparameter.CLIP_NORM, 1e6);
    values.put(Hyperparameter.INITIAL_SCALE, 1.0);
    return new OptimizerSettings(OptimizerFamily.SGD, Schedule.CONSTANT, values);
  }

  private static SearchSpace space() {
    return new SearchSpace(
        new PerceptronSpace(1, List.of(4), List.of(Activation.TANH), List.of(0.0), false),
        OptimizerSpace.fixed(optimizer(1e-7)));
  }

  private static Dataset data(int columns, int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] features = new float[columns * rows];
    for (int index = 0; index < features.length; index++) {
      features[index] = (float) random.nextDouble(-2, 2);
    }
    List<String> names = new ArrayList<>();
    for (int column = 0; column < columns; column++) {
      names.add("x" + column);
    }
    return new Dataset(
        features, columns, random.ints(rows, 0, 2).toArray(), List.of("a", "b"), names);
  }

  @BeforeAll
  static void build() {
    for (int fold = 0; fold < COLUMNS.length; fold++) {
      Graph graph = new Graph();
      Session session = new Session(graph);
      ChildProgram<TFloat32> child =
          new ChildProgram<>(
              graph,
              session,
              Placement.cpu(),
              TFloat32.class,
              space(),
              Inputs.of(data(COLUMNS[fold], ROWS - HELD[fold], fold)),
              Inputs.of(data(COLUMNS[fold], HELD[fold], 10 + fold)),
              AugmentationSettings.none(),
              new FamilySwitch(space().families(), INNER),
              INNER,
              new JointSettings(
                  ResponseThrough.SAMPLE,
                  ArchitectureGradient.SCORE,
                  LookAhead.ALL,
                  Optional.empty()));
      child.load();
      child.initialise(3, optimizer(1e-7));
      GRAPHS.add(graph);
      SESSIONS.add(session);
      FOLDS.add(child);
    }
  }

  @AfterAll
  static void close() {
    SESSIONS.forEach(Session::close);
    GRAPHS.forEach(Graph::close);
  }

  private static FoldedRows rows() {
    List<ExampleRows> parts = new ArrayList<>();
    for (int held : HELD) {
      parts.add(new ExampleRows(ROWS - held, held, false));
    }
    return new FoldedRows(parts);
  }

  private static SearchGraph graph() {
    return new SearchGraph(
        space(),
        new NoPolicy(),
        FOLDS.get(0),
        FOLDS,
        rows(),
        2,
        INNER.restarts(),
        false,
        false,
        Goal.ACCURACY,
        7);
  }

  /** Nobody asks it. */
  private static final class NoPolicy implements LearningPolicy {
    @Override
    public List<Choices> sample(int count, long seed, long step) {
      throw new AssertionError();
    }

    @Override
    public double[] logDensities(List<Choices> choices) {
      throw new AssertionError();
    }

    @Override
    public double[] logProbabilities(List<Choices> choices) {
      throw new AssertionError();
    }

    @Override
    public PolicyUpdate update(PolicyFeedback feedback) {
      throw new AssertionError();
    }

    @Override
    public void raise(List<Choices> best, double[] weights, int steps) {
      throw new AssertionError();
    }
  }

  @Test
  void run_isTheMeanOfTheFolds_andCostsThemAll() {
    Candidate candidate = new Candidate(space().architecture().largest(), optimizer(1e-7));
    TrialLength length = new TrialLength(10, 8, List.of(12L, 11L, 13L), 1);
    assertThat(length.folds()).isEqualTo(3);
    assertThat(length.cost()).isEqualTo(3 * 80 + 36);
    Trials.Timed trained =
        new Trial(graph(), 4, new Pace(() -> false, () -> 0))
            .run(candidate, length, "search/rung0", 5, Double.POSITIVE_INFINITY);
    assertThat(trained.examples()).isEqualTo(length.cost());
    long seed = Seeds.of(7, "search/rung0", 5);
    double loss = 0;
    double accuracy = 0;
    double calibrated = 0;
    for (int fold = 0; fold < FOLDS.size(); fold++) {
      FOLDS.get(fold).reset(candidate, fold == 0 ? seed : Seeds.of(seed, "search/fold", fold));
      Evaluation own = FOLDS.get(fold).evaluate(candidate, 1000);
      loss += own.loss() / 3;
      accuracy += own.accuracy() / 3;
      calibrated += own.calibrated() / 3;
    }
    Evaluation found = trained.scored().evaluation();
    assertThat(found.loss()).isCloseTo(loss, within(1e-5));
    assertThat(found.accuracy()).isCloseTo(accuracy, within(1e-12));
    assertThat(found.calibrated()).isCloseTo(calibrated, within(1e-5));
  }

  /** What diverges in a fold is not trained in the others. */
  @Test
  void run_divergedInAFold_isDiverged() {
    Candidate candidate = new Candidate(space().architecture().largest(), optimizer(1e30));
    TrialLength length = new TrialLength(10, 8, List.of(12L, 11L, 13L), 1);
    Trials.Timed trained =
        new Trial(graph(), 4, new Pace(() -> false, () -> 0))
            .run(candidate, length, "search/rung0", 5, Double.POSITIVE_INFINITY);
    assertThat(trained.scored().evaluation().isFinite()).isFalse();
    assertThat(trained.examples()).isBetween(1L, length.cost() / 2);
  }
}
