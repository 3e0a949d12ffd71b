package io.tandem.cli;

import io.tandem.config.EffectiveConfig;
import io.tandem.graph.session.Placement;
import io.tandem.run.task.CheckedData;
import io.tandem.run.task.ExperimentData;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks a configuration and its data without running anything. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Checks a configuration and its data without running anything.")
final class CheckCommand implements Callable<Integer> {
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Mixin private StrictOption strict = new StrictOption();

  @Option(names = "--print", description = "Prints the effective configuration.")
  private boolean print;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    EffectiveConfig effective = config.load();
    ExperimentData loaded = ExperimentData.load(effective.experiment());
    CheckedData data = CheckedData.of(loaded);
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    data.notes().forEach(err::println);
    strict.tell(data.suspicions(), err);
    String budget = CheckedData.budget(loaded);
    Placement.require(effective.experiment().runtime());
    if (print) {
      out.print(effective.text());
    } else {
      out.printf(Locale.ROOT, "%s is valid: %s%n", effective.experiment().name(), data.summary());
      if (!data.outcome().isEmpty()) {
        out.println(data.outcome());
      }
      out.println(budget);
    }
    out.flush();
    return 0;
  }
}
