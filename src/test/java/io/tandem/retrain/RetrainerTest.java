package io.tandem.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.data.DataLoader;
import io.tandem.data.DataSettings;
import io.tandem.data.DataSource;
import io.tandem.data.DataSplit;
import io.tandem.data.SplitSettings;
import io.tandem.graph.core.Device;
import io.tandem.graph.core.GradientRegistry;
import io.tandem.graph.core.Precision;
import io.tandem.graph.core.RuntimeSettings;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.training.TrainingState;
import io.tandem.space.Activation;
import io.tandem.space.Architecture;
import io.tandem.space.Candidate;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.Schedule;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A retraining learns, repeats bit for bit, also across an interruption, and survives NaN. */
class RetrainerTest {
  private static final InnerSettings CONSTANTS = new InnerSettings(1, 0.999, 1e-8);
  private static final DataSplit DIGITS =
      DataLoader.load(
          new DataSettings(new DataSource.Digits(), new SplitSettings(0.6, 0.2, 0.2)), 3);

  @BeforeAll
  static void install() {
    GradientRegistry.install();
  }

  private static Candidate candidate(double learningRate) {
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    values.put(Hyperparameter.LEARNING_RATE, learningRate);
    values.put(Hyperparameter.MOMENTUM, 0.9);
    values.put(Hyperparameter.WEIGHT_DECAY, 1e-5);
    values.put(Hyperparameter.CLIP_NORM, 1e3);
    values.put(Hyperparameter.LABEL_SMOOTHING, 0.05);
    values.put(Hyperparameter.AUGMENTATION, 0.1);
    values.put(Hyperparameter.INITIAL_SCALE, 1.0);
    return new Candidate(
        new Architecture(
            List.of(
                new Architecture.Layer(64, Activation.RELU, 0.1, List.of()),
                new Architecture.Layer(48, Activation.SWISH, 0.1, List.of(0)))),
        new OptimizerSettings(OptimizerFamily.ADAM, Schedule.COSINE, values));
  }

  private static Retrainer retrainer(long examples) {
    return retrainer(examples, Precision.FLOAT32);
  }

  private static Retrainer retrainer(long examples, Precision precision) {
    return new Retrainer(
        new RetrainSettings(examples, 64, false),
        CONSTANTS,
        new RuntimeSettings(Device.CPU, 0, 0, true, precision));
  }

  @Test
  void retrain_digits_learnsAndRepeats() {
    Retrainer retrainer = retrainer(20_000);
    RetrainedModel model = retrainer.retrain(candidate(0.005), DIGITS, 7, RetrainHooks.none());
    assertThat(model.diverged()).isFalse();
    assertThat(model.validation().accuracy()).isGreaterThan(0.93);
    assertThat(retrainer.evaluate(model, DIGITS.validation()).accuracy())
        .isEqualTo(model.validation().accuracy());
    RetrainedModel again = retrainer.retrain(candidate(0.005), DIGITS, 7, RetrainHooks.none());
    assertThat(again.network().weights().toArray()).isEqualTo(model.network().weights().toArray());
  }

  @Test
  void retrain_interrupted_goesOnWithTheSameBits() {
    Retrainer retrainer = retrainer(6_000);
    RetrainedModel whole = retrainer.retrain(candidate(0.005), DIGITS, 8, RetrainHooks.none());
    AtomicReference<Optional<TrainingState>> saved = new AtomicReference<>(Optional.empty());
    RetrainHooks stopping =
        (report, state) -> {
          saved.set(Optional.of(state.get()));
          return report.epoch() < 2;
        };
    assertThat(retrainer.retrain(candidate(0.005), DIGITS, 8, stopping).stopped()).isTrue();
    RetrainHooks resuming =
        new RetrainHooks() {
          @Override
          public Optional<TrainingState> resume() {
            return saved.get();
          }

          @Override
          public boolean epoch(EpochReport report, Supplier<TrainingState> state) {
            return true;
          }
        };
    RetrainedModel resumed = retrainer.retrain(candidate(0.005), DIGITS, 8, resuming);
    assertThat(resumed.network().weights().toArray())
        .isEqualTo(whole.network().weights().toArray());
    assertThat(resumed.examples()).isEqualTo(whole.examples());
  }

  /** Not equal to float32, so it is honoured; near it, so it trains. */
  @Test
  void retrain_bfloat16_trainsOtherwiseAndAboutAsWell() {
    RetrainedModel full =
        retrainer(6_000).retrain(candidate(0.005), DIGITS, 7, RetrainHooks.none());
    RetrainedModel reduced =
        retrainer(6_000, Precision.BFLOAT16)
            .retrain(candidate(0.005), DIGITS, 7, RetrainHooks.none());
    assertThat(reduced.network().weights().toArray())
        .isNotEqualTo(full.network().weights().toArray());
    assertThat(reduced.validation().accuracy())
        .isCloseTo(full.validation().accuracy(), within(0.03));
  }

  @Test
  void retrain_hopelessSettings_dropsStepsAndSaysSo() {
    RetrainedModel model =
        retrainer(2_000).retrain(candidate(1e38), DIGITS, 9, RetrainHooks.none());
    assertThat(model.dropped()).isPositive();
    assertThat(model.diverged()).isTrue();
    for (float[] weights : model.network().weights()) {
      for (float weight : weights) {
        assertThat(weight).isFinite();
      }
    }
  }
}
