package io.tandem.cli;

import io.tandem.config.Experiment;
import io.tandem.graph.gradient.GradientCoverage;
import io.tandem.graph.joint.GraphInventory;
import io.tandem.graph.session.NativeLibrary;
import io.tandem.run.search.Describe;
import io.tandem.run.task.ExperimentData;
import io.tandem.run.task.NetworkSizes;
import io.tandem.space.SearchSpace;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows what a configuration makes of the space, the graph and its gradients. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description =
        "Shows the size of the space and of the graph, and which operations have gradients.")
final class DescribeCommand implements Callable<Integer> {
  private static final double MEBI = 1024.0 * 1024.0;

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    NativeLibrary.loadInBackground();
    ExperimentData data = ExperimentData.load(config.load().experiment());
    Experiment experiment = data.experiment();
    NativeLibrary.require();
    SearchSpace space = Describe.searchedSpace(experiment);
    GraphInventory graph = Describe.graph(experiment, data);
    PrintWriter out = spec.commandLine().getOut();
    data.notes().stream().limit(1).forEach(spec.commandLine().getErr()::println);
    NetworkSizes sizes = data.sizes(space.architecture());
    out.printf(
        Locale.ROOT,
        "space       %d decisions, 10^%.1f discrete points, %d continuous hyperparameters%n",
        space.decisions().size(),
        space.logSize() / Math.log(10),
        space.optimizer().continuous().size());
    out.printf(
        Locale.ROOT,
        "parameters  %,d to %,d weights per network, shared: %,d%n",
        sizes.smallest(),
        sizes.largest(),
        sizes.shared());
    out.printf(
        Locale.ROOT,
        "memory      %.1f MiB in variables, data included; about %.1f MiB for an inner loop%n",
        graph.variableBytes() / MEBI,
        innerBytes(experiment, sizes) / MEBI);
    out.println("refinement  " + refinement(experiment, sizes));
    out.println("nodes");
    graph
        .nodesByPart()
        .forEach((part, count) -> out.printf(Locale.ROOT, "  %-24s %,8d%n", part, count));
    out.println("operations (count; first and second derivative)");
    graph
        .nodesByType()
        .forEach(
            (type, count) ->
                out.printf(
                    Locale.ROOT,
                    "  %-36s %,8d  %s%n",
                    type,
                    count,
                    derivatives(graph.coverage().getOrDefault(type, GradientCoverage.NOT_NEEDED))));
    out.flush();
    return 0;
  }

  private static String refinement(Experiment experiment, NetworkSizes sizes) {
    if (!experiment.refine().isOn()) {
      return "none";
    }
    // The winner may have the smallest batch, and with it the most steps.
    int batch =
        experiment.space().optimizer().batchSizes().stream()
            .min(Comparator.naturalOrder())
            .orElse(experiment.retrain().batch());
    int steps = experiment.refine().steps(experiment.retrain().withBatch(batch).steps());
    return String.format(
        Locale.ROOT,
        "%d outer steps through %,d training steps; up to %.1f MiB for states",
        experiment.refine().outer().steps(),
        steps,
        Describe.mostRefinementBytes(steps, sizes.largest()) / MEBI);
  }

  private static String derivatives(GradientCoverage coverage) {
    return switch (coverage) {
      case NOT_NEEDED -> "not needed";
      case NONE -> "no   no";
      case FIRST -> "yes  no";
      case SECOND -> "yes  yes";
    };
  }

  /**
   * Weights, two slots and their derivatives for every unrolled step, and the activations of the
   * largest network forward, backward and forward again over the backward pass.
   */
  private static double innerBytes(Experiment experiment, NetworkSizes sizes) {
    double activations = (double) experiment.search().batch() * sizes.activations();
    return 4.0 * experiment.inner().unrollSteps() * (6.0 * sizes.largest() + 8 * activations);
  }
}
