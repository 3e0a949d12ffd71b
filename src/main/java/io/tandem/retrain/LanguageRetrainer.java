package io.tandem.retrain;

import io.tandem.data.DataException;
import io.tandem.data.Seeds;
import io.tandem.data.text.EvaluationWindows;
import io.tandem.data.text.TextSplit;
import io.tandem.data.text.TrainingWindows;
import io.tandem.data.text.WindowLengths;
import io.tandem.data.text.Windows;
import io.tandem.disk.KillPoint;
import io.tandem.graph.child.text.LanguageNetwork;
import io.tandem.graph.child.text.TrainedLanguageModel;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.session.RuntimeSettings;
import io.tandem.graph.session.SessionConfig;
import io.tandem.graph.training.LanguageScore;
import io.tandem.graph.training.LanguageTraining;
import io.tandem.graph.training.Score;
import io.tandem.graph.training.TrainingState;
import io.tandem.report.EarlyEnd;
import io.tandem.space.Candidate;
import io.tandem.space.Course;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Trains a language model from scratch with its own optimizer, by truncated backpropagation through
 * time. An epoch is a pass through the text (see {@link TrainingWindows}); the state is forgotten
 * at its start. All draws and the place of every step's windows depend on (seed, purpose, step)
 * alone, so that a training that goes on from a saved state ends with the same bits.
 */
public final class LanguageRetrainer {
  /** Most words of the training part that are scored after the training. */
  public static final int MOST_SCORED = 200_000;

  private final LanguageRetrainSettings settings;
  private final InnerSettings constants;
  private final RuntimeSettings runtime;

  /**
   * Makes a retrainer.
   *
   * @param settings length and batch of the training, windows, averages
   * @param constants constants of the optimizer families
   * @param runtime threads, device, memory, precision
   */
  public LanguageRetrainer(
      LanguageRetrainSettings settings, InnerSettings constants, RuntimeSettings runtime) {
    this.settings = settings;
    this.constants = constants;
    this.runtime = runtime;
  }

  /**
   * Number of steps of the whole training.
   *
   * @param network the language model over the longest window
   * @param text the parts
   * @param seed that of {@link #retrain}
   * @throws DataException if the training part is too short for one window
   */
  public long steps(LanguageNetwork network, TextSplit text, long seed) {
    return windows(network, tokens(text).length, seed).last(words()).step() + 1;
  }

  /**
   * Trains.
   *
   * @param candidate network and optimizer
   * @param network the language model of the candidate for this vocabulary, over the longest window
   * @param text the parts; the test part is not touched
   * @param seed decides weights, windows and dropout
   * @param hooks called along the way; epochs report the validation score of a text that is read as
   *     {@linkplain EvaluationWindows#fastStreams several streams}
   * @return the model with the averages as weights, if there are any; its validation score is exact
   * @throws DataException if the training part is too short for one window
   */
  public RetrainedModel<TrainedLanguageModel> retrain(
      Candidate candidate, LanguageNetwork network, TextSplit text, long seed, RetrainHooks hooks) {
    int[] train = tokens(text);
    int[] validation = settings.training().withValidation() ? new int[0] : text.validation();
    TrainingWindows windows = windows(network, train.length, seed);
    try (LanguageTraining training =
        new LanguageTraining(
            network,
            candidate.optimizer(),
            constants,
            Seeds.of(seed, "retrain/weights", 0),
            new LanguageTraining.Reading(
                train, settings.training().batch(), settings.randomWindows()),
            runtime)) {
      Epochs epochs = new Epochs(training, candidate, windows, validation, seed, hooks);
      boolean finished = epochs.run();
      TrainingState state = training.state();
      List<EarlyEnd> early = finished ? epochs.end() : List.of();
      boolean diverged = state.dropped() > 0 && 2 * state.dropped() > state.step();
      return new RetrainedModel<>(
          candidate,
          new TrainedLanguageModel(network, training.trained(), text.vocabulary()),
          diverged ? Score.none() : fastScore(training, train),
          diverged ? Score.none() : training.score(validation, 1),
          epochs.read(),
          state.dropped(),
          !finished,
          early);
    }
  }

  /**
   * Scores a trained model on a text, exactly.
   *
   * @param model the model
   * @param tokens the text, for example the test part
   */
  public Score evaluate(RetrainedModel<TrainedLanguageModel> model, int[] tokens) {
    return LanguageScore.of(model.network(), tokens, SessionConfig.of(runtime));
  }

  private int[] tokens(TextSplit text) {
    return settings.training().withValidation() ? text.trainWithValidation() : text.train();
  }

  private long words() {
    return settings.training().examples();
  }

  private TrainingWindows windows(LanguageNetwork network, int tokens, long seed) {
    int length = network.shape().length();
    String part =
        settings.training().withValidation() ? "training and validation part" : "training part";
    return new TrainingWindows(
        Windows.of(part, tokens, settings.training().batch(), length),
        settings.randomWindows()
            ? Optional.of(new WindowLengths(length, length, seed, "retrain/windows"))
            : Optional.empty());
  }

  /** Of the beginning of a text, enough to tell how well it is known by heart. */
  private static Score fastScore(LanguageTraining training, int[] text) {
    int[] tokens = Arrays.copyOf(text, Math.min(MOST_SCORED, text.length));
    return training.score(tokens, EvaluationWindows.fastStreams(tokens.length));
  }

  /** The way through the epochs. */
  private final class Epochs {
    private final LanguageTraining training;
    private final Candidate candidate;
    private final TrainingWindows windows;
    private final int[] validation;
    private final long seed;
    private final RetrainHooks hooks;
    private final TrainingWindows.Window last;
    private final List<Double> losses = new ArrayList<>();
    private final EpochKeeper keeper = new EpochKeeper(settings.training());
    private double lossSum;
    private long taken;
    private long read;
    private double spent;

    Epochs(
        LanguageTraining training,
        Candidate candidate,
        TrainingWindows windows,
        int[] validation,
        long seed,
        RetrainHooks hooks) {
      this.training = training;
      this.candidate = candidate;
      this.windows = windows;
      this.validation = validation;
      this.seed = seed;
      this.hooks = hooks;
      last = windows.last(words());
    }

    /** Words read so far. */
    long read() {
      return read;
    }

    /** Goes on to the end, unless the hooks stop it. */
    boolean run() {
      hooks
          .resume(training::restore)
          .ifPresent(
              state -> {
                lossSum = state.lossSum();
                taken = state.taken();
                losses.addAll(state.validationLosses());
                keeper.resume(state.best(), windows.at(state.training().step()).pass());
              });
      TrainingWindows.Window window = windows.at(training.steps());
      long before = window.before();
      read = before;
      spent = hooks.timeShare(0);
      while (window.step() <= last.step()
          && (window.step() == 0 || spent < 1)
          && !keeper.isExhausted()) {
        double loss = training.step(step(window));
        read = windows.read(window);
        spent = hooks.timeShare(read - before);
        if (Double.isFinite(loss)) {
          lossSum += loss;
          taken++;
        }
        TrainingWindows.Window next = windows.after(window);
        if (next.first() || window.equals(last) || spent == 1) {
          report(window);
        }
        KillPoint.reached("retrain.step");
        if (!hooks.step(window.step() + 1, this::state)) {
          return false;
        }
        window = next;
      }
      return true;
    }

    /**
     * Goes back to the best epoch, where that is what is kept.
     *
     * @return the end, if it is before the planned one because of the validation loss
     */
    List<EarlyEnd> end() {
      List<EarlyEnd> early =
          keeper.isExhausted() && training.steps() <= last.step()
              ? List.of(keeper.end(last.pass() + 1))
              : List.of();
      early.forEach(hooks::ended);
      keeper.keep(training::restore, training.steps(), hooks);
      return early;
    }

    private LanguageTraining.Step step(TrainingWindows.Window window) {
      double progress = Math.max((double) window.before() / words(), spent);
      double passes = (double) words() / ((double) windows.windows().steps() * batch());
      double factor =
          candidate.optimizer().factor(new Course(progress, passes, constants.restarts())).value();
      double length = windows.windows().length();
      return new LanguageTraining.Step(
          windows.starts(window),
          window.first(),
          window.times(),
          Seeds.of(seed, "retrain/noise", window.step()),
          factor * window.times() / length,
          averaged(progress));
    }

    private int batch() {
      return settings.training().batch();
    }

    private boolean averaged(double progress) {
      return settings.training().withValidation()
          ? settings.averageAfter() > 0 && progress >= 0.5
          : new AverageTrigger(settings.averageAfter()).begun(losses);
    }

    private void report(TrainingWindows.Window window) {
      Score score = fastScore(training, validation);
      keeper.after(window.pass() + 1, score, training::state);
      hooks.epoch(
          new EpochReport(
              window.pass() + 1,
              last.pass() + 1,
              read,
              lossSum / taken,
              score,
              training.dropped(),
              window.equals(last) || keeper.isExhausted()));
      if (validation.length > 0) {
        losses.add(Double.isFinite(score.loss()) ? score.loss() : Double.MAX_VALUE);
      }
      lossSum = 0;
      taken = 0;
    }

    private RetrainState state() {
      return new RetrainState(training.state(), lossSum, taken, losses, keeper.best());
    }
  }
}
