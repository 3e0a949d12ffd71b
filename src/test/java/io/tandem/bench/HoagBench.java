package io.tandem.bench;

import io.tandem.config.ConfigLoader;
import io.tandem.config.EffectiveConfig;
import io.tandem.data.source.DataLoader;
import io.tandem.disk.Disk;
import io.tandem.disk.Progress;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.RunManifest;
import io.tandem.graph.gradient.GradientRegistry;
import io.tandem.graph.preprocessing.GraphImageDecoder;
import io.tandem.report.journal.JournalEntry;
import io.tandem.report.journal.JournalReader;
import io.tandem.run.search.PenaltyGrid;
import io.tandem.wiring.Injectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Passes over the training part that hypergradient descent on one penalty per class needs to reach
 * the validation loss of a grid of 50 common penalties, against those of the grid (Pedregosa 2016).
 * A pass is one gradient of the training loss, one product with its Hessian, or one mixed
 * derivative.
 */
public final class HoagBench {
  private static final int POINTS = 50;

  private HoagBench() {}

  /**
   * Measures and prints one JSON line per figure.
   *
   * @param arguments a configuration, then {@code PATH=VALUE} settings
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 0) {
      System.err.println("bench: hoag needs a configuration, for example configs/mnist-hoag.pbtxt");
      System.exit(2);
    }
    GradientRegistry.install();
    List<String> overrides = List.of(arguments).subList(1, arguments.length);
    EffectiveConfig config = ConfigLoader.load(Path.of(arguments[0]), overrides);
    Path directory = Files.createTempDirectory("hoag").resolve("run");
    RunManifest manifest =
        new RunManifest(
            "hoag",
            config.experiment().seed(),
            RunManifest.TUNE,
            "bench",
            InstantSource.system().instant(),
            "bench",
            config.hash());
    RunDirectory run = RunDirectory.create(Disk.system(), directory, manifest, config.text());
    Injectors.tuning(config.experiment())
        .run(
            run,
            () ->
                DataLoader.load(
                    config.experiment().data(), config.experiment().seed(), GraphImageDecoder::new),
            Progress.NONE,
            () -> false);
    List<JournalEntry.Tuned> steps = new ArrayList<>();
    for (JournalEntry entry : JournalReader.read(run.journal()).entries()) {
      if (entry instanceof JournalEntry.Tuned tuned) {
        steps.add(tuned);
      }
    }
    print("tune", "seconds", steps.get(steps.size() - 1).seconds());
    for (boolean warm : new boolean[] {false, true}) {
      report(warm, PenaltyGrid.search(config.experiment(), POINTS, warm), steps);
    }
  }

  private static void report(
      boolean warm, List<PenaltyGrid.Point> grid, List<JournalEntry.Tuned> steps) {
    String workload = "grid of 50, trained " + (warm ? "warm" : "from the beginning");
    PenaltyGrid.Point best = PenaltyGrid.best(grid);
    long passes = PenaltyGrid.passes(grid);
    print(workload, "grid, passes", passes);
    print(
        workload,
        "grid, points short of the tolerance",
        grid.stream().filter(point -> !point.reached()).count());
    print(workload, "grid, best penalty", best.penalty());
    print(workload, "grid, best validation loss", best.loss());
    print(workload, "descent, best validation loss", least(steps));
    long gradients = 0;
    long products = 0;
    for (JournalEntry.Tuned step : steps) {
      JournalEntry.Solved solved = Objects.requireNonNull(step.solved());
      gradients += solved.gradients();
      // The gradient whose products they are and the mixed derivative cost a pass each.
      products += solved.products() + 2;
      if (step.outerLoss() <= best.loss()) {
        print(workload, "descent, outer steps to the grid's loss", step.step());
        print(workload, "descent, gradients to the grid's loss", gradients);
        print(workload, "descent, products to the grid's loss", products);
        print(workload, "descent to grid, passes", (gradients + products) / (double) passes);
        print(
            workload,
            "descent to grid, passes, a product as two",
            (gradients + 2.0 * products) / passes);
        return;
      }
    }
  }

  private static double least(List<JournalEntry.Tuned> steps) {
    return steps.stream().mapToDouble(JournalEntry.Tuned::outerLoss).min().orElseThrow();
  }

  private static void print(String workload, String figure, Number value) {
    System.out.println(Figure.of(workload, figure, "1", new double[] {value.doubleValue()}).json());
  }
}
