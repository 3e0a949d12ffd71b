package io.tandem.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.data.Seeds;
import io.tandem.disk.KillPoint;
import io.tandem.disk.Progress;
import io.tandem.report.checkpoint.Checkpoint;
import io.tandem.report.checkpoint.CheckpointStore;
import io.tandem.report.journal.Journal;
import io.tandem.report.journal.JournalEntry;
import io.tandem.report.journal.MetricWriter;
import io.tandem.report.journal.TimeLimit;
import io.tandem.search.plan.HalvingPlan;
import io.tandem.search.plan.SearchCosts;
import io.tandem.search.plan.SearchSettings;
import io.tandem.search.plan.SearchStage;
import io.tandem.search.plan.Strategy;
import io.tandem.search.plan.TimeShares;
import io.tandem.space.Goal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongFunction;

/**
 * Drives a strategy until its budget is spent, writes the journal and checkpoints, and goes on from
 * the last checkpoint after an interruption. What lies between a checkpoint and a kill is done
 * again, with the same bits.
 */
public final class SearchRunner {
  private static final String VARIABLES = "variables";

  /** Seconds after which the scores of a derivation are worth a checkpoint. */
  private static final double SAVE_SECONDS = 10;

  private final SearchGraph graph;
  private final List<SearchStage> stages;
  private final Goal goal;
  private final int checkpointEvery;
  private final Variables variables;
  private final Outputs outputs;
  private final Pace pace;
  private SearchState state = SearchState.initial();
  private SearchStage stage;
  private SearchStrategy strategy;
  private double closing;
  private double begun;

  /** Saves and restores the variables of the graph. */
  public interface Variables {
    /** Writes all variables below a path prefix. */
    void save(Path prefix);

    /** Reads what {@link #save} wrote. */
    void restore(Path prefix);

    /** Gives all variables their initial values. */
    void initialise();
  }

  /**
   * Where a search writes.
   *
   * @param journal its journal
   * @param checkpoints its checkpoints
   * @param metrics opens the metric writer, given the last step to keep from earlier sessions
   * @param progress shows people how far it is
   * @param elapsed seconds since the session began
   * @param interrupted whether to stop, asked between steps and amid trainings from scratch
   * @param speed is told, before a new search begins, the seconds that a training example takes,
   *     and says how many the readings after the retraining will take
   */
  public record Outputs(
      Journal journal,
      CheckpointStore checkpoints,
      LongFunction<Optional<MetricWriter>> metrics,
      Progress progress,
      DoubleSupplier elapsed,
      BooleanSupplier interrupted,
      DoubleUnaryOperator speed) {}

  /**
   * Prepares a run.
   *
   * @param graph the static graph
   * @param settings strategy and budget
   * @param checkpointEvery outer steps between checkpoints
   * @param variables saves and restores the graph's variables
   * @param outputs where to write
   */
  public SearchRunner(
      SearchGraph graph,
      SearchSettings settings,
      int checkpointEvery,
      Variables variables,
      Outputs outputs) {
    this.stages = SearchStage.of(settings, graph.rows(), graph.unrollSteps(), graph.innerLoop());
    this.pace = new Pace(outputs.interrupted(), outputs.elapsed());
    this.graph = graph;
    this.goal = graph.goal();
    this.stage = stages.get(0);
    this.strategy = strategy(Optional.empty());
    this.checkpointEvery = checkpointEvery;
    this.variables = variables;
    this.outputs = outputs;
  }

  private SearchStrategy strategy(Optional<FirstStage> first) {
    return stages.size() == 1
        ? Strategies.alone(graph, stage, pace)
        : Strategies.of(graph, stage, pace, first);
  }

  /**
   * Searches, from the last checkpoint if there is one.
   *
   * @param started is told the state at which the search goes on
   * @return the final state with the winner; empty if interrupted: a checkpoint has been written of
   *     the last whole step or candidate
   * @throws io.tandem.disk.UserError if the budget does not pay for a single step, or the disk
   *     refuses
   */
  public Optional<SearchState> run(Consumer<SearchState> started) {
    stages.forEach(SearchStage::steps);
    state = restore();
    pace.goOn(state.seconds());
    started.accept(state);
    if (state.position() == 0) {
      double each = SpeedProbe.secondsPerExample(graph, stage.settings().batch());
      closing = outputs.speed().applyAsDouble(each);
      begun = pace.seconds();
      variables.initialise();
    }
    try {
      if (state.first().isPresent()) {
        enterSecond();
      } else if (state.finished() && stages.size() > 1) {
        goOver();
      }
      while (!state.finished()) {
        if (!isDeriving()) {
          search(stage.steps());
        }
        derive();
      }
      return Optional.of(state);
    } catch (StoppedException stopped) {
      checkpoint();
      return Optional.empty();
    }
  }

  /** Whether the search is over; that of the strategies of halving ends with its last step. */
  private boolean isDeriving() {
    boolean contends = stage.settings().strategy().sharesWeights() && !state.contenders().isEmpty();
    return contends || state.derivation().isPresent();
  }

  /** Goes over to the second of two searches, or goes on in it. */
  private void enterSecond() {
    FirstStage first = state.first().orElseThrow();
    stage = stages.get(1);
    strategy = strategy(state.first());
    begun = first.seconds();
    boolean begins = state.step() == 0 && state.onlySearches();
    if (begins && stage.settings().strategy().sharesWeights()) {
      // The trainings of the first search have left theirs.
      graph
          .child()
          .initialise(
              Seeds.of(graph.seed(), "child/second", 0),
              Strategies.optimizer(graph, state.first()));
    }
  }

  /** When a phase has to end, in seconds of the run. */
  private double end(TimeShares.Phase phase, double from) {
    return stage.settings().budget().keeping(closing).end(phase, from);
  }

  private void search(long total) {
    pace.phase(begun, end(TimeShares.Phase.SEARCH, begun));
    try (Metrics metrics = new Metrics(outputs.metrics().apply(state.step()))) {
      outputs.progress().phase("search", total);
      outputs.progress().step(state.step(), Map.of());
      while (state.step() < total && !isOver()) {
        pace.requireGo();
        take(strategy.step(state), metrics);
        KillPoint.reached("search.stepped");
        if (state.step() % checkpointEvery == 0) {
          checkpoint();
        }
      }
    } catch (OutOfTimeException over) {
      // What is left of the step is not worth more than the derivation.
      state = state.atSeconds(pace.seconds());
    }
    sayHowFar(total);
    checkpoint();
  }

  /** Where the controller cannot learn at all, that was said before. */
  private void sayHowFar(long total) {
    boolean begins = state.onlySearches();
    boolean cannotLearn = stage.settings().strategy().sharesWeights() && !graph.learns();
    if (begins && state.step() < total && !(cannotLearn && state.step() == 0)) {
      limited(TimeCuts.search(stage.settings().strategy(), state.step(), total));
    }
  }

  private void limited(String text) {
    TimeLimit.say(text, outputs.journal(), outputs.progress());
  }

  /** What the derivation left out, now that it is over. */
  private void sayWhatIsMissing() {
    if (pace.end() == Double.POSITIVE_INFINITY) {
      return;
    }
    HalvingPlan plan = SearchCosts.halving(stage.settings(), graph.rows(), graph.unrollSteps());
    int proposed = state.contenders().size();
    if (proposed > 0 && proposed < stage.costs().ranked()) {
      limited(TimeCuts.candidates(proposed, stage.costs().ranked()));
    }
    strategy
        .stand(state)
        .flatMap(stands -> TimeCuts.rungs(stands, plan.size() - 1))
        .ifPresent(this::limited);
    TimeCuts.trainings(
            outputs.journal().entries(),
            state.first().map(FirstStage::examples).orElse(0L),
            phase -> phase.startsWith("rung ") ? plan.cost(phase) : stage.costs().trial())
        .ifPresent(this::limited);
  }

  /** Whether there is no time for a further step, or nothing to be learnt from it. */
  private boolean isOver() {
    if (stage.settings().strategy().sharesWeights() && !graph.learns()) {
      return true;
    }
    return pace.share() == 1 && strategy.canDerive(state);
  }

  private void derive() {
    double from = state.derivation().map(Derivation::begun).orElseGet(pace::seconds);
    pace.phase(from, end(TimeShares.Phase.DERIVE, from));
    DerivationProgress shown =
        new DerivationProgress(outputs.progress(), goal, stage.settings().derive());
    double saved = pace.seconds();
    strategy.stand(state).ifPresent(shown::show);
    while (!state.finished()) {
      take(strategy.derive(state), Metrics.NONE);
      KillPoint.reached("search.derived");
      if (state.finished()) {
        sayWhatIsMissing();
      }
      if (stage.settings().strategy() == Strategy.ENAS) {
        state.derivation().ifPresent(shown::show);
      }
      strategy.stand(state).filter(stands -> !state.finished()).ifPresent(shown::show);
      boolean trained =
          !state.contenders().isEmpty()
              || state.derivation().stream().anyMatch(stands -> stands.keep() > 0);
      if (trained || state.finished() || pace.seconds() - saved > SAVE_SECONDS) {
        checkpoint();
        saved = pace.seconds();
      }
    }
    if (stages.indexOf(stage) + 1 < stages.size()) {
      goOver();
    }
  }

  /** Makes the end of the first of two searches the beginning of the second. */
  private void goOver() {
    Scored winner = state.best().orElseThrow();
    if (!winner.evaluation().isFinite()) {
      // Nothing to go on with: the search ends with it.
      return;
    }
    String found =
        stage.settings().strategy().sharesWeights()
            ? "the first search found a network; now it is trained with different optimizers"
            : "the first search found "
                + winner.candidate().optimizer()
                + "; now networks are"
                + " searched with it";
    outputs.journal().append(new JournalEntry.Event("stage", found));
    outputs.progress().message(found);
    KillPoint.reached("search.second");
    state = state.second();
    checkpoint();
    enterSecond();
  }

  private void take(SearchStrategy.Advance advance, Metrics metrics) {
    state = advance.state().atSeconds(pace.seconds());
    for (JournalEntry line : advance.lines()) {
      outputs.journal().append(line);
      metrics.add(line);
      show(line);
    }
  }

  private void show(JournalEntry line) {
    if (line instanceof JournalEntry.Step step) {
      double figure = goal.figure(step.validationLossAfter(), step.accuracy());
      Map<String, Double> figures = new LinkedHashMap<>(Map.of("reward", step.reward()));
      figures.put(goal.text(), figure);
      outputs.progress().step(state.step(), figures);
    } else if (line instanceof JournalEntry.Tried tried && tried.phase().equals(Trials.SEARCH)) {
      double figure = goal.figure(tried.validationLoss(), tried.validationAccuracy());
      outputs.progress().step(state.step(), Map.of(goal.text(), figure));
    } else if (line instanceof JournalEntry.Event event && event.name().equals(TimeLimit.EVENT)) {
      outputs.progress().message(event.text());
    }
  }

  private SearchState restore() {
    Optional<Checkpoint> latest =
        outputs
            .checkpoints()
            .latest(
                checkpoint ->
                    checkpoint.state().path("journal").asLong() <= outputs.journal().offset(),
                outputs.journal().shortness());
    if (latest.isEmpty()) {
      variables.initialise();
      outputs.journal().truncate(0);
      return SearchState.initial();
    }
    Checkpoint checkpoint = latest.get();
    SearchState stored =
        checkpoint.read(
            found -> {
              variables.restore(found.file(VARIABLES));
              return state(found);
            });
    outputs.journal().truncate(checkpoint.state().path("journal").asLong());
    return stored;
  }

  private SearchState state(Checkpoint checkpoint) {
    SearchState stored = SearchState.fromJson(checkpoint.state());
    int scored = stored.derivation().map(stands -> stands.scored().size()).orElse(0);
    boolean done = stored.derivation().stream().anyMatch(Derivation::isDone);
    if (stored.position() != checkpoint.step()
        || scored > stages.get(0).settings().derive().samples()
        || (done && !stored.finished())) {
      throw new IllegalArgumentException("the state of another search");
    }
    return stored;
  }

  private void checkpoint() {
    outputs.journal().sync();
    Path aside = outputs.checkpoints().begin(state.position());
    variables.save(aside.resolve(VARIABLES));
    ObjectNode stored = state.toJson().put("journal", outputs.journal().offset());
    outputs.checkpoints().commit(aside, stored);
  }

  /** The metric writer, if there is one. */
  private record Metrics(Optional<MetricWriter> writer) implements AutoCloseable {
    static final Metrics NONE = new Metrics(Optional.empty());

    void add(JournalEntry line) {
      if (line instanceof JournalEntry.Step step) {
        writer.ifPresent(metrics -> metrics.step(step));
      }
    }

    @Override
    public void close() {
      writer.ifPresent(MetricWriter::close);
    }
  }
}
