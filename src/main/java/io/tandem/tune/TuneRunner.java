package io.tandem.tune;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.DurationText;
import io.tandem.disk.KillPoint;
import io.tandem.disk.Progress;
import io.tandem.graph.tuning.StoppedTrainingException;
import io.tandem.graph.tuning.TuningOutcome;
import io.tandem.report.checkpoint.Checkpoint;
import io.tandem.report.checkpoint.CheckpointStore;
import io.tandem.report.journal.Journal;
import io.tandem.report.journal.JournalEntry;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * Drives a descent to its last step, writes journal and checkpoints, and goes on from the last
 * checkpoint after an interruption. What lies between a checkpoint and a kill is done again, with
 * the same bits.
 */
public final class TuneRunner {
  private static final String ARRAYS = "point";

  private final Objective objective;
  private final DescentSettings settings;
  private final int checkpointEvery;
  private final Origin origin;
  private final Outputs outputs;
  private final Descent descent;

  /**
   * Where a tuning writes.
   *
   * @param journal its journal
   * @param checkpoints its checkpoints
   * @param progress shows people how far it is
   * @param elapsed seconds since the session began
   * @param interrupted whether to stop after the current step
   * @param over whether to end with what has been found
   */
  public record Outputs(
      Journal journal,
      CheckpointStore checkpoints,
      Progress progress,
      DoubleSupplier elapsed,
      BooleanSupplier interrupted,
      BooleanSupplier over) {}

  /**
   * What came before in the run, and where a run without a checkpoint begins again.
   *
   * @param examples rows seen before
   * @param seconds spent before
   * @param journal length of the journal
   * @param beside what to store in every checkpoint as well
   */
  public record Origin(long examples, double seconds, long journal, ObjectNode beside) {
    /** A run that begins with the tuning. */
    public static Origin none() {
      return new Origin(0, 0, 0, JsonNodeFactory.instance.objectNode());
    }
  }

  /**
   * Prepares a tuning.
   *
   * @param objective what is minimised
   * @param settings how
   * @param checkpointEvery outer steps between checkpoints
   * @param origin what came before
   * @param outputs where to write
   */
  public TuneRunner(
      Objective objective,
      DescentSettings settings,
      int checkpointEvery,
      Origin origin,
      Outputs outputs) {
    this.origin = origin;
    this.objective = objective;
    this.settings = settings;
    this.checkpointEvery = checkpointEvery;
    this.outputs = outputs;
    this.descent = new Descent(objective, settings);
  }

  /**
   * Descends, from the last checkpoint if there is one.
   *
   * @param started is told the state at which the descent goes on
   * @return the final state with start and best, if there was time for them; empty if interrupted,
   *     with a checkpoint written
   */
  public Optional<TuneState> run(Consumer<TuneState> started) {
    TuneState state = restore();
    started.accept(state);
    double before = state.seconds();
    outputs.progress().phase(settings.name(), settings.outer().steps() + 1L);
    while (!state.finished() && !outputs.over().getAsBoolean()) {
      if (outputs.interrupted().getAsBoolean()) {
        checkpoint(state);
        return Optional.empty();
      }
      double tolerance = settings.outer().toleranceAt(state.step() + 1);
      TuningOutcome outcome;
      double begun = outputs.elapsed().getAsDouble();
      try {
        outcome = objective.evaluate(state.point(), tolerance, state.warm());
      } catch (StoppedTrainingException amidATraining) {
        checkpoint(state);
        return outputs.over().getAsBoolean() ? Optional.of(state) : Optional.empty();
      }
      estimate(state, outputs.elapsed().getAsDouble() - begun);
      KillPoint.reached(settings.name() + ".trained");
      Descent.Advance advance =
          descent.advance(state.atSeconds(before + outputs.elapsed().getAsDouble()), outcome);
      state = advance.state();
      advance.lines().forEach(outputs.journal()::append);
      show(state, advance);
      if (state.finished() || state.step() % checkpointEvery == 0) {
        checkpoint(state);
      }
    }
    return Optional.of(state);
  }

  /** Says how long a long tuning will take, after its first training. */
  private void estimate(TuneState state, double seconds) {
    double all = seconds * (settings.outer().steps() + 1.0);
    if (state.step() == 0 && all >= DurationText.WORTH_SAYING) {
      outputs.progress().message("estimate: " + DurationText.of(all) + " on this machine");
    }
  }

  private void show(TuneState state, Descent.Advance advance) {
    for (JournalEntry line : advance.lines()) {
      if (line instanceof JournalEntry.Tuned tuned) {
        // In this order in every process.
        Map<String, Double> figures = new LinkedHashMap<>(Map.of("loss", tuned.outerLoss()));
        figures.put("best", state.best().map(BestPoint::loss).orElse(Double.NaN));
        outputs.progress().step(tuned.step() + 1, figures);
      } else if (line instanceof JournalEntry.Event event) {
        outputs.progress().message(event.text());
      }
    }
  }

  private TuneState restore() {
    Optional<Checkpoint> latest =
        outputs
            .checkpoints()
            .latest(
                checkpoint ->
                    checkpoint.state().path("journal").asLong() <= outputs.journal().offset(),
                outputs.journal().shortness());
    if (latest.isEmpty()) {
      outputs.journal().truncate(origin.journal());
      return TuneState.initial(objective.layout().initial(), origin.examples(), origin.seconds());
    }
    Checkpoint checkpoint = latest.get();
    TuneStateFile.require(checkpoint);
    TuneState stored =
        checkpoint.read(found -> TuneStateFile.read(found.state(), found.file(ARRAYS)));
    outputs.journal().truncate(checkpoint.state().path("journal").asLong());
    return stored;
  }

  private void checkpoint(TuneState state) {
    outputs.journal().sync();
    Path aside = outputs.checkpoints().begin(state.finished() ? state.step() + 1 : state.step());
    outputs.checkpoints().write(aside.resolve(ARRAYS), TuneStateFile.arrays(state));
    ObjectNode stored = origin.beside().deepCopy();
    stored.setAll(TuneStateFile.scalars(state));
    outputs.checkpoints().commit(aside, stored.put("journal", outputs.journal().offset()));
  }
}
