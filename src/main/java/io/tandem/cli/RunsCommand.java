package io.tandem.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.cli.terminal.FittedTable;
import io.tandem.cli.terminal.FittedTable.Column;
import io.tandem.cli.terminal.FittedTable.Cut;
import io.tandem.cli.terminal.FittedTable.Side;
import io.tandem.cli.terminal.RunText;
import io.tandem.cli.terminal.Table;
import io.tandem.cli.terminal.TerminalWidth;
import io.tandem.disk.NextCommand;
import io.tandem.report.ModelVersions;
import io.tandem.report.RunReader;
import io.tandem.report.RunSummary;
import io.tandem.report.Significant;
import io.tandem.space.Goal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists runs with status, best value, budget used, seed and age. Only looks. */
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    description = "Lists the runs in a directory without changing anything.")
public final class RunsCommand implements Callable<Integer> {
  private static final List<String> COLUMNS =
      List.of(
          "run",
          "name",
          "strategy",
          "status",
          "phase",
          "validation.accuracy",
          "test.accuracy",
          "budget.examples",
          "budget.seconds",
          "seed",
          "age.seconds",
          "validation.perplexity",
          "test.perplexity",
          "validation.r2",
          "test.r2",
          "data");

  private static final int MOST_RESUMES = 3;

  private static final List<Column> SHOWN =
      List.of(
          new Column("run", Side.LEFT, 0, Cut.START, 14),
          new Column("data", Side.LEFT, 1, Cut.START, 10),
          Column.words("strategy", 3),
          Column.words("status", 0),
          Column.words("phase", 2),
          Column.number("validation", 0),
          Column.number("test", 0),
          Column.number("examples", 6),
          Column.words("spent", 4),
          Column.number("seed", 5),
          Column.words("age", 0));

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Directory that contains runs (default: ${DEFAULT-VALUE}).")
  private Path directory = Path.of("runs");

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      converter = OutputFormat.Converter.class,
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private OutputFormat format = OutputFormat.TABLE;

  @Mixin private GuardOption guard = new GuardOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    RunReader.Listing listing = new RunReader(InstantSource.system()).list(directory);
    PrintWriter err = spec.commandLine().getErr();
    listing.problems().forEach(err::println);
    PrintWriter out = spec.commandLine().getOut();
    out.print(text(listing.runs()));
    out.flush();
    return 0;
  }

  private String text(List<RunSummary> runs) {
    List<ObjectNode> rows = runs.stream().map(RunSummary::toJson).toList();
    return switch (format) {
      case JSON -> {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        rows.forEach(array::add);
        yield array.toPrettyString() + "\n";
      }
      case CSV -> new Table(COLUMNS, rows).csv(guard.guards());
      case TABLE -> runs.isEmpty() ? "no runs in " + directory + "\n" : forPeople(runs);
    };
  }

  private String forPeople(List<RunSummary> runs) {
    StringBuilder text =
        new StringBuilder(
            new FittedTable(SHOWN, runs.stream().map(RunsCommand::row).toList())
                .text(TerminalWidth.of(spec)));
    List<String> open = runs.stream().flatMap(run -> run.resume().stream()).toList();
    open.stream()
        .limit(MOST_RESUMES)
        .forEach(each -> text.append("resume: ").append(each).append('\n'));
    if (open.size() > MOST_RESUMES) {
      text.append(open.size() - MOST_RESUMES).append(" more can be resumed likewise\n");
    }
    if (runs.stream().anyMatch(RunsCommand::wasRetrained)) {
      text.append("test: of the model of the search; for those that were retrained see ")
          .append(NextCommand.of("show", "RUN"))
          .append('\n');
    }
    return text.toString();
  }

  private static boolean wasRetrained(RunSummary run) {
    try {
      return ModelVersions.in(run.path().resolve("model")).size() > 1;
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static List<String> row(RunSummary run) {
    return List.of(
        String.valueOf(run.path().getFileName()),
        run.manifest().data().orElse("-"),
        run.manifest().strategy(),
        run.status().text(),
        run.phase(),
        figure(run, run.ofWinner()),
        figure(run, run.test()),
        String.valueOf(run.examples()),
        RunText.duration(Duration.ofSeconds((long) run.seconds())),
        String.valueOf(run.manifest().seed()),
        RunText.duration(run.age()));
  }

  /** That of numbers is marked: it is no accuracy. */
  private static String figure(RunSummary run, double value) {
    if (!Double.isFinite(value)) {
      return "-";
    }
    String figure = Significant.figure(value);
    return run.manifest().goal() == Goal.R2 ? "R2 " + figure : figure;
  }
}
