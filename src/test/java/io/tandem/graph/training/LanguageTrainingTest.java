package io.tandem.graph.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.child.text.LanguageNetwork;
import io.tandem.graph.child.text.LanguageShape;
import io.tandem.graph.child.text.WindowNoise;
import io.tandem.graph.child.text.WindowOutput;
import io.tandem.graph.child.text.WordLoss;
import io.tandem.graph.core.Precision;
import io.tandem.graph.gradient.GradientRegistry;
import io.tandem.graph.gradient.Gradients;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.objective.LossShape;
import io.tandem.space.Hyperparameter;
import io.tandem.space.LanguageRegularisation;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSettings;
import io.tandem.testing.Doubles;
import io.tandem.testing.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The training of a language model step by step, against the definition of a step: a target that is
 * shifted by one word, or a state that is not carried, would still train.
 */
class LanguageTrainingTest {
  private static final int WORDS = 7;
  private static final int BATCH = 2;
  private static final int LENGTH = 5;
  private static final LanguageShape SHAPE = new LanguageShape(WORDS, 4, LENGTH);
  private static final LanguageRegularisation HOW =
      new LanguageRegularisation(0.1, 0.2, 0.1, 0.2, 0.4, 0.3);
  private static final InnerSettings CONSTANTS = new InnerSettings(1, 0.999, 1e-8);
  private static final int[] TEXT = Languages.text(60, WORDS);

  @BeforeAll
  static void install() {
    GradientRegistry.install();
  }

  private static OptimizerSettings sgd() {
    return Languages.optimizer(OptimizerFamily.SGD, 2)
        .with(Hyperparameter.CLIP_NORM, 0.3)
        .with(Hyperparameter.LABEL_SMOOTHING, 0.1)
        .with(Hyperparameter.WEIGHT_DECAY, 0.01)
        .with(Hyperparameter.AUGMENTATION, 0.7);
  }

  private static LanguageTraining training(OptimizerSettings optimizer, boolean varying) {
    return new LanguageTraining(
        Languages.network(SHAPE, HOW),
        optimizer,
        CONSTANTS,
        3,
        new LanguageTraining.Reading(TEXT, BATCH, varying),
        Languages.RUNTIME);
  }

  private static LanguageTraining.Step step(int time, int times, boolean average) {
    return new LanguageTraining.Step(
        new int[] {time, 30 + time}, time == 0, times, 100 + time, 0.5, average);
  }

  /** Two windows, the second with the state of the first. */
  @ParameterizedTest
  @CsvSource({"false, 5", "true, 5", "true, 3"})
  void step_twoWindows_isTheClippedGradientOfTheirLoss(boolean varying, int times) {
    LanguageNetwork network = Languages.network(SHAPE, HOW).over(times);
    try (LanguageTraining training = training(sgd(), varying)) {
      float[] state = new float[BATCH * SHAPE.hidden()];
      for (int window = 0; window < 2; window++) {
        List<float[]> before = training.weights();
        LanguageTraining.Step step = step(window * times, times, false);
        double loss = training.step(step);
        Expected expected = expected(network, before, state, step);
        assertThat(loss).isCloseTo(expected.loss, within(1e-5));
        List<float[]> after = training.weights();
        for (int index = 0; index < after.size(); index++) {
          double[] wanted = expected.weights.get(index);
          for (int place = 0; place < wanted.length; place++) {
            assertThat((double) after.get(index)[place]).isCloseTo(wanted[place], within(1e-5));
          }
          assertThat(after.get(index)).isNotEqualTo(before.get(index));
        }
        state = expected.state;
      }
    }
  }

  /** What the optimizer has of dropout and penalties acts like what the space has. */
  @Test
  void step_regularisedByTheOptimizer_isThatOfASpaceWithTheSame() {
    double[] losses = new double[3];
    for (int way = 0; way < losses.length; way++) {
      OptimizerSettings optimizer = sgd().with(Hyperparameter.AUGMENTATION, 1);
      if (way > 0) {
        optimizer =
            optimizer
                .with(Hyperparameter.EMBEDDING_DROPOUT, HOW.embedding())
                .with(Hyperparameter.INPUT_DROPOUT, HOW.input())
                .with(Hyperparameter.STATE_DROPOUT, way == 1 ? HOW.state() : 0)
                .with(Hyperparameter.OUTPUT_DROPOUT, HOW.output())
                .with(Hyperparameter.ACTIVATION_WEIGHT, HOW.activation())
                .with(Hyperparameter.SLOWNESS_WEIGHT, HOW.slowness());
      }
      LanguageRegularisation space = way == 0 ? HOW : LanguageRegularisation.none();
      try (LanguageTraining training =
          new LanguageTraining(
              Languages.network(SHAPE, space),
              optimizer,
              CONSTANTS,
              3,
              new LanguageTraining.Reading(TEXT, BATCH, false),
              Languages.RUNTIME)) {
        training.step(step(0, LENGTH, false));
        losses[way] = training.step(step(LENGTH, LENGTH, false));
      }
    }
    assertThat(losses[1]).isEqualTo(losses[0]);
    assertThat(losses[2]).isNotEqualTo(losses[0]);
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Expected(double loss, float[] state, List<double[]> weights) {}

  /** The step by its definition, in a graph of its own. */
  private static Expected expected(
      LanguageNetwork network, List<float[]> weights, float[] state, LanguageTraining.Step step) {
    int[][] words = new int[BATCH][step.times()];
    int[] targets = new int[BATCH * step.times()];
    for (int row = 0; row < BATCH; row++) {
      for (int time = 0; time < step.times(); time++) {
        words[row][time] = TEXT[step.starts()[row] + time];
        targets[time * BATCH + row] = TEXT[step.starts()[row] + time + 1];
      }
    }
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      List<Operand<TFloat32>> tensors = new ArrayList<>();
      for (int index = 0; index < weights.size(); index++) {
        Shape shape = network.parts().shapes().get(index);
        tensors.add(Tensors.tensor(tf, wide(weights.get(index)), shape, TFloat32.class));
      }
      WindowOutput<TFloat32> output =
          network.window(
              tf,
              tensors,
              tf.constant(StdArrays.ndCopyOf(words)),
              Tensors.tensor(tf, wide(state), Shape.of(BATCH, SHAPE.hidden()), TFloat32.class),
              new WindowNoise<>(tf.constant(new long[] {step.draw(), 0}), tf.constant(0.7f), false),
              Precision.FLOAT32);
      Operand<TFloat32> loss =
          tf.math.add(
              WordLoss.mean(
                  tf, output.head(), tf.constant(targets), LossShape.smoothed(tf.constant(0.1f))),
              output.penalty().orElseThrow());
      List<Operand<TFloat32>> wanted = new ArrayList<>(List.of(loss, output.state()));
      wanted.addAll(Gradients.of(tf, loss, tensors));
      List<double[]> found = Doubles.fetch(session.runner(), wanted);
      List<double[]> gradients = found.subList(2, found.size());
      double norm =
          Math.sqrt(
              gradients.stream().flatMapToDouble(Arrays::stream).map(value -> value * value).sum());
      double clip = Math.min(1, 0.3 / norm);
      List<double[]> next = new ArrayList<>();
      for (int index = 0; index < gradients.size(); index++) {
        double[] moved = wide(weights.get(index));
        for (int place = 0; place < moved.length; place++) {
          moved[place] -= 2 * 0.5 * (clip * gradients.get(index)[place] + 0.01 * moved[place]);
        }
        next.add(moved);
      }
      return new Expected(found.get(0)[0], narrow(found.get(1)), next);
    }
  }

  private static double[] wide(float[] values) {
    double[] wide = new double[values.length];
    for (int index = 0; index < values.length; index++) {
      wide[index] = values[index];
    }
    return wide;
  }

  private static float[] narrow(double[] values) {
    float[] narrow = new float[values.length];
    for (int index = 0; index < values.length; index++) {
      narrow[index] = (float) values[index];
    }
    return narrow;
  }

  @Test
  void trained_averagedSteps_isTheMeanOfTheirWeights() {
    try (LanguageTraining training = training(sgd(), false)) {
      training.step(step(0, LENGTH, false));
      assertThat(training.trained().toArray()).isEqualTo(training.weights().toArray());
      Score plain = training.score(TEXT, 1);
      List<double[]> sums = new ArrayList<>();
      training.weights().forEach(weight -> sums.add(new double[weight.length]));
      for (int window = 1; window <= 4; window++) {
        training.step(step(window * LENGTH, LENGTH, true));
        for (int index = 0; index < sums.size(); index++) {
          double[] weight = wide(training.weights().get(index));
          for (int place = 0; place < weight.length; place++) {
            sums.get(index)[place] += weight[place] / 4;
          }
        }
      }
      for (int index = 0; index < sums.size(); index++) {
        assertThat(wide(training.trained().get(index)))
            .containsExactly(sums.get(index), within(1e-6));
      }
      assertThat(training.trained().toArray()).isNotEqualTo(training.weights().toArray());
      assertThat(training.score(TEXT, 1)).isNotEqualTo(plain);
      assertThat(training.state().averaged()).isEqualTo(4);
    }
  }

  @Test
  void step_notFinite_changesNothing() {
    try (LanguageTraining training = training(sgd(), false)) {
      training.step(step(0, LENGTH, true));
      TrainingState before = training.state();
      LanguageTraining.Step good = step(LENGTH, LENGTH, true);
      double loss =
          training.step(
              new LanguageTraining.Step(good.starts(), false, LENGTH, good.draw(), 1e300, true));
      assertThat(loss).isNaN();
      TrainingState after = training.state();
      assertThat(after.tensors().toArray()).isEqualTo(before.tensors().toArray());
      assertThat(after.dropped()).isEqualTo(1);
      assertThat(after.averaged()).isEqualTo(1);
      assertThat(training.step(good)).isFinite();
      assertThat(training.state().averaged()).isEqualTo(2);
    }
  }

  /** With moments, so that nothing of the state is without effect. */
  @Test
  void restore_betweenSteps_goesOnWithTheSameBits() {
    OptimizerSettings adam =
        Languages.optimizer(OptimizerFamily.ADAM, 0.01).with(Hyperparameter.MOMENTUM, 0.9);
    try (LanguageTraining whole = training(adam, true);
        LanguageTraining other = training(adam, true)) {
      whole.step(step(0, 4, true));
      TrainingState saved = whole.state();
      double loss = whole.step(step(4, 2, true));
      other.restore(saved);
      assertThat(other.step(step(4, 2, true))).isEqualTo(loss);
      assertThat(other.state().tensors().toArray()).isEqualTo(whole.state().tensors().toArray());
      assertThat(other.steps()).isEqualTo(2);
    }
  }

  @Test
  void step_shortWindowOfWholeOnes_isRefused() {
    try (LanguageTraining training = training(sgd(), false)) {
      assertThatThrownBy(() -> training.step(step(0, 3, false)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("3 time steps of 5");
    }
  }

  /** The last window that fits ends at the last token, and is computed beyond it. */
  @Test
  void step_shortWindowAtTheEnd_readsNothingThatCounts() {
    try (LanguageTraining training = training(sgd(), true)) {
      assertThat(
              training.step(
                  new LanguageTraining.Step(new int[] {0, TEXT.length - 3}, true, 2, 1, 1, false)))
          .isFinite();
    }
  }
}
