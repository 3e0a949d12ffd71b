package io.tandem.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tandem.data.DataSettings;
import io.tandem.data.DataSource;
import io.tandem.data.DataSplit;
import io.tandem.data.SplitSettings;
import io.tandem.data.source.DataLoader;
import io.tandem.disk.Disk;
import io.tandem.disk.UserError;
import io.tandem.graph.child.PerceptronNetwork;
import io.tandem.graph.child.TrainedNetwork;
import io.tandem.graph.core.Precision;
import io.tandem.graph.gradient.GradientRegistry;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.graph.preprocessing.GraphImageDecoder;
import io.tandem.graph.session.Device;
import io.tandem.graph.session.RuntimeSettings;
import io.tandem.graph.training.TrainingState;
import io.tandem.report.EarlyEnd;
import io.tandem.report.checkpoint.Checkpoint;
import io.tandem.report.checkpoint.CheckpointStore;
import io.tandem.space.Activation;
import io.tandem.space.Candidate;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.PerceptronArchitecture;
import io.tandem.space.Schedule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A retraining learns, repeats bit for bit, also across an interruption, and survives NaN. */
class RetrainerTest {
  private static final InnerSettings CONSTANTS = new InnerSettings(1, 0.999, 1e-8);
  private static final DataSplit DIGITS =
      DataLoader.load(
          new DataSettings(new DataSource.Digits(), new SplitSettings(0.6, 0.2, 0.2)),
          3,
          GraphImageDecoder::new);

  private static final PerceptronNetwork NETWORK =
      new PerceptronNetwork(candidate(1).architecture().perceptron(), 64, 10);

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
        new PerceptronArchitecture(
            List.of(
                new PerceptronArchitecture.Layer(64, Activation.RELU, 0.1, List.of()),
                new PerceptronArchitecture.Layer(48, Activation.SWISH, 0.1, List.of(0)))),
        new OptimizerSettings(OptimizerFamily.ADAM, Schedule.COSINE, values));
  }

  private static Retrainer retrainer(long examples) {
    return retrainer(examples, Precision.FLOAT32);
  }

  private static Retrainer retrainer(long examples, Precision precision) {
    return retrainer(examples, false, precision);
  }

  private static Retrainer retrainer(long examples, boolean keepBest, Precision precision) {
    return new Retrainer(
        new RetrainSettings(examples, 64, false, keepBest, 10),
        CONSTANTS,
        AugmentationSettings.none(),
        new RuntimeSettings(Device.CPU, 0, 0, true, precision));
  }

  @Test
  void retrain_digits_learnsAndRepeats() {
    Retrainer retrainer = retrainer(20_000);
    RetrainedModel<TrainedNetwork> model =
        retrainer.retrain(candidate(0.005), NETWORK, DIGITS, 7, RetrainHooks.none());
    assertThat(model.diverged()).isFalse();
    assertThat(model.validation().accuracy()).isGreaterThan(0.93);
    assertThat(retrainer.evaluate(model, DIGITS.validation()).accuracy())
        .isEqualTo(model.validation().accuracy());
    RetrainedModel<TrainedNetwork> again =
        retrainer.retrain(candidate(0.005), NETWORK, DIGITS, 7, RetrainHooks.none());
    assertThat(again.network().weights().toArray()).isEqualTo(model.network().weights().toArray());
  }

  @Test
  void retrain_interrupted_goesOnWithTheSameBits() {
    Retrainer retrainer = retrainer(6_000);
    List<EpochReport> wholeReports = new ArrayList<>();
    RetrainedModel<TrainedNetwork> whole =
        retrainer.retrain(candidate(0.005), NETWORK, DIGITS, 8, wholeReports::add);
    for (long stop : new long[] {1, 17, 18, 93}) {
      AtomicReference<Optional<RetrainState>> saved = new AtomicReference<>(Optional.empty());
      List<EpochReport> reports = new ArrayList<>();
      RetrainHooks stopping = hooks(saved, reports, stop);
      assertThat(retrainer.retrain(candidate(0.005), NETWORK, DIGITS, 8, stopping).stopped())
          .isTrue();
      assertThat(saved.get().orElseThrow().training().step()).isEqualTo(stop);
      RetrainedModel<TrainedNetwork> resumed =
          retrainer.retrain(candidate(0.005), NETWORK, DIGITS, 8, hooks(saved, reports, -1));
      assertThat(resumed.network().weights().toArray())
          .isEqualTo(whole.network().weights().toArray());
      assertThat(resumed.examples()).isEqualTo(whole.examples());
      assertThat(reports).isEqualTo(wholeReports);
    }
  }

  /** Steps so large that the validation loss goes up and down. */
  @Test
  void retrain_keepBest_hasTheWeightsOfTheBestEpochAlsoAfterInterruption() {
    Retrainer usual = retrainer(12_000, false, Precision.FLOAT32);
    List<EpochReport> reports = new ArrayList<>();
    usual.retrain(candidate(0.1), NETWORK, DIGITS, 8, reports::add);
    EpochReport best =
        reports.stream()
            .min(Comparator.comparingDouble(report -> report.validation().calibrated()))
            .orElseThrow();
    assertThat(best.epoch()).isBetween(2L, reports.size() - 1L);

    Retrainer keeping = retrainer(12_000, true, Precision.FLOAT32);
    RetrainedModel<TrainedNetwork> kept =
        keeping.retrain(candidate(0.1), NETWORK, DIGITS, 8, RetrainHooks.none());
    assertThat(kept.validation()).isEqualTo(best.validation());
    assertThat(kept.examples()).isEqualTo(reports.get(reports.size() - 1).examples());
    long end = best.examples() / 64;
    for (long stop : new long[] {end - 1, end, end + 1, 188}) {
      AtomicReference<Optional<RetrainState>> saved = new AtomicReference<>(Optional.empty());
      keeping.retrain(candidate(0.1), NETWORK, DIGITS, 8, hooks(saved, new ArrayList<>(), stop));
      RetrainedModel<TrainedNetwork> resumed =
          keeping.retrain(candidate(0.1), NETWORK, DIGITS, 8, hooks(saved, new ArrayList<>(), -1));
      assertThat(resumed.network().weights().toArray())
          .isEqualTo(kept.network().weights().toArray());
      assertThat(resumed.examples()).isEqualTo(kept.examples());
    }
  }

  /** The epoch after which a training ends; 0 if it does not. */
  private static long end(List<EpochReport> reports, int patience) {
    double best = Double.POSITIVE_INFINITY;
    long since = 0;
    for (EpochReport report : reports) {
      if (report.validation().calibrated() < best) {
        best = report.validation().calibrated();
        since = report.epoch();
      }
      if (report.epoch() - since >= patience) {
        return report.epoch();
      }
    }
    return 0;
  }

  /** The learning rate is that of the whole training. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void retrain_patience_endsEarlyAlsoAfterInterruption(int patience) {
    List<EpochReport> all = new ArrayList<>();
    retrainer(12_000, true, Precision.FLOAT32)
        .retrain(candidate(0.1), NETWORK, DIGITS, 8, all::add);
    long end = end(all, patience);
    assertThat(end).isBetween(2L, all.size() - 1L);
    EpochReport best =
        all.subList(0, (int) end).stream()
            .min(Comparator.comparingDouble(report -> report.validation().calibrated()))
            .orElseThrow();

    Retrainer patient = patient(12_000, patience);
    List<EpochReport> reports = new ArrayList<>();
    AtomicReference<Optional<RetrainState>> unused = new AtomicReference<>(Optional.empty());
    List<EarlyEnd> told = new ArrayList<>();
    RetrainedModel<TrainedNetwork> model =
        patient.retrain(candidate(0.1), NETWORK, DIGITS, 8, hooks(unused, reports, -1, told::add));
    EarlyEnd expected = new EarlyEnd(1, 1, end, all.size(), best.epoch());
    assertThat(model.earlyEnds()).containsExactly(expected);
    assertThat(told).containsExactly(expected);
    assertThat(reports).hasSize((int) end);
    for (int epoch = 0; epoch < end; epoch++) {
      assertThat(reports.get(epoch).trainingLoss()).isEqualTo(all.get(epoch).trainingLoss());
      assertThat(reports.get(epoch).validation()).isEqualTo(all.get(epoch).validation());
      assertThat(reports.get(epoch).last()).isEqualTo(epoch + 1 == end);
    }
    assertThat(model.validation()).isEqualTo(best.validation());
    assertThat(model.examples()).isEqualTo(all.get((int) end - 1).examples());

    long last = model.examples() / 64;
    for (long stop : new long[] {1, best.examples() / 64, last - 1, last}) {
      AtomicReference<Optional<RetrainState>> saved = new AtomicReference<>(Optional.empty());
      List<EpochReport> read = new ArrayList<>();
      patient.retrain(candidate(0.1), NETWORK, DIGITS, 8, hooks(saved, read, stop));
      RetrainedModel<TrainedNetwork> resumed =
          patient.retrain(candidate(0.1), NETWORK, DIGITS, 8, hooks(saved, read, -1));
      assertThat(resumed.network().weights().toArray())
          .isEqualTo(model.network().weights().toArray());
      assertThat(resumed.examples()).isEqualTo(model.examples());
      assertThat(resumed.earlyEnds()).isEqualTo(model.earlyEnds());
      assertThat(read).isEqualTo(reports);
    }
  }

  @Test
  void retrain_patienceAsLongAsTheTraining_changesNothing() {
    RetrainedModel<TrainedNetwork> whole =
        retrainer(6_000, true, Precision.FLOAT32)
            .retrain(candidate(0.1), NETWORK, DIGITS, 8, RetrainHooks.none());
    RetrainedModel<TrainedNetwork> patient =
        patient(6_000, 1000).retrain(candidate(0.1), NETWORK, DIGITS, 8, RetrainHooks.none());
    assertThat(patient.earlyEnds()).isEmpty();
    assertThat(patient.network().weights().toArray())
        .isEqualTo(whole.network().weights().toArray());
  }

  private static Retrainer patient(long examples, int patience) {
    return new Retrainer(
        new RetrainSettings(examples, 64, false, true, 10).withPatience(patience),
        CONSTANTS,
        AugmentationSettings.none(),
        new RuntimeSettings(Device.CPU, 0, 0, true, Precision.FLOAT32));
  }

  @Test
  void earlyEnd_text_saysWhenAndWhy() {
    assertThat(new EarlyEnd(1, 1, 7, 20, 4).text())
        .isEqualTo(
            "the retraining ended after epoch 7 of 20: no lower validation loss for 3 epochs");
    assertThat(new EarlyEnd(2, 5, 7, 20, 6).text())
        .isEqualTo(
            "network 2 of 5 ended after epoch 7 of 20: no lower validation loss for 1 epoch");
  }

  private static RetrainHooks hooks(
      AtomicReference<Optional<RetrainState>> saved, List<EpochReport> reports, long stop) {
    return hooks(saved, reports, stop, end -> {});
  }

  private static RetrainHooks hooks(
      AtomicReference<Optional<RetrainState>> saved,
      List<EpochReport> reports,
      long stop,
      Consumer<EarlyEnd> ended) {
    return new RetrainHooks() {
      @Override
      public void ended(EarlyEnd end) {
        ended.accept(end);
      }

      @Override
      public Optional<RetrainState> resume(Consumer<TrainingState> restore) {
        saved.get().ifPresent(state -> restore.accept(state.training()));
        return saved.get();
      }

      @Override
      public void epoch(EpochReport report) {
        reports.add(report);
      }

      @Override
      public boolean step(long step, Supplier<RetrainState> state) {
        if (step == stop) {
          saved.set(Optional.of(state.get()));
        }
        return step != stop;
      }
    };
  }

  @Test
  void read_savedState_isTheSame(@TempDir Path directory) {
    CheckpointStore store = new CheckpointStore(Disk.system(), directory, 2, warning -> {});
    RetrainCheckpoints checkpoints = new RetrainCheckpoints(Disk.system(), store);
    List<float[]> tensors = List.of(new float[] {1.5f, -0f, Float.MIN_VALUE}, new float[0]);
    RetrainState state =
        new RetrainState(
            new TrainingState(9, 2, 4, tensors),
            0.1,
            3,
            List.of(0.3, 1e308),
            Optional.of(new BestEpoch(2, 0.25, new TrainingState(5, 1, tensors))));
    checkpoints.save(state, JsonNodeFactory.instance.objectNode().put("journal", 7));
    Checkpoint found = store.latest().orElseThrow();
    RetrainState read = RetrainCheckpoints.read(found, restored -> {});
    assertThat(read.training().tensors().toArray()).isEqualTo(tensors.toArray());
    assertThat(read.training().step()).isEqualTo(9);
    assertThat(read.training().dropped()).isEqualTo(2);
    assertThat(read.training().averaged()).isEqualTo(4);
    assertThat(read.validationLosses()).containsExactly(0.3, 1e308);
    BestEpoch best = read.best().orElseThrow();
    assertThat(best.epoch()).isEqualTo(2);
    assertThat(best.loss()).isEqualTo(0.25);
    assertThat(best.training().step()).isEqualTo(5);
    assertThat(best.training().dropped()).isEqualTo(1);
    assertThat(best.training().tensors().toArray()).isEqualTo(tensors.toArray());
    assertThat(read.lossSum()).isEqualTo(0.1);
    assertThat(read.taken()).isEqualTo(3);
    assertThat(found.state().path("journal").asLong()).isEqualTo(7);
  }

  /** As written before there were averages: the manifest lacks what belongs to them. */
  @Test
  void read_earlierCheckpoint_hasNoAverages(@TempDir Path directory) throws IOException {
    CheckpointStore store = new CheckpointStore(Disk.system(), directory, 2, warning -> {});
    Path aside = store.begin(9);
    Files.write(aside.resolve("tensors"), new byte[] {1, 0, 0, 0, 0, 0, -128, 63});
    store.commit(
        aside,
        JsonNodeFactory.instance
            .objectNode()
            .put("step", 9)
            .put("dropped", 2)
            .put("lossSum", 0.1)
            .put("taken", 3));
    RetrainState read = RetrainCheckpoints.read(store.latest().orElseThrow(), restored -> {});
    assertThat(read.training().tensors().toArray()).isEqualTo(new float[][] {{1}});
    assertThat(read.training().step()).isEqualTo(9);
    assertThat(read.training().averaged()).isZero();
    assertThat(read.validationLosses()).isEmpty();
    assertThat(read.best()).isEmpty();
  }

  /** As another program could write it: the checksums are right, the values cannot be. */
  @ParameterizedTest
  @ValueSource(ints = {-1, 2, Integer.MAX_VALUE})
  void read_senselessLength_isRefusedByName(int length, @TempDir Path directory)
      throws IOException {
    CheckpointStore store = new CheckpointStore(Disk.system(), directory, 2, warning -> {});
    Path aside = store.begin(9);
    byte[] bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array();
    Files.write(aside.resolve("tensors"), bytes);
    store.commit(aside, JsonNodeFactory.instance.objectNode().put("step", 9));
    Checkpoint found = store.latest().orElseThrow();
    assertThatThrownBy(() -> RetrainCheckpoints.read(found, restored -> {}))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(directory.resolve("step-9") + ": holds values that no checkpoint");
  }

  @Test
  void read_stateOfAnotherTraining_isRefusedByName(@TempDir Path directory) {
    CheckpointStore store = new CheckpointStore(Disk.system(), directory, 2, warning -> {});
    RetrainState state =
        new RetrainState(
            new TrainingState(9, 0, 0, List.of()), 0.1, 3, List.of(), Optional.empty());
    new RetrainCheckpoints(Disk.system(), store).save(state, JsonNodeFactory.instance.objectNode());
    Checkpoint found = store.latest().orElseThrow();
    assertThatThrownBy(
            () ->
                RetrainCheckpoints.read(
                    found, restored -> assertThat(restored.tensors().get(0)).isNull()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("holds values that no checkpoint");
  }

  /** Not equal to float32, so it is honoured; near it, so it trains. */
  @Test
  void retrain_bfloat16_trainsOtherwiseAndAboutAsWell() {
    RetrainedModel<TrainedNetwork> full =
        retrainer(6_000).retrain(candidate(0.005), NETWORK, DIGITS, 7, RetrainHooks.none());
    RetrainedModel<TrainedNetwork> reduced =
        retrainer(6_000, Precision.BFLOAT16)
            .retrain(candidate(0.005), NETWORK, DIGITS, 7, RetrainHooks.none());
    assertThat(reduced.network().weights().toArray())
        .isNotEqualTo(full.network().weights().toArray());
    assertThat(reduced.validation().accuracy())
        .isCloseTo(full.validation().accuracy(), within(0.03));
  }

  @Test
  void retrain_hopelessSettings_dropsStepsAndSaysSo() {
    RetrainedModel<TrainedNetwork> model =
        retrainer(2_000).retrain(candidate(1e38), NETWORK, DIGITS, 9, RetrainHooks.none());
    assertThat(model.dropped()).isPositive();
    assertThat(model.diverged()).isTrue();
    for (float[] weights : model.network().weights()) {
      for (float weight : weights) {
        assertThat(weight).isFinite();
      }
    }
  }
}
