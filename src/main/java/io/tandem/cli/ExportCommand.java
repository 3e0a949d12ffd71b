package io.tandem.cli;

import io.tandem.disk.Disk;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.RunLock;
import io.tandem.disk.UserError;
import io.tandem.export.VersionCopy;
import io.tandem.graph.session.NativeLibrary;
import io.tandem.serve.ModelDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes the model of a finished run as the next version of a served directory. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Publishes a run's model as the next version in a directory.")
public final class ExportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "Directory of a finished run.")
  private Path run = Path.of("");

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "Directory that a server watches (default: model/ in the run).")
  private @Nullable Path to;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (to != null && Files.exists(to) && !Files.isDirectory(to)) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--to: " + to + " is a file, expected a directory; name one or a new one");
    }
    RunDirectory opened = RunDirectory.open(run);
    Path newest = ModelDirectory.resolve(opened.path());
    NativeLibrary.require();
    spec.commandLine().getOut().println(to == null ? within(opened, newest) : copy(newest, to));
    spec.commandLine().getOut().flush();
    return 0;
  }

  private static Path copy(Path newest, Path target) {
    return VersionCopy.next(Disk.system(), newest, target);
  }

  /** A run is written to by one process at a time. */
  private static Path within(RunDirectory run, Path newest) {
    RunLock lock = RunLock.acquire(Disk.system(), run.path());
    try (lock) {
      return copy(newest, run.model());
    }
  }
}
