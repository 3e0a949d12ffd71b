package io.tandem.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.audit.AuditReport;
import io.tandem.audit.AuditRow;
import io.tandem.cli.terminal.AuditText;
import io.tandem.cli.terminal.Table;
import io.tandem.cli.terminal.TerminalProgress;
import io.tandem.cli.terminal.TerminalWidth;
import io.tandem.disk.Progress;
import io.tandem.graph.session.NativeLibrary;
import io.tandem.wiring.Injectors;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Holds every estimator of the hypergradient against central differences. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description =
        "Compares every estimator of the hypergradient with central differences, on the training"
            + " of a configuration, and recommends one.")
final class AuditCommand implements Callable<Integer> {
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      converter = OutputFormat.Converter.class,
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private OutputFormat format = OutputFormat.TABLE;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var experiment = config.loadFullyConnected().experiment();
    NativeLibrary.require();
    AuditReport report;
    try (Progress progress = TerminalProgress.forStandardError()) {
      report = Injectors.audit(experiment).run(progress);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(text(report));
    out.flush();
    return 0;
  }

  private String text(AuditReport report) {
    List<ObjectNode> rows = report.rows().stream().map(AuditRow::toJson).toList();
    return switch (format) {
      case JSON -> report.toJson().toPrettyString() + "\n";
      case CSV -> new Table(AuditRow.COLUMNS, rows).csv(false);
      case TABLE -> AuditText.of(report, TerminalWidth.of(spec));
    };
  }
}
