package io.tandem.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.cli.terminal.RunText;
import io.tandem.cli.terminal.Table;
import io.tandem.cli.terminal.TerminalWidth;
import io.tandem.cli.terminal.TopOption;
import io.tandem.cli.terminal.TuningText;
import io.tandem.data.Quote;
import io.tandem.report.RunReader;
import io.tandem.report.journal.CandidateJson;
import io.tandem.report.journal.JournalEntry;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one run with the candidates that it scored, or trainings that it did. Only looks. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows a run and its best candidates without changing anything.")
public final class ShowCommand implements Callable<Integer> {
  /** Of classes and words; of numbers it has another name. */
  private static final String SCORE = "validation.accuracy";

  private static final List<String> COLUMNS =
      Stream.of(
              Stream.of(
                  "phase",
                  "index",
                  "validation.loss",
                  SCORE,
                  "validation.calibrated_loss",
                  "architecture",
                  "family",
                  "schedule"),
              Arrays.stream(Hyperparameter.values()).map(Hyperparameter::key),
              Stream.of("epsilon", "batch"))
          .flatMap(Function.identity())
          .toList();

  @Parameters(paramLabel = "RUN", description = "Directory of the run.")
  private Path run = Path.of("");

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      converter = OutputFormat.Converter.class,
      description =
          "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}); csv has only the candidates or"
              + " trainings.")
  private OutputFormat format = OutputFormat.TABLE;

  @Mixin private TopOption top = new TopOption();

  @Mixin private GuardOption guard = new GuardOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    RunReader.Details details = new RunReader(InstantSource.system()).read(run);
    details.damage().ifPresent(this::warn);
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        switch (format) {
          case JSON -> details.toJson().toPrettyString() + "\n";
          case CSV -> rows(details).csv(guard.guards());
          case TABLE -> RunText.of(details, top, TerminalWidth.of(spec));
        });
    out.flush();
    return 0;
  }

  private void warn(String damage) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("tandem: " + Quote.printable(damage));
    err.flush();
  }

  private static Table rows(RunReader.Details details) {
    return details.summary().manifest().isTuning()
        ? TuningText.table(details)
        : candidates(details);
  }

  private static Table candidates(RunReader.Details details) {
    String score = "validation." + details.summary().manifest().goal().score();
    return new Table(
        COLUMNS.stream().map(name -> name.equals(SCORE) ? score : name).toList(),
        details.candidates().stream().map(tried -> row(tried, score)).toList());
  }

  private static ObjectNode row(JournalEntry.Tried tried, String score) {
    ObjectNode row =
        JsonNodeFactory.instance
            .objectNode()
            .put("phase", tried.phase())
            .put("index", tried.index())
            .put("validation.loss", tried.validationLoss())
            .put(score, tried.validationAccuracy())
            .put("validation.calibrated_loss", tried.calibratedLoss())
            .put(
                "architecture",
                tried.candidate().architecture().text().lines().collect(Collectors.joining("; ")));
    OptimizerSettings optimizer = tried.candidate().optimizer();
    row.setAll(CandidateJson.write(optimizer));
    optimizer.values().forEach((each, value) -> row.put(each.key(), value));
    return row;
  }
}
