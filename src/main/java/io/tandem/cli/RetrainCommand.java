package io.tandem.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tandem.config.Experiment;
import io.tandem.disk.DataSeal;
import io.tandem.disk.Disk;
import io.tandem.disk.DiskErrors;
import io.tandem.disk.NextCommand;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.RunLock;
import io.tandem.disk.UserError;
import io.tandem.export.ModelCard;
import io.tandem.export.SavedModelExporter;
import io.tandem.export.VersionDirectory;
import io.tandem.graph.session.NativeLibrary;
import io.tandem.graph.session.Placement;
import io.tandem.graph.training.Score;
import io.tandem.graph.training.TrainingState;
import io.tandem.report.EarlyEnd;
import io.tandem.report.MetricsText;
import io.tandem.report.Results;
import io.tandem.report.Significant;
import io.tandem.report.checkpoint.CheckpointStore;
import io.tandem.report.journal.Journal;
import io.tandem.report.journal.JournalEntry;
import io.tandem.retrain.BestEpoch;
import io.tandem.retrain.EpochReport;
import io.tandem.retrain.RetrainCheckpoints;
import io.tandem.retrain.RetrainHooks;
import io.tandem.retrain.RetrainState;
import io.tandem.retrain.RetrainedModel;
import io.tandem.run.task.ExperimentData;
import io.tandem.run.task.Retrained;
import io.tandem.run.task.Tested;
import io.tandem.space.Goal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tensorflow.TensorFlow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Trains the winner of a finished run from scratch once more and exports it as the next version of
 * the run's model. The data, its split and the winner are those of the run. Interrupted or killed,
 * the same command goes on from the training's last checkpoint.
 */
@Command(
    name = "retrain",
    mixinStandardHelpOptions = true,
    description = "Trains a run's winner from scratch again and exports the next version.")
public final class RetrainCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "Directory of a finished run.")
  private Path path = Path.of("");

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of weights, batches and noise (default: the seed of the run + 1).")
  private @Nullable Long seed;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "New location of the run's data, for example --set data.csv.file=PATH.")
  private List<String> overrides = new ArrayList<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Disk disk;

  /** On the disk of this machine. */
  public RetrainCommand() {
    this(Disk.system());
  }

  /** On any disk. */
  RetrainCommand(Disk disk) {
    this.disk = disk;
  }

  @Override
  public Integer call() {
    NativeLibrary.loadInBackground();
    RunDirectory run = RunDirectory.open(path);
    Results result =
        Results.read(run.result())
            .orElseThrow(
                () -> new UserError(UserError.Kind.RUN, path + ": " + NextCommand.unfinished(run)));
    Experiment experiment = RunConfig.of(run, overrides).experiment();
    long ownSeed = seed == null ? experiment.seed() + 1 : seed;
    NativeLibrary.require();
    RunLock held = RunLock.acquire(disk, run.path());
    try {
      ExperimentData data = ExperimentData.load(experiment);
      DataSeal.require(disk, run, data.sha256());
      data.notes().stream().limit(1).forEach(spec.commandLine().getErr()::println);
      note(run, data);
      spec.commandLine().getErr().println(Placement.of(experiment.runtime()).text());
      Path checkpoints = run.retrainCheckpoints(ownSeed);
      Interruption interruption = Interruption.listen(NextCommand.of(again(ownSeed)));
      Retrained retrained =
          data.retrain(
              result.winner(),
              ownSeed,
              new Hooks(disk, experiment, checkpoints, spec.commandLine().getErr(), interruption));
      RetrainedModel<?> model = retrained.model();
      if (model.stopped()) {
        spec.commandLine()
            .getErr()
            .println("interrupted; resume it with: " + NextCommand.of(again(ownSeed)));
        return Interruption.EXIT_CODE;
      }
      if (model.diverged()) {
        disk.delete(checkpoints);
        throw new UserError(
            UserError.Kind.RUN,
            path + ": the training diverged with seed " + ownSeed + "; try another --seed");
      }
      Tested tested = retrained.test().get();
      Path exported = export(run, experiment, data, retrained, tested, ownSeed);
      disk.delete(checkpoints);
      PrintWriter out = spec.commandLine().getOut();
      Goal goal = result.goal();
      out.printf(
          Locale.ROOT,
          "%-19s %s%s%n",
          "test " + goal.text(),
          Significant.figure(tested.figure(goal)),
          MetricsText.interval(goal, tested.metrics()));
      tested.metrics().ifPresent(metrics -> out.print(MetricsText.besides(goal, metrics)));
      tested.threshold().ifPresent(threshold -> out.print(MetricsText.of(threshold)));
      out.println("model               " + exported);
      out.flush();
    } catch (IOException failure) {
      throw DiskErrors.error(run.path(), failure);
    } finally {
      held.close();
    }
    return 0;
  }

  private String[] again(long ownSeed) {
    List<String> words =
        new ArrayList<>(List.of("retrain", path.toString(), "--seed", Long.toString(ownSeed)));
    overrides.forEach(override -> words.addAll(List.of("--set", override)));
    return words.toArray(String[]::new);
  }

  /** Keeps what was said of the data in the run's journal, where there is something. */
  private void note(RunDirectory run, ExperimentData data) {
    if (data.notes().isEmpty()) {
      return;
    }
    try (Journal journal = Journal.open(disk, run.journal())) {
      journal.damage().ifPresent(spec.commandLine().getErr()::println);
      data.notes().forEach(note -> journal.append(new JournalEntry.Event(data.noteName(), note)));
      journal.sync();
    }
  }

  private Path export(
      RunDirectory run,
      Experiment experiment,
      ExperimentData data,
      Retrained retrained,
      Tested tested,
      long ownSeed) {
    Score test = tested.score();
    Goal goal = experiment.goal();
    TreeMap<String, Double> metrics = new TreeMap<>();
    metrics.put("test." + goal.text(), tested.figure(goal));
    metrics.put("test.loss", test.loss());
    measured(metrics, goal, "training", retrained.model().training());
    measured(metrics, goal, "validation", retrained.model().validation());
    TreeMap<String, String> versions = new TreeMap<>();
    versions.put("tandem", run.manifest().version());
    versions.put("tensorflow", TensorFlow.version());
    ModelCard card =
        new ModelCard(
            experiment.name(),
            experiment.data().source().text(),
            data.features(),
            data.sha256(),
            data.split(),
            ownSeed,
            retrained.model().candidate(),
            experiment.retrain().ensemble(),
            metrics,
            tested.metrics(),
            versions,
            CommandText.of(List.of(again(ownSeed))));
    try {
      return new SavedModelExporter(experiment.export(), disk)
          .export(retrained.servable(), run.model(), VersionDirectory.next(run.model()), card);
    } catch (IOException failure) {
      throw new UserError(
          UserError.Kind.RUN, run.model() + ": cannot be listed; check its permissions", failure);
    }
  }

  private static void measured(Map<String, Double> metrics, Goal goal, String part, Score score) {
    double figure = goal.figure(score.loss(), score.accuracy());
    if (!Double.isNaN(figure)) {
      metrics.put(part + "." + goal.text(), figure);
    }
  }

  /** Prints every tenth epoch and keeps checkpoints. */
  private static final class Hooks implements RetrainHooks {
    private final Experiment experiment;
    private final CheckpointStore store;
    private final RetrainCheckpoints checkpoints;
    private final PrintWriter err;
    private final BooleanSupplier interrupted;

    Hooks(
        Disk disk, Experiment experiment, Path root, PrintWriter err, BooleanSupplier interrupted) {
      this.experiment = experiment;
      this.store =
          new CheckpointStore(disk, root, experiment.report().keepCheckpoints(), err::println);
      this.checkpoints = new RetrainCheckpoints(disk, store);
      this.err = err;
      this.interrupted = interrupted;
    }

    @Override
    public Optional<RetrainState> resume(Consumer<TrainingState> restore) {
      return store
          .latestIfAny(checkpoint -> true, "is not wanted")
          .map(checkpoint -> RetrainCheckpoints.read(checkpoint, restore));
    }

    @Override
    public void epoch(EpochReport report) {
      if (report.last() || report.epoch() == report.epochs() || report.epoch() % 10 == 0) {
        err.printf(
            Locale.ROOT,
            "retrain: epoch %d of %d, loss %.4f%n",
            report.epoch(),
            report.epochs(),
            report.trainingLoss());
        err.flush();
      }
    }

    @Override
    public void ended(EarlyEnd end) {
      err.println("retrain: " + end.text());
      err.flush();
    }

    @Override
    public void kept(BestEpoch epoch) {
      err.println("retrain: " + epoch.text());
      err.flush();
    }

    @Override
    public boolean step(long step, Supplier<RetrainState> state) {
      boolean stop = interrupted.getAsBoolean();
      if (stop || step % experiment.retrain().checkpointEvery() == 0) {
        checkpoints.save(state.get(), JsonNodeFactory.instance.objectNode());
      }
      return !stop;
    }
  }
}
