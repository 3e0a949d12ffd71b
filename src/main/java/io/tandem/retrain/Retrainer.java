package io.tandem.retrain;

import io.tandem.data.Batches;
import io.tandem.data.DataSplit;
import io.tandem.data.Dataset;
import io.tandem.data.Inputs;
import io.tandem.data.Seeds;
import io.tandem.data.Standardisation;
import io.tandem.data.Values;
import io.tandem.disk.KillPoint;
import io.tandem.graph.child.EnsembleNetwork;
import io.tandem.graph.child.Network;
import io.tandem.graph.child.TrainedNetwork;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.graph.session.RuntimeSettings;
import io.tandem.graph.session.SessionConfig;
import io.tandem.graph.training.NetworkTraining;
import io.tandem.graph.training.Score;
import io.tandem.graph.training.TrainedScore;
import io.tandem.report.EarlyEnd;
import io.tandem.space.Candidate;
import io.tandem.space.Course;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Trains a candidate from scratch with its own optimizer. All draws depend on (seed, purpose, step)
 * alone, so that a training that goes on from a saved state ends with the same bits.
 */
public final class Retrainer {
  /** Most rows of the training part that are scored after the training. */
  public static final int MOST_SCORED = 10_000;

  private final RetrainSettings settings;
  private final InnerSettings constants;
  private final AugmentationSettings augmentation;
  private final RuntimeSettings runtime;

  /**
   * Makes a retrainer.
   *
   * @param settings length and batch of the training
   * @param constants constants of the optimizer families
   * @param augmentation what is done to images, by the strength that the optimizer has
   * @param runtime threads, device, memory, precision
   */
  public Retrainer(
      RetrainSettings settings,
      InnerSettings constants,
      AugmentationSettings augmentation,
      RuntimeSettings runtime) {
    this.settings = settings;
    this.constants = constants;
    this.augmentation = augmentation;
    this.runtime = runtime;
  }

  /**
   * Trains.
   *
   * @param candidate network and optimizer
   * @param network the network of the candidate for these data
   * @param data the parts; the test part is not touched
   * @param seed decides weights, batches, dropout and noise
   * @param hooks called along the way
   */
  public RetrainedModel<TrainedNetwork> retrain(
      Candidate candidate, Network network, DataSplit data, long seed, RetrainHooks hooks) {
    return settings.ensemble() == 1
        ? retrainOne(candidate, network, data, seed, hooks)
        : retrainAll(candidate, network, data, seed, hooks);
  }

  /** The first of an ensemble is the network that would be trained alone. */
  private RetrainedModel<TrainedNetwork> retrainAll(
      Candidate candidate, Network network, DataSplit data, long seed, RetrainHooks hooks) {
    Optional<RetrainState> stored = hooks.resume(restored -> {});
    List<List<float[]>> finished =
        new ArrayList<>(stored.map(RetrainState::members).orElse(List.of()));
    List<MemberEnd> ends =
        new ArrayList<>(stored.map(state -> MemberHooks.ends(state, settings)).orElse(List.of()));
    Optional<RetrainState> resumed = stored.map(state -> MemberHooks.ofMember(state, settings));
    List<TrainedNetwork> members = new ArrayList<>();
    long examples = MemberHooks.steps(ends) * settings.batch();
    long begun = stored.map(state -> state.training().step() * settings.batch()).orElse(0L);
    long dropped = 0;
    RetrainedModel<TrainedNetwork> last;
    do {
      int member = finished.size();
      MemberHooks own =
          new MemberHooks(
              hooks, settings, List.copyOf(finished), ends, resumed, Math.max(0, examples - begun));
      last =
          retrainOne(
              candidate,
              network,
              data,
              member == 0 ? seed : Seeds.of(seed, "retrain/member", member),
              own);
      resumed = Optional.empty();
      examples += last.examples();
      dropped += last.dropped();
      if (last.stopped() || last.diverged()) {
        return last;
      }
      List<float[]> numbers = new ArrayList<>(last.network().weights());
      numbers.addAll(last.network().statistics());
      finished.add(numbers);
      ends.add(end(last, own));
    } while (finished.size() < settings.ensemble());
    for (List<float[]> own : finished) {
      members.add(member(last.network(), own));
    }
    TrainedNetwork ensemble = EnsembleNetwork.of(members);
    return new RetrainedModel<>(
        candidate,
        ensemble,
        score(ensemble, sample(trained(data)), data),
        settings.withValidation() ? Score.none() : score(ensemble, data.validation(), data),
        examples,
        dropped,
        false,
        ends.stream().flatMap(end -> end.early().stream()).toList());
  }

  /** Without patience a network counts as trained for the planned length. */
  private MemberEnd end(RetrainedModel<TrainedNetwork> member, MemberHooks hooks) {
    return settings.patience() == 0
        ? new MemberEnd(settings.steps(), Optional.empty())
        : new MemberEnd(
            member.examples() / settings.batch(),
            member.earlyEnds().stream().map(hooks::named).findFirst());
  }

  /** A network like another with other weights and statistics. */
  private static TrainedNetwork member(TrainedNetwork like, List<float[]> own) {
    int weights = like.weights().size();
    return new TrainedNetwork(
        like.network(),
        own.subList(0, weights),
        own.subList(weights, own.size()),
        like.mean(),
        like.scale(),
        like.white(),
        like.outcome(),
        like.featureNames());
  }

  private Score score(TrainedNetwork network, Dataset rows, DataSplit data) {
    return TrainedScore.of(
        network, new Inputs(rows, data.standardisation()), SessionConfig.of(runtime));
  }

  private Dataset trained(DataSplit data) {
    return settings.withValidation() ? data.train().concat(data.validation()) : data.train();
  }

  private RetrainedModel<TrainedNetwork> retrainOne(
      Candidate candidate, Network network, DataSplit data, long seed, RetrainHooks hooks) {
    Dataset rows = trained(data);
    Inputs train = new Inputs(rows, data.standardisation());
    Dataset held =
        settings.withValidation() ? data.validation().select(new int[0]) : data.validation();
    Inputs validation = new Inputs(held, data.standardisation());
    try (NetworkTraining training =
        new NetworkTraining(
            network,
            candidate.optimizer(),
            constants,
            Seeds.of(seed, "retrain/weights", 0),
            train,
            augmentation,
            runtime)) {
      Epochs epochs = new Epochs(training, candidate, train.rows(), validation, seed, hooks);
      boolean finished = epochs.run();
      var state = training.state();
      List<EarlyEnd> early = finished ? epochs.end() : List.of();
      Network predicting = network.trained();
      TrainedNetwork trained =
          new TrainedNetwork(
              predicting,
              training.weights().subList(0, predicting.shapes().size()),
              training.trainedStatistics().subList(0, predicting.statisticShapes().size()),
              data.standardisation().mean(),
              data.standardisation().scale(),
              rows.values() instanceof Values.Bytes bytes ? bytes.white() : 1,
              rows.outcome(),
              rows.featureNames());
      boolean diverged = state.dropped() > 0 && 2 * state.dropped() > state.step();
      return new RetrainedModel<>(
          candidate,
          trained,
          diverged
              ? Score.none()
              : training.score(new Inputs(sample(rows), data.standardisation())),
          diverged ? Score.none() : training.score(validation),
          state.step() * settings.batch(),
          state.dropped(),
          !finished,
          early);
    }
  }

  /**
   * Rows of the training part at even distances, enough to tell how well they are known by heart.
   */
  private static Dataset sample(Dataset rows) {
    int count = Math.min(MOST_SCORED, rows.rows());
    return rows.select(
        IntStream.range(0, count).map(k -> (int) ((long) k * rows.rows() / count)).toArray());
  }

  /**
   * Scores a trained network on rows of raw features.
   *
   * @param model the network
   * @param raw the rows, for example the test part
   */
  public Score evaluate(RetrainedModel<TrainedNetwork> model, Dataset raw) {
    TrainedNetwork trained = model.network();
    Inputs rows = new Inputs(raw, new Standardisation(trained.mean(), trained.scale()));
    return TrainedScore.of(trained, rows, SessionConfig.of(runtime));
  }

  /** The way through the epochs. */
  private final class Epochs {
    private final NetworkTraining training;
    private final Candidate candidate;
    private final Inputs validation;
    private final long seed;
    private final RetrainHooks hooks;
    private final Batches batches;
    private final EpochKeeper keeper;
    private double lossSum;
    private long taken;
    private double spent;

    Epochs(
        NetworkTraining training,
        Candidate candidate,
        int rows,
        Inputs validation,
        long seed,
        RetrainHooks hooks) {
      this.training = training;
      this.candidate = candidate;
      this.validation = validation;
      this.seed = seed;
      this.hooks = hooks;
      batches = new Batches(rows, settings.batch(), seed, "retrain/batches");
      keeper = new EpochKeeper(settings);
    }

    /** Goes on to the end, unless the hooks stop it. */
    boolean run() {
      hooks
          .resume(training::restore)
          .ifPresent(
              state -> {
                lossSum = state.lossSum();
                taken = state.taken();
                keeper.resume(state.best(), state.training().step() / batches.batchesPerEpoch());
              });
      long steps = settings.steps();
      long first = training.steps();
      spent = hooks.timeShare(0);
      for (long step = first;
          step < steps && (step == 0 || spent < 1) && !keeper.isExhausted();
          step++) {
        double loss = step(step, steps);
        spent = hooks.timeShare((step + 1 - first) * settings.batch());
        if (Double.isFinite(loss)) {
          lossSum += loss;
          taken++;
        }
        if ((step + 1) % batches.batchesPerEpoch() == 0 || step + 1 == steps || spent == 1) {
          report(step, steps);
        }
        KillPoint.reached("retrain.step");
        if (!hooks.step(step + 1, this::state)) {
          return false;
        }
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
          keeper.isExhausted() && training.steps() < settings.steps()
              ? List.of(keeper.end(epochs()))
              : List.of();
      early.forEach(hooks::ended);
      keeper.keep(training::restore, training.steps(), hooks);
      return early;
    }

    private long epochs() {
      return Math.floorDiv(settings.steps() - 1, batches.batchesPerEpoch()) + 1;
    }

    private double step(long step, long steps) {
      double progress = Math.max((double) step / steps, spent);
      double passes = (double) steps / batches.batchesPerEpoch();
      Course course = new Course(progress, passes, constants.restarts());
      return training.step(
          batches.indices(step),
          Seeds.of(seed, "retrain/noise", step),
          candidate.optimizer().factor(course).value(),
          Math.max((step + 1.0) / steps, spent));
    }

    private void report(long step, long steps) {
      long epoch = Math.floorDiv(step, batches.batchesPerEpoch()) + 1;
      Score score = training.score(validation);
      keeper.after(epoch, score, training::state);
      hooks.epoch(
          new EpochReport(
              epoch,
              epochs(),
              (step + 1) * settings.batch(),
              lossSum / taken,
              score,
              training.dropped(),
              step + 1 == steps || keeper.isExhausted()));
      lossSum = 0;
      taken = 0;
    }

    private RetrainState state() {
      return new RetrainState(training.state(), lossSum, taken, List.of(), keeper.best());
    }
  }
}
