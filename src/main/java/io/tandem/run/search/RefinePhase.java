package io.tandem.run.search;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.config.Experiment;
import io.tandem.data.Batches;
import io.tandem.data.DataSplit;
import io.tandem.data.Dataset;
import io.tandem.data.Inputs;
import io.tandem.data.Seeds;
import io.tandem.disk.Disk;
import io.tandem.graph.tuning.CheckpointedTraining;
import io.tandem.graph.tuning.ScratchTraining;
import io.tandem.graph.tuning.TargetLayout;
import io.tandem.graph.tuning.TargetSettings;
import io.tandem.graph.tuning.TuningData;
import io.tandem.report.Refinement;
import io.tandem.report.checkpoint.Checkpoint;
import io.tandem.report.checkpoint.CheckpointStore;
import io.tandem.report.journal.JournalEntry;
import io.tandem.report.journal.TimeLimit;
import io.tandem.search.SearchState;
import io.tandem.search.plan.TimeShares;
import io.tandem.space.Candidate;
import io.tandem.space.OptimizerSettings;
import io.tandem.tune.BestPoint;
import io.tandem.tune.DescentSettings;
import io.tandem.tune.OptimizerTargets;
import io.tandem.tune.TuneRunner;
import io.tandem.tune.TuneState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.tensorflow.types.TFloat32;

/**
 * The refinement of the winner's optimizer between derivation and retraining: descent of the
 * validation loss after a whole training from scratch on the training part, along its exact
 * derivative. Each of its checkpoints holds the end of the search as well, so that a resume in this
 * phase needs nothing of the search.
 */
final class RefinePhase {
  private static final String JOURNAL = "journal";
  private static final String SECONDS = "seconds";
  private static final String SEARCH = "search";

  private final Experiment experiment;
  private final RunSession session;
  private final CheckpointStore store;
  private final Optional<SearchState> begun;
  private final Optional<Double> begunAt;

  /** Looks for a checkpoint to go on from; nothing is changed yet. */
  RefinePhase(Experiment experiment, RunSession session, Disk disk) {
    this.experiment = experiment;
    this.session = session;
    store =
        new CheckpointStore(
            disk,
            session.run().refineCheckpoints(),
            experiment.report().keepCheckpoints(),
            session::warn);
    Optional<Checkpoint> latest =
        store.latestIfAny(
            checkpoint -> checkpoint.state().path(JOURNAL).asLong() <= session.journal().offset(),
            session.journal().shortness());
    Optional<SearchState> search =
        latest.map(
            checkpoint ->
                checkpoint.read(stored -> SearchState.fromJson(stored.state().path(SEARCH))));
    begunAt = search.map(SearchState::seconds);
    begun =
        search.map(state -> state.atSeconds(latest.orElseThrow().state().path(SECONDS).asDouble()));
  }

  /** The end of the search that led here, and the seconds spent, if the refinement has begun. */
  Optional<SearchState> search() {
    return begun;
  }

  /**
   * Refines, or goes on.
   *
   * @param search end of the search
   * @param elapsed seconds spent since the search ended, or in this session if it ended before
   * @param started is told where the refinement goes on
   * @return what is to be retrained; empty if interrupted, with a checkpoint written
   */
  Optional<Found> run(SearchState search, DoubleSupplier elapsed, Consumer<TuneState> started) {
    Found plain = Found.of(search);
    if (!experiment.refine().isOn()) {
      return Optional.of(plain);
    }
    OptimizerSettings optimizer = plain.candidate().optimizer();
    List<TargetSettings> targets = experiment.refine().targets(optimizer, experiment.inner());
    if (targets.isEmpty()) {
      session
          .journal()
          .append(new JournalEntry.Event("refine", "the winner has nothing that can be refined"));
      return Optional.of(plain);
    }
    ScratchTraining training =
        new ScratchTraining(
            plain.candidate().architecture().perceptron(),
            optimizer,
            experiment.inner(),
            experiment.refine().steps(experiment.retrain().of(optimizer).steps()),
            targets);
    if (begun.isEmpty()) {
      note(training);
    }
    ObjectNode beside = JsonNodeFactory.instance.objectNode();
    beside.set(SEARCH, search.toJson());
    TuneRunner.Origin origin =
        new TuneRunner.Origin(
            search.examples(), search.seconds(), session.journal().offset(), beside);
    long examples =
        (long) training.steps() * experiment.retrain().of(optimizer).batch()
            + session.data().examples().validation().rows();
    double end =
        experiment.search().budget().end(TimeShares.Phase.REFINE, begunAt.orElse(search.seconds()));
    BooleanSupplier over = () -> search.seconds() + elapsed.getAsDouble() >= end;
    try (CheckpointedTraining<TFloat32> program = program(training, over)) {
      return new TuneRunner(
              new RefinedObjective(program, examples),
              DescentSettings.of(experiment.refine()),
              1,
              origin,
              new TuneRunner.Outputs(
                  session.journal(),
                  store,
                  session.progress(),
                  elapsed,
                  session.interrupted(),
                  over))
          .run(started)
          .map(state -> ended(search, training, state));
    }
  }

  /** Whoever sets a limit should know what it took away. */
  private Found ended(SearchState search, ScratchTraining training, TuneState state) {
    boolean untouched = state.best().isEmpty();
    if (!state.finished()) {
      session.limited(
          "the refinement ended after "
              + state.step()
              + " of "
              + experiment.refine().outer().steps()
              + " steps"
              + TimeLimit.REASON
              + (untouched ? ": the optimizer stays as the search found it" : ""));
    }
    return untouched ? Found.of(search).atSeconds(state.seconds()) : found(search, training, state);
  }

  private void note(ScratchTraining training) {
    String text =
        String.join(", ", training.targets().stream().map(target -> target.target().key()).toList())
            + " of the winner, through trainings of "
            + training.steps()
            + " steps";
    session.progress().message("refines " + text);
    session.journal().append(new JournalEntry.Event("refine", text));
  }

  private CheckpointedTraining<TFloat32> program(ScratchTraining training, BooleanSupplier over) {
    DataSplit data = session.data().examples();
    long seed = Seeds.of(experiment.seed(), "refine", 0);
    Batches batches =
        new Batches(
            data.train().rows(),
            experiment.retrain().of(training.optimizer()).batch(),
            seed,
            "refine/batches");
    List<int[]> rows = IntStream.range(0, training.steps()).mapToObj(batches::indices).toList();
    return new CheckpointedTraining<>(
        TFloat32.class,
        training,
        new TuningData(
            labelled(data, data.train()),
            labelled(data, data.validation()),
            rows,
            Seeds.of(seed, "refine/weights", 0),
            Seeds.of(seed, "refine/noise", 0)),
        experiment.runtime(),
        RefineMemory.room(training, data, experiment.tune().memoryMib()),
        () -> session.interrupted().getAsBoolean() || over.getAsBoolean());
  }

  private static Inputs labelled(DataSplit data, Dataset part) {
    return new Inputs(part, data.standardisation());
  }

  private Found found(SearchState search, ScratchTraining training, TuneState state) {
    Candidate winner = search.best().orElseThrow().candidate();
    OptimizerSettings before = winner.optimizer();
    TargetLayout layout = training.layout();
    OptimizerSettings after =
        state
            .best()
            .filter(best -> best.step() > 0)
            .map(best -> OptimizerTargets.with(before, experiment.inner(), layout, best.point()))
            .orElse(before);
    Map<String, Refinement.Change> changes = new LinkedHashMap<>();
    for (TargetLayout.Block block : layout.blocks()) {
      var target = block.settings().target();
      changes.put(
          target.key(),
          new Refinement.Change(
              OptimizerTargets.value(before, experiment.inner(), target),
              OptimizerTargets.value(after, experiment.inner(), target)));
    }
    Refinement refinement =
        new Refinement(
            training.steps(),
            state.step(),
            state.best().map(BestPoint::step).orElse(0L),
            state.start().map(BestPoint::loss).orElse(Double.NaN),
            state.best().map(BestPoint::loss).orElse(Double.NaN),
            state.start().map(BestPoint::accuracy).orElse(Double.NaN),
            state.best().map(BestPoint::accuracy).orElse(Double.NaN),
            changes);
    return new Found(
        search,
        new Candidate(winner.architecture(), after),
        Optional.of(refinement),
        state.examples(),
        state.seconds());
  }
}
