package io.tandem.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tandem.data.DataSplit;
import io.tandem.data.Dataset;
import io.tandem.data.Inputs;
import io.tandem.data.Seeds;
import io.tandem.data.Standardisation;
import io.tandem.data.Values;
import io.tandem.disk.Disk;
import io.tandem.graph.child.EnsembleNetwork;
import io.tandem.graph.child.PerceptronNetwork;
import io.tandem.graph.child.TrainedNetwork;
import io.tandem.graph.core.Precision;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.graph.session.Device;
import io.tandem.graph.session.RuntimeSettings;
import io.tandem.graph.session.SessionConfig;
import io.tandem.graph.training.TrainedScore;
import io.tandem.graph.training.TrainingState;
import io.tandem.outcome.Outcome;
import io.tandem.outcome.RegressionLoss;
import io.tandem.outcome.Targets;
import io.tandem.report.EarlyEnd;
import io.tandem.report.checkpoint.CheckpointStore;
import io.tandem.space.Activation;
import io.tandem.space.Candidate;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.PerceptronArchitecture;
import io.tandem.space.Schedule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that are trained separately and answer together. */
class EnsembleTest {
  private static final int ROWS = 60;
  private static final int MEMBERS = 3;
  private static final long STEPS = 8;
  private static final int BATCH = 10;
  private static final List<MemberEnd> ENDS = List.of(new MemberEnd(10, Optional.empty()));
  private static final RuntimeSettings RUNTIME =
      new RuntimeSettings(Device.CPU, 1, 1, true, Precision.FLOAT32);
  private static final PerceptronArchitecture ARCHITECTURE =
      new PerceptronArchitecture(
          List.of(new PerceptronArchitecture.Layer(5, Activation.TANH, 0.2, List.of())));

  private static Candidate candidate() {
    return new Candidate(
        ARCHITECTURE,
        new OptimizerSettings(
            OptimizerFamily.ADAM,
            Schedule.COSINE,
            Map.of(
                Hyperparameter.LEARNING_RATE, 0.05,
                Hyperparameter.MOMENTUM, 0.9,
                Hyperparameter.WEIGHT_DECAY, 1e-4,
                Hyperparameter.CLIP_NORM, 5.0,
                Hyperparameter.LABEL_SMOOTHING, 0.0,
                Hyperparameter.AUGMENTATION, 0.1,
                Hyperparameter.INITIAL_SCALE, 1.0)));
  }

  private static Targets labels() {
    return new Targets.Labels(
        new SplittableRandom(5).ints(ROWS, 0, 3).toArray(),
        new Outcome.Classes(List.of("a", "b", "c")));
  }

  private static Targets numbers() {
    double[] raw = new SplittableRandom(6).doubles(2 * ROWS, 10, 20).toArray();
    return Targets.Numbers.of(
        raw, Outcome.Numbers.learn(List.of("y", "z"), raw, false, RegressionLoss.squared()));
  }

  private static DataSplit data(Targets targets) {
    SplittableRandom random = new SplittableRandom(4);
    float[] features = new float[2 * ROWS];
    for (int index = 0; index < features.length; index++) {
      features[index] = (float) random.nextDouble(-2, 2);
    }
    Dataset rows =
        new Dataset(new Values.Floats(features), 2, targets, List.of("p", "q"), Optional.empty());
    return new DataSplit(
        rows,
        rows,
        rows,
        Standardisation.of(rows),
        "00",
        "2 numbers",
        Optional.empty(),
        List.of(),
        List.of());
  }

  private static Retrainer retrainer(int members, boolean keepBest) {
    return new Retrainer(
        new RetrainSettings(STEPS * BATCH, BATCH, !keepBest, keepBest, 10, members),
        new InnerSettings(1, 0.999, 1e-8),
        AugmentationSettings.none(),
        RUNTIME);
  }

  private static RetrainedModel<TrainedNetwork> trained(
      int members, boolean keepBest, DataSplit data, long seed, RetrainHooks hooks) {
    PerceptronNetwork network =
        new PerceptronNetwork(ARCHITECTURE, 2, data.train().outcome().outputs());
    return retrainer(members, keepBest).retrain(candidate(), network, data, seed, hooks);
  }

  private static float[] outputs(TrainedNetwork network, DataSplit data) {
    return TrainedScore.outputs(
        network, new Inputs(data.test(), data.standardisation()), SessionConfig.of(RUNTIME));
  }

  private static List<float[]> alone(DataSplit data) {
    List<float[]> outputs = new ArrayList<>();
    for (int member = 0; member < MEMBERS; member++) {
      long seed = member == 0 ? 7 : Seeds.of(7, "retrain/member", member);
      outputs.add(outputs(trained(1, false, data, seed, RetrainHooks.none()).network(), data));
    }
    return outputs;
  }

  private static double[] softmax(float[] logits, int start, int classes) {
    double sum = 0;
    double[] probabilities = new double[classes];
    for (int index = 0; index < classes; index++) {
      probabilities[index] = Math.exp(logits[start + index]);
      sum += probabilities[index];
    }
    for (int index = 0; index < classes; index++) {
      probabilities[index] /= sum;
    }
    return probabilities;
  }

  @Test
  void retrain_classes_answersWithTheMeanProbability() {
    DataSplit data = data(labels());
    RetrainedModel<TrainedNetwork> ensemble = trained(MEMBERS, false, data, 7, RetrainHooks.none());
    float[] together = outputs(ensemble.network(), data);
    List<float[]> alone = alone(data);
    for (int start = 0; start < together.length; start += 3) {
      double[] found = softmax(together, start, 3);
      for (int index = 0; index < 3; index++) {
        double mean = 0;
        for (float[] each : alone) {
          mean += softmax(each, start, 3)[index] / MEMBERS;
        }
        assertThat(found[index]).isCloseTo(mean, within(1e-6));
      }
    }
    assertThat(ensemble.examples()).isEqualTo(MEMBERS * STEPS * BATCH);
    assertThat(ensemble.network().network().names()).startsWith("member0/layer0/kernel");
  }

  @Test
  void retrain_numbers_answersWithTheirMean() {
    DataSplit data = data(numbers());
    float[] together =
        outputs(trained(MEMBERS, false, data, 7, RetrainHooks.none()).network(), data);
    List<float[]> alone = alone(data);
    for (int index = 0; index < together.length; index++) {
      double mean = 0;
      for (float[] each : alone) {
        mean += (double) each[index] / MEMBERS;
      }
      assertThat((double) together[index]).isCloseTo(mean, within(1e-6));
    }
  }

  /** Stops within the first, at the end of the first, and within the last network. */
  @ParameterizedTest
  @ValueSource(longs = {3, 8, 9, 20, 24})
  void retrain_interrupted_goesOnWithTheSameBits(long stop, @TempDir Path directory) {
    DataSplit data = data(labels());
    List<EpochReport> wholeReports = new ArrayList<>();
    RetrainedModel<TrainedNetwork> whole = trained(MEMBERS, true, data, 7, wholeReports::add);
    CheckpointStore store = new CheckpointStore(Disk.system(), directory, 2, warning -> {});
    List<EpochReport> reports = new ArrayList<>();
    Stored hooks = new Stored(store, reports, stop);
    assertThat(trained(MEMBERS, true, data, 7, hooks).stopped()).isTrue();
    RetrainedModel<TrainedNetwork> resumed =
        trained(MEMBERS, true, data, 7, new Stored(store, reports, -1));
    assertThat(resumed.network().weights().toArray())
        .isEqualTo(whole.network().weights().toArray());
    assertThat(resumed.examples()).isEqualTo(whole.examples());
    assertThat(resumed.validation()).isEqualTo(whole.validation());
    assertThat(reports).isEqualTo(wholeReports);
    assertThat(reports.get(reports.size() - 1).epoch())
        .isEqualTo(reports.get(reports.size() - 1).epochs());
  }

  /**
   * Random classes, which are learnt by heart, and then the validation loss of other rows rises.
   */
  private static DataSplit noise() {
    SplittableRandom random = new SplittableRandom(9);
    float[] features = new float[2 * ROWS];
    for (int index = 0; index < features.length; index++) {
      features[index] = (float) random.nextDouble(-2, 2);
    }
    Targets classes =
        new Targets.Labels(
            random.ints(ROWS, 0, 3).toArray(), new Outcome.Classes(List.of("a", "b", "c")));
    Dataset held =
        new Dataset(new Values.Floats(features), 2, classes, List.of("p", "q"), Optional.empty());
    DataSplit data = data(labels());
    return new DataSplit(
        data.train(),
        held,
        held,
        data.standardisation(),
        "00",
        "2 numbers",
        Optional.empty(),
        List.of(),
        List.of());
  }

  private static RetrainedModel<TrainedNetwork> patient(
      int members, long seed, DataSplit data, RetrainHooks hooks) {
    Retrainer retrainer =
        new Retrainer(
            new RetrainSettings(20L * ROWS, BATCH, false, true, 10, members).withPatience(2),
            new InnerSettings(1, 0.999, 1e-8),
            AugmentationSettings.none(),
            RUNTIME);
    return retrainer.retrain(
        candidate(), new PerceptronNetwork(ARCHITECTURE, 2, 3), data, seed, hooks);
  }

  /** Each network waits for its own improvement, wherever the training is interrupted. */
  @Test
  void retrain_patience_isOfEachNetwork(@TempDir Path directory) {
    DataSplit data = noise();
    List<EarlyEnd> ends = new ArrayList<>();
    long examples = 0;
    for (int member = 0; member < MEMBERS; member++) {
      long seed = member == 0 ? 7 : Seeds.of(7, "retrain/member", member);
      RetrainedModel<TrainedNetwork> one = patient(1, seed, data, RetrainHooks.none());
      EarlyEnd end = one.earlyEnds().get(0);
      assertThat(end.epoch()).isEqualTo(end.best() + 2).isLessThan(20);
      assertThat(one.examples()).isEqualTo(end.epoch() * ROWS);
      ends.add(new EarlyEnd(member + 1, MEMBERS, end.epoch(), 20, end.best()));
      examples += one.examples();
    }
    assertThat(ends).extracting(EarlyEnd::epoch).doesNotHaveDuplicates();

    List<EpochReport> reports = new ArrayList<>();
    RetrainedModel<TrainedNetwork> all = patient(MEMBERS, 7, data, reports::add);
    assertThat(all.earlyEnds()).isEqualTo(ends);
    assertThat(all.examples()).isEqualTo(examples);
    assertThat(reports).extracting(EpochReport::examples).isSorted().endsWith(examples);
    assertThat(reports)
        .filteredOn(EpochReport::last)
        .containsExactly(reports.get(reports.size() - 1));

    long first = ends.get(0).epoch() * ROWS / BATCH;
    long last = examples / BATCH;
    for (long stop : new long[] {first - 1, first, first + 1, last - 1, last}) {
      CheckpointStore store =
          new CheckpointStore(Disk.system(), directory.resolve("at" + stop), 2, warning -> {});
      List<EpochReport> read = new ArrayList<>();
      assertThat(patient(MEMBERS, 7, data, new Stored(store, read, stop)).stopped()).isTrue();
      RetrainedModel<TrainedNetwork> resumed =
          patient(MEMBERS, 7, data, new Stored(store, read, -1));
      assertThat(resumed.network().weights().toArray())
          .isEqualTo(all.network().weights().toArray());
      assertThat(resumed.earlyEnds()).isEqualTo(ends);
      assertThat(resumed.examples()).isEqualTo(examples);
      assertThat(read).isEqualTo(reports);
    }
  }

  /** Checkpoints as a run keeps them. */
  private record Stored(CheckpointStore store, List<EpochReport> reports, long stop)
      implements RetrainHooks {
    @Override
    public Optional<RetrainState> resume(Consumer<TrainingState> restore) {
      return store
          .latestIfAny(checkpoint -> true, "is not wanted")
          .map(checkpoint -> RetrainCheckpoints.read(checkpoint, restore));
    }

    @Override
    public void epoch(EpochReport report) {
      reports.add(report);
    }

    @Override
    public boolean step(long step, Supplier<RetrainState> state) {
      if (step == stop) {
        new RetrainCheckpoints(Disk.system(), store)
            .save(state.get(), JsonNodeFactory.instance.objectNode());
      }
      return step != stop;
    }
  }

  @Test
  void timeShare_isDividedAmongTheNetworks() {
    double[] spent = {0};
    RetrainHooks all =
        new RetrainHooks() {
          @Override
          public void epoch(EpochReport report) {}

          @Override
          public double timeShare(long examples) {
            return spent[0];
          }
        };
    RetrainSettings settings = new RetrainSettings(100, 10, true, false, 10, 4);
    MemberHooks second =
        new MemberHooks(all, settings, List.of(List.of()), ENDS, Optional.empty(), 0);
    spent[0] = 0.25;
    assertThat(second.timeShare(0)).isZero();
    spent[0] = 0.375;
    assertThat(second.timeShare(0)).isEqualTo(0.5);
    spent[0] = 0.6;
    assertThat(second.timeShare(0)).isEqualTo(1);
  }

  @Test
  void ensembleNetwork_ofOne_orInTraining_isRefused() {
    PerceptronNetwork network = new PerceptronNetwork(ARCHITECTURE, 2, 3);
    assertThatThrownBy(() -> new EnsembleNetwork(network, 1, true))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
