package io.tandem.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.report.CandidateJson;
import io.tandem.report.JournalEntry;
import io.tandem.report.RunReader;
import io.tandem.report.RunSummary;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one run with every candidate that it scored, or training that it did. Only looks. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows a run with every candidate; changes nothing.")
public final class ShowCommand implements Callable<Integer> {
  private static final List<String> COLUMNS =
      List.of(
          "phase",
          "index",
          "validation.loss",
          "validation.accuracy",
          "architecture",
          "family",
          "schedule",
          "learning_rate",
          "momentum",
          "weight_decay",
          "clip_norm",
          "label_smoothing",
          "augmentation",
          "initial_scale");

  @Parameters(paramLabel = "RUN", description = "Directory of the run.")
  private Path run = Path.of("");

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      converter = OutputFormat.Converter.class,
      description =
          "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}); csv holds the candidates or trainings only.")
  private OutputFormat format = OutputFormat.TABLE;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    RunReader.Details details = new RunReader(InstantSource.system()).read(run);
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        switch (format) {
          case JSON -> details.toJson().toPrettyString() + "\n";
          case CSV -> rows(details).csv();
          case TABLE -> forPeople(details);
        });
    out.flush();
    return 0;
  }

  private static String forPeople(RunReader.Details details) {
    RunSummary summary = details.summary();
    StringBuilder text = new StringBuilder();
    field(text, "run", summary.path());
    field(text, "name", summary.manifest().name());
    field(text, "status", summary.status().text() + ", " + summary.phase());
    field(text, "strategy", summary.manifest().strategy());
    field(text, "seed", summary.manifest().seed());
    field(text, "began", summary.manifest().started());
    field(text, "command", summary.manifest().command());
    field(text, "version", summary.manifest().version());
    field(text, "validation", figure(summary, summary.best()));
    field(text, "test", figure(summary, summary.test()));
    String spent = RunsCommand.duration(Duration.ofSeconds((long) summary.seconds()));
    field(text, "spent", summary.examples() + " training examples, " + spent);
    details
        .result()
        .ifPresent(
            result -> {
              text.append("\nwinner\n").append(result.winner().architecture().text().indent(2));
              field(text, "  trained by", CandidateJson.write(result.winner().optimizer()));
              result.refinement().ifPresent(refined -> text.append('\n').append(refined.text()));
            });
    if (summary.manifest().isTuning()) {
      return text.append(TuningText.of(details)).toString();
    }
    text.append("\ncandidates: ").append(details.candidates().size()).append('\n');
    if (!details.candidates().isEmpty()) {
      text.append(candidates(details).aligned());
    }
    return text.toString();
  }

  private static Table rows(RunReader.Details details) {
    return details.summary().manifest().isTuning()
        ? TuningText.table(details)
        : candidates(details);
  }

  private static Table candidates(RunReader.Details details) {
    return new Table(COLUMNS, details.candidates().stream().map(ShowCommand::row).toList());
  }

  private static ObjectNode row(JournalEntry.Tried tried) {
    ObjectNode row =
        JsonNodeFactory.instance
            .objectNode()
            .put("phase", tried.phase())
            .put("index", tried.index())
            .put("validation.loss", tried.validationLoss())
            .put("validation.accuracy", tried.validationAccuracy())
            .put(
                "architecture",
                tried.candidate().architecture().text().lines().collect(Collectors.joining("; ")));
    return row.setAll(CandidateJson.write(tried.candidate().optimizer()));
  }

  private static void field(StringBuilder text, String name, Object value) {
    String line = value.toString().replaceAll("\\p{Cntrl}", " ");
    text.append(String.format(Locale.ROOT, "%-12s %s%n", name, line));
  }

  private static String figure(RunSummary summary, double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    return switch (summary.manifest().goal()) {
      case ACCURACY -> String.format(Locale.ROOT, "%.2f %%", 100 * value);
      case PERPLEXITY -> String.format(Locale.ROOT, "perplexity %.2f", value);
    };
  }
}
