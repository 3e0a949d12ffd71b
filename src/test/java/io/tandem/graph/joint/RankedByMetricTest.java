package io.tandem.graph.joint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.data.Dataset;
import io.tandem.data.Inputs;
import io.tandem.data.Values;
import io.tandem.graph.inner.FamilySwitch;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.graph.joint.child.Evaluation;
import io.tandem.graph.session.Placement;
import io.tandem.metric.Metric;
import io.tandem.outcome.Outcome;
import io.tandem.outcome.RegressionLoss;
import io.tandem.outcome.Targets;
import io.tandem.space.Activation;
import io.tandem.space.Candidate;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.OptimizerSpace;
import io.tandem.space.PerceptronSpace;
import io.tandem.space.Schedule;
import io.tandem.space.SearchSpace;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/**
 * Candidates are ranked by the metric that is wanted, of the rows that are judged, then by loss.
 */
class RankedByMetricTest {
  private static final int ROWS = 50;
  private static final double TIE = 1e-6;
  private static final InnerSettings INNER = new InnerSettings(1, 0.999, 1e-8);

  private static OptimizerSettings optimizer() {
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      values.put(hyperparameter, 0.0);
    }
    values.put(Hyperparameter.LEARNING_RATE, 0.1);
    values.put(Hyperparameter.CLIP_NORM, 1.0);
    values.put(Hyperparameter.INITIAL_SCALE, 1.0);
    return new OptimizerSettings(OptimizerFamily.SGD, Schedule.CONSTANT, values);
  }

  private static Evaluation evaluated(Targets targets, Optional<Metric> metric, long examples) {
    SearchSpace space =
        new SearchSpace(
            new PerceptronSpace(1, List.of(4), List.of(Activation.TANH), List.of(0.0), false),
            OptimizerSpace.fixed(optimizer()));
    SplittableRandom random = new SplittableRandom(4);
    float[] features = new float[2 * ROWS];
    for (int index = 0; index < features.length; index++) {
      features[index] = (float) random.nextDouble(-2, 2);
    }
    Dataset rows =
        new Dataset(new Values.Floats(features), 2, targets, List.of("p", "q"), Optional.empty());
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      ChildProgram<TFloat32> child =
          new ChildProgram<>(
              graph,
              session,
              Placement.cpu(),
              TFloat32.class,
              space,
              Inputs.of(rows),
              Inputs.of(rows),
              AugmentationSettings.none(),
              new FamilySwitch(space.families(), INNER),
              INNER,
              new JointSettings(
                  ResponseThrough.SAMPLE, ArchitectureGradient.SCORE, LookAhead.ALL, metric));
      child.load();
      child.initialise(3, optimizer());
      return child.evaluate(new Candidate(space.architecture().largest(), optimizer()), examples);
    }
  }

  private static Targets labels() {
    SplittableRandom random = new SplittableRandom(5);
    return new Targets.Labels(
        random.ints(ROWS, 0, 3).toArray(), new Outcome.Classes(List.of("a", "b", "c")));
  }

  private static Targets numbers() {
    double[] raw = new SplittableRandom(6).doubles(ROWS, 10, 20).toArray();
    return Targets.Numbers.of(
        raw, Outcome.Numbers.learn(List.of("y"), raw, false, RegressionLoss.squared()));
  }

  @Test
  void evaluate_accuracy_isTurnedIntoALossOfTheJudgedRows() {
    for (long examples : new long[] {17, ROWS}) {
      Evaluation plain = evaluated(labels(), Optional.empty(), examples);
      Evaluation ranked = evaluated(labels(), Optional.of(Metric.ACCURACY), examples);
      assertThat(ranked.loss()).isEqualTo(plain.loss());
      assertThat(ranked.accuracy()).isEqualTo(plain.accuracy());
      assertThat(ranked.calibrated())
          .isCloseTo(1 - plain.accuracy() + TIE * plain.calibrated(), within(1e-12));
    }
  }

  @Test
  void evaluate_lossLikeMetric_isTheLoss() {
    Evaluation plain = evaluated(labels(), Optional.empty(), ROWS);
    Evaluation ranked = evaluated(labels(), Optional.of(Metric.LOG_LOSS), ROWS);
    assertThat(ranked.calibrated())
        .isCloseTo(plain.loss() + TIE * plain.calibrated(), within(1e-6));
  }

  /** The loss is the mean squared error in standard deviations. */
  @Test
  void evaluate_numbers_areJudgedInTheUnitsOfTheTable() {
    Outcome.Numbers outcome = (Outcome.Numbers) numbers().outcome();
    Evaluation plain = evaluated(numbers(), Optional.empty(), ROWS);
    Evaluation root = evaluated(numbers(), Optional.of(Metric.RMSE), ROWS);
    Evaluation explained = evaluated(numbers(), Optional.of(Metric.R2), ROWS);
    assertThat(root.calibrated())
        .isCloseTo(
            outcome.scale()[0] * Math.sqrt(plain.loss()) + TIE * plain.calibrated(), within(1e-5));
    assertThat(explained.calibrated())
        .isCloseTo(1 - plain.accuracy() + TIE * plain.calibrated(), within(1e-5));
  }
}
