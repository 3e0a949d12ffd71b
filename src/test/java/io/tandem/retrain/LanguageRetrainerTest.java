package io.tandem.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tandem.data.DataException;
import io.tandem.data.text.TextSplit;
import io.tandem.data.text.Vocabulary;
import io.tandem.graph.child.text.LanguageNetwork;
import io.tandem.graph.child.text.LanguageShape;
import io.tandem.graph.child.text.LstmNetwork;
import io.tandem.graph.child.text.TrainedLanguageModel;
import io.tandem.graph.gradient.GradientRegistry;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.training.Languages;
import io.tandem.graph.training.TrainingState;
import io.tandem.report.EarlyEnd;
import io.tandem.space.Candidate;
import io.tandem.space.Hyperparameter;
import io.tandem.space.LanguageRegularisation;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.RecurrentArchitecture;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A retrained language model learns what can be learnt, repeats bit for bit, also across an
 * interruption in the middle of a pass or while weights are averaged, and survives NaN.
 */
class LanguageRetrainerTest {
  private static final Vocabulary WORDS =
      new Vocabulary(List.of("<unk>", "<eos>", "a", "b", "c", "d"));
  private static final int LENGTH = 8;
  private static final LanguageRegularisation HOW =
      new LanguageRegularisation(0.05, 0.1, 0.1, 0.1, 0.01, 0.01);

  @BeforeAll
  static void install() {
    GradientRegistry.install();
  }

  /** The next word follows from the two before it. */
  private static int[] repeating(int length) {
    int[] period = {2, 3, 2, 4, 5, 5, 1};
    return IntStream.range(0, length).map(place -> period[place % period.length]).toArray();
  }

  private static TextSplit text(int[] train, int[] validation) {
    return new TextSplit(train, validation, repeating(40), WORDS, "none", List.of(), List.of());
  }

  private static TextSplit regular() {
    return text(repeating(700), repeating(90));
  }

  private static TextSplit irregular() {
    return text(Languages.text(500, WORDS.size()), Languages.text(70, WORDS.size()));
  }

  private static LanguageNetwork network(LanguageRegularisation how) {
    return Languages.network(new LanguageShape(WORDS.size(), 12, LENGTH), how);
  }

  private static Candidate candidate(OptimizerFamily family, double learningRate) {
    return new Candidate(
        RecurrentArchitecture.parse("0 0 1 1 3 0 2"),
        Languages.optimizer(family, learningRate)
            .with(Hyperparameter.CLIP_NORM, 1)
            .with(Hyperparameter.AUGMENTATION, 0.5));
  }

  private static LanguageRetrainer retrainer(
      long words, boolean withValidation, boolean randomWindows, int averageAfter) {
    return retrainer(words, withValidation, false, randomWindows, averageAfter);
  }

  private static LanguageRetrainer retrainer(
      long words,
      boolean withValidation,
      boolean keepBest,
      boolean randomWindows,
      int averageAfter) {
    return new LanguageRetrainer(
        new LanguageRetrainSettings(
            new RetrainSettings(words, 4, withValidation, keepBest, 10),
            randomWindows,
            averageAfter),
        new InnerSettings(1, 0.999, 1e-8),
        Languages.RUNTIME);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void retrain_repeatingText_isLearntByCellAndMemory(boolean memory) {
    LanguageNetwork network =
        memory
            ? new LstmNetwork(
                new LanguageShape(WORDS.size(), 12, LENGTH), LanguageRegularisation.none())
            : network(LanguageRegularisation.none());
    LanguageRetrainer retrainer = retrainer(15_000, false, true, 0);
    RetrainedModel<TrainedLanguageModel> model =
        retrainer.retrain(
            candidate(OptimizerFamily.ADAM, 0.02), network, regular(), 7, RetrainHooks.none());
    assertThat(model.diverged()).isFalse();
    assertThat(Math.exp(model.validation().loss())).isLessThan(1.2);
    assertThat(Math.exp(retrainer.evaluate(model, regular().test()).loss())).isLessThan(1.4);
    assertThat(retrainer.evaluate(model, regular().validation()).loss())
        .isCloseTo(model.validation().loss(), within(1e-5));
    assertThat(model.examples()).isBetween(15_000L, 15_000L + 4 * LENGTH);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void retrain_interrupted_goesOnWithTheSameBits(boolean withValidation) {
    LanguageRetrainer retrainer = retrainer(5_000, withValidation, true, 1);
    LanguageNetwork network = network(HOW);
    // So fast that the validation loss goes up and down.
    Candidate candidate = candidate(OptimizerFamily.MOMENTUM, 3);
    List<EpochReport> wholeReports = new ArrayList<>();
    AtomicReference<Optional<RetrainState>> end = new AtomicReference<>(Optional.empty());
    long steps = retrainer.steps(network, irregular(), 8);
    RetrainedModel<TrainedLanguageModel> whole =
        retrainer.retrain(candidate, network, irregular(), 8, hooks(end, wholeReports, steps));
    RetrainState last = end.get().orElseThrow();
    assertThat(last.training().step()).isEqualTo(steps);
    assertThat(last.training().averaged()).isBetween(steps / 10, steps - 10);
    for (long stop : new long[] {7, steps - 3}) {
      AtomicReference<Optional<RetrainState>> saved = new AtomicReference<>(Optional.empty());
      List<EpochReport> reports = new ArrayList<>();
      assertThat(
              retrainer
                  .retrain(candidate, network, irregular(), 8, hooks(saved, reports, stop))
                  .stopped())
          .isTrue();
      RetrainedModel<TrainedLanguageModel> resumed =
          retrainer.retrain(candidate, network, irregular(), 8, hooks(saved, reports, -1));
      assertThat(resumed.network().weights().toArray())
          .isEqualTo(whole.network().weights().toArray());
      assertThat(resumed.validation()).isEqualTo(whole.validation());
      assertThat(resumed.training()).isEqualTo(whole.training());
      assertThat(resumed.examples()).isEqualTo(whole.examples());
      assertThat(reports).isEqualTo(wholeReports);
    }
  }

  /** With and without averages, which belong to what is kept. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void retrain_keepBest_isTheModelOfTheBestEpochAlsoAfterInterruption(int averageAfter) {
    LanguageNetwork network = network(LanguageRegularisation.none());
    // Nothing to learn but the training part by heart.
    SplittableRandom random = new SplittableRandom(3);
    TextSplit noise =
        text(
            random.ints(500, 0, WORDS.size()).toArray(),
            random.ints(70, 0, WORDS.size()).toArray());
    Candidate candidate = candidate(OptimizerFamily.ADAM, 0.02);
    LanguageRetrainer keeping = retrainer(15_000, false, true, true, averageAfter);
    List<EpochReport> reports = new ArrayList<>();
    AtomicReference<BestEpoch> told = new AtomicReference<>();
    RetrainedModel<TrainedLanguageModel> kept =
        keeping.retrain(
            candidate,
            network,
            noise,
            8,
            new RetrainHooks() {
              @Override
              public void epoch(EpochReport report) {
                reports.add(report);
              }

              @Override
              public void kept(BestEpoch epoch) {
                told.set(epoch);
              }
            });
    EpochReport best =
        reports.stream()
            .min(Comparator.comparingDouble(report -> report.validation().loss()))
            .orElseThrow();
    assertThat(best.epoch()).isLessThan(reports.size()).isEqualTo(told.get().epoch());
    assertThat(kept.examples()).isEqualTo(reports.get(reports.size() - 1).examples());
    // The same model, had the training ended there.
    AtomicReference<Optional<RetrainState>> there = new AtomicReference<>(Optional.empty());
    long step = told.get().training().step();
    keeping.retrain(candidate, network, noise, 8, hooks(there, new ArrayList<>(), step));
    assertThat(there.get().orElseThrow().training().tensors().toArray())
        .isEqualTo(told.get().training().tensors().toArray());
    assertThat(kept.validation().loss()).isCloseTo(best.validation().loss(), within(0.1));
    RetrainedModel<TrainedLanguageModel> resumed =
        keeping.retrain(candidate, network, noise, 8, hooks(there, new ArrayList<>(), -1));
    assertThat(resumed.network().weights().toArray()).isEqualTo(kept.network().weights().toArray());
    assertThat(resumed.validation()).isEqualTo(kept.validation());
  }

  /** Nothing can be learnt but the training part by heart, so that the loss soon rises. */
  @Test
  void retrain_patience_endsEarlyAlsoAfterInterruption() {
    LanguageNetwork network = network(LanguageRegularisation.none());
    SplittableRandom random = new SplittableRandom(3);
    TextSplit noise =
        text(
            random.ints(500, 0, WORDS.size()).toArray(),
            random.ints(70, 0, WORDS.size()).toArray());
    Candidate candidate = candidate(OptimizerFamily.ADAM, 0.02);
    LanguageRetrainer patient =
        new LanguageRetrainer(
            new LanguageRetrainSettings(
                new RetrainSettings(15_000, 4, false, true, 10).withPatience(3), true, 0),
            new InnerSettings(1, 0.999, 1e-8),
            Languages.RUNTIME);
    List<EpochReport> whole = new ArrayList<>();
    retrainer(15_000, false, true, true, 0).retrain(candidate, network, noise, 8, whole::add);
    List<EpochReport> reports = new ArrayList<>();
    RetrainedModel<TrainedLanguageModel> model =
        patient.retrain(candidate, network, noise, 8, reports::add);
    EarlyEnd end = model.earlyEnds().get(0);
    assertThat(end.epoch()).isEqualTo(end.best() + 3).isLessThan(whole.size());
    assertThat(end.epochs()).isEqualTo(whole.size());
    assertThat(reports).hasSize((int) end.epoch());
    assertThat(reports)
        .extracting(EpochReport::validation)
        .isEqualTo(whole.subList(0, reports.size()).stream().map(EpochReport::validation).toList());
    assertThat(model.examples()).isEqualTo(whole.get(reports.size() - 1).examples());

    AtomicReference<Optional<RetrainState>> ended = new AtomicReference<>(Optional.empty());
    List<Long> steps = new ArrayList<>();
    patient.retrain(
        candidate,
        network,
        noise,
        8,
        new RetrainHooks() {
          @Override
          public void epoch(EpochReport report) {}

          @Override
          public boolean step(long step, Supplier<RetrainState> state) {
            steps.add(step);
            return true;
          }
        });
    for (long stop : new long[] {7, steps.size() - 1, steps.size()}) {
      List<EpochReport> read = new ArrayList<>();
      ended.set(Optional.empty());
      patient.retrain(candidate, network, noise, 8, hooks(ended, read, stop));
      RetrainedModel<TrainedLanguageModel> resumed =
          patient.retrain(candidate, network, noise, 8, hooks(ended, read, -1));
      assertThat(resumed.network().weights().toArray())
          .isEqualTo(model.network().weights().toArray());
      assertThat(resumed.earlyEnds()).isEqualTo(model.earlyEnds());
      assertThat(resumed.examples()).isEqualTo(model.examples());
      assertThat(read).isEqualTo(reports);
    }
  }

  private static RetrainHooks hooks(
      AtomicReference<Optional<RetrainState>> saved, List<EpochReport> reports, long stop) {
    return new RetrainHooks() {
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

  /** The step that follows the epoch whose loss is not below the best is the first of them. */
  @Test
  void retrain_averages_beginBehindTheEpochThatTriggersThem() {
    LanguageRetrainer retrainer = retrainer(5_000, false, true, 1);
    List<EpochReport> reports = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    List<Boolean> agreed = new ArrayList<>();
    RetrainHooks hooks =
        new RetrainHooks() {
          private long averaged;

          @Override
          public void epoch(EpochReport report) {
            reports.add(report);
          }

          @Override
          public boolean step(long step, Supplier<RetrainState> state) {
            // What holds for this step is what was known before it.
            boolean due = new AverageTrigger(1).begun(losses);
            RetrainState now = state.get();
            agreed.add(now.training().averaged() == averaged + (due ? 1 : 0));
            averaged = now.training().averaged();
            losses.clear();
            reports.forEach(report -> losses.add(report.validation().loss()));
            return true;
          }
        };
    retrainer.retrain(candidate(OptimizerFamily.MOMENTUM, 3), network(HOW), irregular(), 8, hooks);
    assertThat(new AverageTrigger(1).begun(losses)).isTrue();
    assertThat(agreed).doesNotContain(false).hasSizeGreaterThan(100);
  }

  @Test
  void retrain_withValidation_averagesTheSecondHalf() {
    LanguageRetrainer retrainer = retrainer(3_200, true, false, 3);
    AtomicReference<Optional<RetrainState>> end = new AtomicReference<>(Optional.empty());
    RetrainedModel<TrainedLanguageModel> model =
        retrainer.retrain(
            candidate(OptimizerFamily.SGD, 1),
            network(HOW),
            irregular(),
            8,
            hooks(end, new ArrayList<>(), 100));
    assertThat(retrainer.steps(network(HOW), irregular(), 8)).isEqualTo(100);
    assertThat(end.get().orElseThrow().training().averaged()).isEqualTo(50);
    assertThat(model.validation().loss()).isNaN();
    assertThat(model.training().loss()).isFinite();
  }

  @Test
  void retrain_hopelessSettings_dropsStepsAndSaysSo() {
    RetrainedModel<TrainedLanguageModel> model =
        retrainer(2_000, false, false, 0)
            .retrain(
                candidate(OptimizerFamily.SGD, 1e38),
                network(HOW),
                irregular(),
                9,
                RetrainHooks.none());
    assertThat(model.dropped()).isPositive();
    assertThat(model.diverged()).isTrue();
    for (float[] weights : model.network().weights()) {
      for (float weight : weights) {
        assertThat(weight).isFinite();
      }
    }
  }

  @Test
  void retrain_textShorterThanAWindow_isRefusedWithWhatIsNeeded() {
    assertThatThrownBy(
            () ->
                retrainer(100, false, false, 0)
                    .retrain(
                        candidate(OptimizerFamily.SGD, 1),
                        network(HOW),
                        text(repeating(20), repeating(9)),
                        1,
                        RetrainHooks.none()))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("training part: 20 tokens, expected at least 33");
  }
}
