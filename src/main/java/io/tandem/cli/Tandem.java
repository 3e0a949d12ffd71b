package io.tandem.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root command: shows help, or runs the one that is named. */
@Command(
    name = "tandem",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = "Searches a neural architecture together with its optimizer.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "2:wrong usage or configuration",
      "3:missing or unsuitable data",
      "4:the run failed",
      "130:interrupted",
      "141:nobody read the output to its end"
    },
    footer = {
      "",
      "`${COMMAND-FULL-NAME} search` alone uses the built-in digits; see `${COMMAND-FULL-NAME}"
          + " COMMAND --help`."
    },
    subcommands = {
      SearchCommand.class,
      CompareCommand.class,
      TrainCommand.class,
      TuneCommand.class,
      AuditCommand.class,
      RunsCommand.class,
      ShowCommand.class,
      RetrainCommand.class,
      ExportCommand.class,
      PredictCommand.class,
      CheckCommand.class,
      InspectCommand.class,
      DescribeCommand.class,
      CompletionCommand.class,
      CommandLine.HelpCommand.class
    })
final class Tandem implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
