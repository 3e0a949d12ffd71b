package io.tandem.run.search;

import io.tandem.config.Experiment;
import io.tandem.data.Seeds;
import io.tandem.disk.Disk;
import io.tandem.disk.DurationText;
import io.tandem.disk.UserError;
import io.tandem.graph.training.TrainingState;
import io.tandem.report.EarlyEnd;
import io.tandem.report.checkpoint.Checkpoint;
import io.tandem.report.checkpoint.CheckpointStore;
import io.tandem.report.journal.JournalEntry;
import io.tandem.report.journal.TimeLimit;
import io.tandem.retrain.BestEpoch;
import io.tandem.retrain.EpochReport;
import io.tandem.retrain.RetrainCheckpoints;
import io.tandem.retrain.RetrainHooks;
import io.tandem.retrain.RetrainState;
import io.tandem.retrain.RetrainedModel;
import io.tandem.run.task.Retrained;
import io.tandem.search.plan.TimeShares;
import io.tandem.space.Goal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * The retraining of the winner, with checkpoints of its own. Each of them holds the what led here
 * as well, so that a resume in this phase needs nothing of the phases before.
 */
final class RetrainPhase {
  private static final String JOURNAL = "journal";
  private static final String SECONDS = "seconds";
  private static final String BEGUN = "begun";

  /** Seconds of training that tell how long it will take. */
  private static final double MEASURED = 3;

  private final Experiment experiment;
  private final RunSession session;
  private final RetrainCheckpoints checkpoints;
  private final Optional<Checkpoint> latest;

  /** Looks for a checkpoint to go on from; nothing is changed yet. */
  RetrainPhase(Experiment experiment, RunSession session, Disk disk) {
    this.experiment = experiment;
    this.session = session;
    CheckpointStore store =
        new CheckpointStore(
            disk,
            session.run().retrainCheckpoints(),
            experiment.report().keepCheckpoints(),
            session::warn);
    checkpoints = new RetrainCheckpoints(disk, store);
    latest =
        store.latestIfAny(
            checkpoint -> checkpoint.state().path(JOURNAL).asLong() <= session.journal().offset(),
            session.journal().shortness());
  }

  /** What led here, and the seconds spent, if the retraining has begun. */
  Optional<Found> found() {
    return latest.map(checkpoint -> checkpoint.read(stored -> Found.fromJson(stored.state())));
  }

  /** Cuts the journal back to the checkpoint, if there is one. */
  void rewindJournal() {
    latest.ifPresent(
        checkpoint -> session.journal().truncate(checkpoint.state().path(JOURNAL).asLong()));
  }

  /** Training steps done. */
  long steps() {
    return latest.map(Checkpoint::step).orElse(0L);
  }

  /**
   * Trains, or goes on.
   *
   * @param found what is trained
   * @param seconds seconds spent on the run so far, over all sessions
   * @return the model; empty if interrupted, with a checkpoint written
   */
  Optional<Retrained> run(Found found, DoubleSupplier seconds) {
    Hooks hooks = new Hooks(found, seconds);
    Retrained retrained =
        session.data().retrain(found.candidate(), Seeds.of(experiment.seed(), "retrain", 0), hooks);
    RetrainedModel<?> model = retrained.model();
    if (model.stopped()) {
      return Optional.empty();
    }
    hooks.sayIfCut();
    if (model.diverged()) {
      throw new UserError(
          UserError.Kind.DIVERGED,
          "retrain: the training diverged; run again with another seed or a narrower range of"
              + " learning rates");
    }
    return Optional.of(retrained);
  }

  private final class Hooks implements RetrainHooks {
    private final Found found;
    private final DoubleSupplier seconds;
    private final double here;
    private final double begun;
    private final double end;
    private double warm = Double.NaN;
    private long warmExamples;
    private long done;
    private boolean shown;
    private boolean estimated;
    private boolean finished;
    private boolean early;

    Hooks(Found found, DoubleSupplier seconds) {
      this.found = found;
      this.seconds = seconds;
      here = seconds.getAsDouble();
      // What an earlier session did counts, even if nothing is left to do.
      done = steps();
      begun =
          latest
              .map(checkpoint -> checkpoint.state().path(BEGUN).asDouble())
              .orElse(found.seconds());
      end = experiment.search().budget().end(TimeShares.Phase.RETRAIN, begun);
    }

    /**
     * Time is kept for the readings after the training, as the steps so far tell it; not the first
     * one, which takes the graph over and says nothing of those that follow.
     */
    @Override
    public double timeShare(long examples) {
      double now = seconds.getAsDouble();
      estimate(now - here, examples);
      if (end == Double.POSITIVE_INFINITY) {
        return 0;
      }
      if (examples > 0 && Double.isNaN(warm)) {
        warm = now;
        warmExamples = examples;
      }
      double readings =
          examples > warmExamples
              ? (now - warm) / (examples - warmExamples) * session.data().readings()
              : 0;
      double last = Math.max(begun, end - readings);
      return last <= begun ? 1 : Math.min(1, Math.max(0, (now - begun) / (last - begun)));
    }

    /** Whoever sets a limit should know what it took away. */
    private void sayIfCut() {
      long steps =
          experiment.retrain().of(found.candidate().optimizer()).steps()
              * experiment.retrain().ensemble();
      if (end != Double.POSITIVE_INFINITY && done < steps && !early) {
        session.limited(
            "the retraining ended after " + done + " of " + steps + " steps" + TimeLimit.REASON);
      }
    }

    /** A search has said before how long the whole run will take. */
    private void estimate(double spent, long examples) {
      if (estimated || experiment.given().isEmpty() || spent < MEASURED || examples == 0) {
        return;
      }
      estimated = true;
      double all =
          spent / examples * (experiment.retrain().allExamples() + session.data().readings());
      double limit = experiment.search().budget().seconds();
      if (all >= DurationText.WORTH_SAYING && (limit == 0 || limit > all)) {
        session.progress().message("estimate: " + DurationText.of(all) + " on this machine");
      }
    }

    @Override
    public Optional<RetrainState> resume(Consumer<TrainingState> restore) {
      return latest.map(checkpoint -> RetrainCheckpoints.read(checkpoint, restore));
    }

    @Override
    public void epoch(EpochReport report) {
      if (!shown) {
        session.progress().phase("retrain", report.epochs());
        shown = true;
      }
      session
          .journal()
          .append(
              new JournalEntry.Retrain(
                  report.epoch(),
                  report.trainingLoss(),
                  report.validation().loss(),
                  report.validation().accuracy(),
                  found.examples() + report.examples(),
                  seconds.getAsDouble()));
      finished = report.last();
      early = false;
      Map<String, Double> figures = new LinkedHashMap<>(Map.of("loss", report.trainingLoss()));
      Goal goal = experiment.goal();
      double figure = goal.figure(report.validation().loss(), report.validation().accuracy());
      if (!Double.isNaN(figure)) {
        figures.put(goal.text(), figure);
      }
      session.progress().step(report.epoch(), figures);
    }

    @Override
    public void ended(EarlyEnd end) {
      early = true;
      session.journal().append(new JournalEntry.Event("early_end", end.text()));
      session.progress().message(end.text());
    }

    @Override
    public void kept(BestEpoch epoch) {
      session.journal().append(new JournalEntry.Event("keep", epoch.text()));
      session.progress().message(epoch.text());
    }

    @Override
    public boolean step(long step, Supplier<RetrainState> state) {
      done = step;
      boolean stop = session.interrupted().getAsBoolean();
      boolean due = step % experiment.retrain().checkpointEvery() == 0;
      if (stop || due || finished) {
        session.journal().sync();
        var beside =
            found
                .toJson()
                .put(JOURNAL, session.journal().offset())
                .put(SECONDS, seconds.getAsDouble())
                .put(BEGUN, begun);
        checkpoints.save(state.get(), beside);
      }
      return !stop;
    }
  }
}
