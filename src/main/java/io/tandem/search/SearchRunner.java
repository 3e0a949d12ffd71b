package io.tandem.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.report.Checkpoint;
import io.tandem.report.CheckpointStore;
import io.tandem.report.Journal;
import io.tandem.report.JournalEntry;
import io.tandem.report.KillPoint;
import io.tandem.report.MetricWriter;
import io.tandem.report.Progress;
import io.tandem.report.UserError;
import io.tandem.space.Goal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Drives a strategy until its budget is spent, writes the journal and checkpoints, and goes on from
 * the last checkpoint after an interruption. What lies between a checkpoint and a kill is done
 * again, with the same bits.
 */
public final class SearchRunner {
  private static final String VARIABLES = "variables";

  private final SearchStrategy strategy;
  private final Goal goal;
  private final SearchSettings settings;
  private final int checkpointEvery;
  private final Variables variables;
  private final Outputs outputs;

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
   */
  public record Outputs(
      Journal journal,
      CheckpointStore checkpoints,
      LongFunction<Optional<MetricWriter>> metrics,
      Progress progress,
      java.util.function.DoubleSupplier elapsed,
      BooleanSupplier interrupted) {}

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
    this.strategy = strategy(graph, settings, outputs.interrupted());
    this.goal = graph.goal();
    this.settings = settings;
    this.checkpointEvery = checkpointEvery;
    this.variables = variables;
    this.outputs = outputs;
  }

  private static SearchStrategy strategy(
      SearchGraph graph, SearchSettings settings, BooleanSupplier interrupted) {
    return switch (settings.strategy()) {
      case JOINT, ENAS -> new SharedSearch(graph, settings, interrupted);
      case RANDOM -> new RandomSearch(graph, settings, interrupted);
      case NAS -> new NasSearch(graph, settings, interrupted);
      case GIVEN -> throw new IllegalArgumentException("nothing is searched with GIVEN");
    };
  }

  /**
   * Searches, from the last checkpoint if there is one.
   *
   * @param started is told the state at which the search goes on
   * @return the final state with the winner; empty if interrupted: a checkpoint has been written of
   *     the last whole step, or of the last step of all if that was in the derivation
   * @throws UserError if the budget does not pay for a single step, or the disk refuses
   */
  public Optional<SearchState> run(Consumer<SearchState> started) {
    long available = settings.budget().examples() - strategy.finishExamples();
    if (available < strategy.stepExamples()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "search.budget.examples: "
              + settings.budget().examples()
              + " is too small, one step and the derivation cost "
              + (strategy.stepExamples() + strategy.finishExamples())
              + "; raise the budget or lower search.derive");
    }
    SearchState state = restore();
    started.accept(state);
    if (state.finished()) {
      return Optional.of(state);
    }
    double before = state.seconds();
    long total = available / strategy.stepExamples();
    try (Metrics metrics = new Metrics(outputs.metrics().apply(state.step()))) {
      outputs.progress().phase("search", total);
      outputs.progress().step(state.step(), Map.of());
      while (state.step() < total && !outOfTime(state)) {
        if (outputs.interrupted().getAsBoolean()) {
          checkpoint(state);
          return Optional.empty();
        }
        SearchStrategy.Advance advance;
        try {
          advance = strategy.step(state);
        } catch (StoppedException amidTrials) {
          checkpoint(state);
          return Optional.empty();
        }
        KillPoint.reached("search.stepped");
        state = advance.state().atSeconds(before + outputs.elapsed().getAsDouble());
        for (JournalEntry line : advance.lines()) {
          outputs.journal().append(line);
          metrics.add(line);
          show(state, line);
        }
        if (state.step() % checkpointEvery == 0) {
          checkpoint(state);
        }
      }
    }
    checkpoint(state);
    outputs.progress().phase("derive", 1);
    outputs.progress().step(0, Map.of());
    SearchStrategy.Advance advance;
    try {
      advance = strategy.finish(state);
    } catch (StoppedException amidTrials) {
      return Optional.empty();
    }
    KillPoint.reached("search.derived");
    advance.lines().forEach(outputs.journal()::append);
    SearchState finished = advance.state().atSeconds(before + outputs.elapsed().getAsDouble());
    checkpoint(finished);
    outputs.progress().step(1, Map.of());
    return Optional.of(finished);
  }

  private boolean outOfTime(SearchState state) {
    double limit = settings.budget().seconds();
    return limit > 0 && state.seconds() >= limit;
  }

  private void show(SearchState state, JournalEntry line) {
    if (line instanceof JournalEntry.Step step) {
      double figure = goal.figure(step.validationLossAfter(), step.accuracy());
      Map<String, Double> figures = new LinkedHashMap<>(Map.of("reward", step.reward()));
      figures.put(goal.text(), figure);
      outputs.progress().step(state.step(), figures);
    } else if (line instanceof JournalEntry.Tried tried) {
      double figure = goal.figure(tried.validationLoss(), tried.validationAccuracy());
      outputs.progress().step(state.step(), Map.of(goal.text(), figure));
    }
  }

  private SearchState restore() {
    Optional<Checkpoint> latest =
        outputs
            .checkpoints()
            .latest(
                checkpoint ->
                    checkpoint.state().path("journal").asLong() <= outputs.journal().offset());
    if (latest.isEmpty()) {
      variables.initialise();
      outputs.journal().truncate(0);
      return SearchState.initial();
    }
    Checkpoint checkpoint = latest.get();
    variables.restore(checkpoint.file(VARIABLES));
    outputs.journal().truncate(checkpoint.state().path("journal").asLong());
    return SearchState.fromJson(checkpoint.state());
  }

  private void checkpoint(SearchState state) {
    outputs.journal().sync();
    Path aside = outputs.checkpoints().begin(state.finished() ? state.step() + 1 : state.step());
    variables.save(aside.resolve(VARIABLES));
    ObjectNode stored = state.toJson().put("journal", outputs.journal().offset());
    outputs.checkpoints().commit(aside, stored);
  }

  /** The metric writer, if there is one. */
  private record Metrics(Optional<MetricWriter> writer) implements AutoCloseable {
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
