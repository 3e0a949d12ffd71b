package io.tandem.cli;

import io.tandem.cli.terminal.ComparisonText;
import io.tandem.cli.terminal.TerminalProgress;
import io.tandem.cli.terminal.TerminalWidth;
import io.tandem.compare.Arm;
import io.tandem.compare.Cell;
import io.tandem.compare.Comparison;
import io.tandem.compare.ComparisonDirectory;
import io.tandem.compare.ComparisonFiles;
import io.tandem.compare.ComparisonManifest;
import io.tandem.compare.Metric;
import io.tandem.config.EffectiveConfig;
import io.tandem.disk.Disk;
import io.tandem.disk.NextCommand;
import io.tandem.disk.Progress;
import io.tandem.disk.SteadyClock;
import io.tandem.disk.UserError;
import io.tandem.graph.session.NativeLibrary;
import io.tandem.run.compare.ArmExperiment;
import io.tandem.run.compare.ComparedArms;
import io.tandem.run.compare.SeedBlocks;
import io.tandem.run.task.CheckedData;
import io.tandem.run.task.ExperimentData;
import io.tandem.space.Goal;
import io.tandem.wiring.ComparisonPipeline;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A comparison as the command starts and resumes it.
 *
 * @param spec the command, to whose streams is written
 * @param config what all arms have in common
 * @param metric by which arms are compared, if one is wanted
 */
record ComparisonRun(CommandSpec spec, ConfigOptions config, Optional<Metric> metric) {
  private static final double USUAL_LEVEL = 0.05;

  /**
   * Begins a comparison.
   *
   * @param arms the reference first
   * @param seeds of every arm
   * @param offsetPerSeed from one seed's block of the data to the next; 0 is none
   * @param out its directory; empty for the first free one below {@code comparisons}
   * @param strict whether suspicions about the data are errors
   * @return exit code
   */
  int begin(
      List<Arm> arms,
      List<Long> seeds,
      int offsetPerSeed,
      Optional<Path> out,
      StrictOption strict) {
    out.ifPresent(ComparisonDirectory::requireFree);
    List<ArmExperiment> experiments =
        arms.stream().map(arm -> new ArmExperiment(arm, load(arm, seeds.get(0)))).toList();
    ComparedArms compared = new ComparedArms(experiments);
    compared.check();
    ComparisonManifest manifest = manifest(experiments, seeds, offsetPerSeed);
    NativeLibrary.loadInBackground();
    check(compared, manifest, strict);
    ComparisonDirectory directory =
        ComparisonDirectory.create(
            Disk.system(),
            out.orElseGet(() -> PipelineRun.free(Path.of("comparisons"), manifest.name())),
            manifest,
            experiments.stream().map(arm -> arm.config().text()).toList());
    return work(directory, List.of());
  }

  /**
   * Goes on with a comparison, or shows the outcome of a finished one.
   *
   * @param path its directory
   * @param arms those of the comparison, if they are given again
   * @param seeds likewise
   * @param offsetPerSeed likewise
   * @return exit code
   */
  int resume(
      Path path,
      Optional<List<Arm>> arms,
      Optional<List<Long>> seeds,
      Optional<Integer> offsetPerSeed) {
    ComparisonDirectory directory = ComparisonDirectory.open(path);
    ComparisonManifest manifest = directory.manifest();
    arms.ifPresent(given -> manifest.requireArms(path.toString(), given));
    seeds.ifPresent(given -> manifest.requireSeeds(path.toString(), given));
    offsetPerSeed.ifPresent(given -> manifest.requireOffset(path.toString(), given));
    metric.ifPresent(wanted -> requireFitting(wanted, manifest.goal()));
    if (config.given() && !config.onlyPlaces()) {
      requireSameConfig(directory);
    }
    List<String> places = config.onlyPlaces() ? config.overrides() : List.of();
    if (directory.open().isEmpty() && Files.exists(directory.outcome())) {
      print(directory);
      return 0;
    }
    NativeLibrary.require();
    return work(directory, places);
  }

  private void requireSameConfig(ComparisonDirectory directory) {
    ComparisonManifest manifest = directory.manifest();
    for (int index = 0; index < manifest.arms().size(); index++) {
      EffectiveConfig again = load(manifest.arms().get(index), manifest.seeds().get(0));
      if (!again.hash().equals(manifest.configHashes().get(index))) {
        throw new UserError(
            UserError.Kind.USAGE,
            directory.path()
                + ": the comparison began with another configuration than the one given now;"
                + " resume it without a configuration and --set, or start a new one");
      }
    }
  }

  /** The configuration of an arm; what is wrong with it is said with its name. */
  private EffectiveConfig load(Arm arm, long seed) {
    List<String> overrides = new ArrayList<>(arm.overrides());
    overrides.add("seed=" + seed);
    try {
      return config.load(overrides);
    } catch (UserError mistake) {
      throw mistake.withLines(line -> "arm " + arm.name() + ": " + line);
    }
  }

  private ComparisonManifest manifest(
      List<ArmExperiment> experiments, List<Long> seeds, int offsetPerSeed) {
    var reference = experiments.get(0).config().experiment();
    Goal goal = reference.goal();
    metric.ifPresent(wanted -> requireFitting(wanted, goal));
    return new ComparisonManifest(
        reference.name(),
        experiments.stream().map(ArmExperiment::arm).toList(),
        experiments.stream().map(arm -> arm.config().hash()).toList(),
        seeds,
        offsetPerSeed,
        metric.orElse(Metric.of(goal)),
        goal,
        CommandText.of(spec),
        InstantSource.system().instant(),
        new Version().getVersion()[0]);
  }

  private static void requireFitting(Metric wanted, Goal goal) {
    if (!wanted.fits(goal)) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--metric "
              + wanted.text()
              + ": these networks have none, expected "
              + Metric.of(goal).text()
              + " or loss");
    }
  }

  /** Everything that can be wrong with data and budget is wrong before the first cell. */
  private void check(ComparedArms compared, ComparisonManifest manifest, StrictOption strict) {
    PrintWriter err = spec.commandLine().getErr();
    ArmExperiment reference = compared.arms().get(0);
    List<Cell> cells = manifest.cells();
    // The last block is the one that may reach beyond the data.
    Cell last = cells.get(cells.size() - compared.arms().size());
    EffectiveConfig checked =
        new SeedBlocks(manifest.offsetPerSeed())
            .config(reference.config().text(), "arm " + reference.arm().name(), last, List.of());
    ExperimentData data = ExperimentData.load(checked.experiment());
    compared.checkBudget(data);
    NativeLibrary.require();
    compared.checkDevices();
    CheckedData told = CheckedData.of(data);
    if (!told.outcome().isEmpty()) {
      err.println(told.outcome());
    }
    strict.tell(told.suspicions(), err);
    compared.arms().forEach(arm -> err.println(ComparedArms.budget(arm, data)));
    double least = Comparison.smallestP(manifest.seeds().size());
    if (least > USUAL_LEVEL) {
      err.printf(
          Locale.ROOT,
          "note: with %d %s no p-value can be below %.3g; 6 seeds allow 0.05, 29 are enough for"
              + " most purposes%n",
          manifest.seeds().size(),
          manifest.seeds().size() == 1 ? "seed" : "seeds",
          least);
    }
    err.flush();
  }

  private int work(ComparisonDirectory directory, List<String> places) {
    Interruption interruption = Interruption.listen(directory.resume());
    boolean done;
    try (Progress progress = TerminalProgress.forStandardError()) {
      progress.message("comparison: " + directory.path());
      done =
          new ComparisonPipeline(directory, places, Disk.system(), SteadyClock.system())
              .run(progress, interruption);
    }
    if (!done) {
      spec.commandLine().getErr().println("interrupted; resume it with: " + directory.resume());
      return Interruption.EXIT_CODE;
    }
    print(directory);
    return 0;
  }

  private void print(ComparisonDirectory directory) {
    Comparison comparison =
        ComparisonFiles.comparison(directory, metric.orElse(directory.manifest().metric()))
            .orElseThrow();
    PrintWriter out = spec.commandLine().getOut();
    out.print(ComparisonText.of(comparison, TerminalWidth.of(spec)));
    out.println("picture     " + directory.picture());
    out.println("runs        " + NextCommand.of("runs", directory.runs().toString()));
    out.flush();
  }
}
