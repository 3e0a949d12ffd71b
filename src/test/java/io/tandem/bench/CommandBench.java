package io.tandem.bench;

import io.tandem.disk.Disk;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whole commands as people type them: how long help and a check take, when a search is ready for
 * its first step, and what the default search with retraining and export takes in time and memory.
 */
public final class CommandBench {
  private static final Pattern READY = Pattern.compile("search: 0 of .*");
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  private final Path launcher;
  private final Path scratch;

  private CommandBench(Path launcher, Path scratch) {
    this.launcher = launcher;
    this.scratch = scratch;
  }

  /** The figures of one whole run. */
  private record Whole(double seconds, double megabytes) {}

  /**
   * Measures and prints one JSON line per figure.
   *
   * @param arguments optionally the number of runs of the short commands (7) and of the whole
   *     search (3)
   * @throws IOException if the launcher cannot be started
   * @throws InterruptedException if the bench is interrupted
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
    int wholes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
    CommandBench bench =
        new CommandBench(
            Path.of(System.getProperty("tandem.home"), "tandem").toRealPath(),
            Files.createTempDirectory("tandem-bench"));
    bench.seconds("--version"); // builds what is not built, and fills the disk's cache
    bench.ready(-1);
    double[] help = new double[runs];
    double[] check = new double[runs];
    double[] ready = new double[runs];
    for (int run = 0; run < runs; run++) {
      help[run] = bench.seconds("--help");
      check[run] = bench.seconds("check");
      ready[run] = bench.ready(run);
    }
    print("tandem --help", "time", "s", help);
    print("tandem check", "time", "s", check);
    print("tandem search", "ready for its first step", "s", ready);
    double[] seconds = new double[wholes];
    double[] megabytes = new double[wholes];
    for (int run = 0; run < wholes; run++) {
      Whole whole = bench.whole(run);
      seconds[run] = whole.seconds();
      megabytes[run] = whole.megabytes();
    }
    if (wholes > 0) {
      print("tandem search", "search, retraining and export", "s", seconds);
      print("tandem search", "peak resident memory", "MB", megabytes);
    }
    Disk.system().delete(bench.scratch);
  }

  private double seconds(String command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(launcher.toString(), command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    require(process.waitFor() == 0, command + " failed");
    return since(start);
  }

  /** The moment at which the progress says that no step has been taken yet; then it is killed. */
  private double ready(int run) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process = search("ready" + run);
    try (BufferedReader messages = process.errorReader(StandardCharsets.UTF_8)) {
      String line = messages.readLine();
      while (line != null && !READY.matcher(line).matches()) {
        line = messages.readLine();
      }
      require(line != null, "the search never became ready");
      return since(start);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private Whole whole(int run) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process = search("whole" + run);
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    double peak = 0;
    while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, peak(status));
    }
    require(process.exitValue() == 0, "the search failed");
    return new Whole(since(start), peak);
  }

  private Process search(String name) throws IOException {
    List<String> command =
        List.of(launcher.toString(), "search", "--out", scratch.resolve(name).toString());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    if (name.startsWith("whole")) {
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    }
    return builder.start();
  }

  /** The launcher becomes the JVM, so its process is the one to look at; 0 if it has just ended. */
  private static double peak(Path status) throws IOException {
    if (!Files.isReadable(status)) {
      return 0;
    }
    Matcher matcher = PEAK.matcher(Files.readString(status));
    return matcher.find() ? Long.parseLong(matcher.group(1)) * 1024 / 1e6 : 0;
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static void require(boolean met, String problem) {
    if (!met) {
      throw new IllegalStateException(problem);
    }
  }

  private static void print(String workload, String figure, String unit, double[] values) {
    System.out.println(Figure.of(workload, figure, unit, values).json());
  }
}
