package io.tandem.retrain;

import io.tandem.graph.training.TrainingState;
import io.tandem.report.EarlyEnd;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Makes one training of the trainings of an ensemble, for hooks that know of one alone. */
final class MemberHooks implements RetrainHooks {
  private final RetrainHooks all;
  private final RetrainSettings settings;
  private final List<List<float[]>> finished;
  private final List<MemberEnd> ends;
  private final Optional<RetrainState> resumed;
  private final long before;

  /**
   * The hooks of a network.
   *
   * @param all what is called along the way of all
   * @param settings of the trainings
   * @param finished weights and statistics of the networks that are trained already
   * @param ends of their trainings
   * @param resumed where the training of this one stands, with its own steps; empty if it begins
   * @param before examples of other networks that this process has trained on
   */
  MemberHooks(
      RetrainHooks all,
      RetrainSettings settings,
      List<List<float[]>> finished,
      List<MemberEnd> ends,
      Optional<RetrainState> resumed,
      long before) {
    this.all = all;
    this.settings = settings;
    this.finished = finished;
    this.ends = List.copyOf(ends);
    this.resumed = resumed;
    this.before = before;
  }

  private long firstStep() {
    return steps(ends);
  }

  /** Steps of networks that are trained. */
  static long steps(List<MemberEnd> ends) {
    return ends.stream().mapToLong(MemberEnd::steps).sum();
  }

  /** The ends of the trainings of the networks that a state has. */
  static List<MemberEnd> ends(RetrainState all, RetrainSettings settings) {
    return all.ends().isEmpty()
        ? Collections.nCopies(
            all.members().size(), new MemberEnd(settings.steps(), Optional.empty()))
        : all.ends();
  }

  @Override
  public Optional<RetrainState> resume(Consumer<TrainingState> restore) {
    resumed.ifPresent(
        state -> {
          // Tried out now, not when hours of training would be lost with it.
          state.best().ifPresent(best -> restore.accept(best.training()));
          restore.accept(state.training());
        });
    return resumed;
  }

  /** Each has the same share of the time. */
  @Override
  public double timeShare(long examples) {
    double own = all.timeShare(before + examples) * settings.ensemble() - finished.size();
    return Math.min(1, Math.max(0, own));
  }

  @Override
  public void epoch(EpochReport report) {
    all.epoch(
        new EpochReport(
            finished.size() * report.epochs() + report.epoch(),
            settings.ensemble() * report.epochs(),
            firstStep() * settings.batch() + report.examples(),
            report.trainingLoss(),
            report.validation(),
            report.dropped(),
            report.last() && finished.size() + 1 == settings.ensemble()));
  }

  @Override
  public void ended(EarlyEnd end) {
    all.ended(named(end));
  }

  /** The end of this network in an ensemble. */
  EarlyEnd named(EarlyEnd end) {
    return new EarlyEnd(
        finished.size() + 1, settings.ensemble(), end.epoch(), end.epochs(), end.best());
  }

  @Override
  public void kept(BestEpoch epoch) {
    all.kept(epoch);
  }

  @Override
  public boolean step(long step, Supplier<RetrainState> state) {
    return all.step(firstStep() + step, () -> ofAll(state.get()));
  }

  private RetrainState ofAll(RetrainState own) {
    return new RetrainState(
        own.training().at(firstStep() + own.training().step()),
        own.lossSum(),
        own.taken(),
        own.validationLosses(),
        own.best(),
        finished,
        settings.patience() > 0 ? ends : List.of());
  }

  /**
   * The state of one network of the state of all.
   *
   * @param all as {@link #step} gave it
   * @param settings of the trainings
   */
  static RetrainState ofMember(RetrainState all, RetrainSettings settings) {
    long own = all.training().step() - steps(ends(all, settings));
    return new RetrainState(
        all.training().at(own),
        all.lossSum(),
        all.taken(),
        all.validationLosses(),
        all.best(),
        List.of(),
        List.of());
  }
}
