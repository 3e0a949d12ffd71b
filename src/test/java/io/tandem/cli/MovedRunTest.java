package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.report.Results;
import io.tandem.testing.RunFacts;
import io.tandem.testing.TinySearch;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A project can move, as a whole or its data alone, and goes on where it is then. */
class MovedRunTest {
  @TempDir private static Path folder = Path.of("");

  private static final Path BEGUN = Path.of("project/runs/one");

  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(new StringWriter()));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  @BeforeAll
  static void search() throws IOException {
    Path project = Files.createDirectories(folder.resolve("project/data"));
    StringBuilder table = new StringBuilder("a,b,kind\n");
    SplittableRandom random = new SplittableRandom(1);
    for (int row = 0; row < 200; row++) {
      double a = random.nextDouble();
      double b = random.nextDouble();
      table.append(a).append(',').append(b).append(',').append(a > b ? "x" : "y").append('\n');
    }
    Files.writeString(project.resolve("d.csv"), table);
    Files.writeString(folder.resolve("project/c.pbtxt"), "data { csv { file: \"data/d.csv\" } }\n");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "search",
                folder.resolve("project/c.pbtxt").toString(),
                "--out",
                folder.resolve(BEGUN).toString()));
    arguments.addAll(TinySearch.arguments());
    MovedRunTest test = new MovedRunTest();
    assertThat(test.run(arguments.toArray(String[]::new))).as(test.err.toString()).isZero();
  }

  /** A copy of the project in which the run is not finished, under a new name. */
  private static Path copy(String name) throws IOException {
    Path target = folder.resolve(name);
    try (Stream<Path> files = Files.walk(folder.resolve("project"))) {
      for (Path file : files.toList()) {
        Path to = target.resolve(folder.resolve("project").relativize(file));
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
    return target;
  }

  @Test
  void resumeAndRetrain_movedProject_findItsDataBesideIt() throws IOException {
    Path old = folder.resolve("project");
    Path project = copy("copy");
    Path run = project.resolve("runs/one");
    Results before = Results.read(run.resolve("result.json")).orElseThrow();
    Files.delete(run.resolve("result.json"));
    Path hidden = Files.move(old.resolve("data"), folder.resolve("hidden"));
    try {
      assertThat(run("search", "--resume", run.toString())).as(err.toString()).isZero();
      assertThat(Results.read(run.resolve("result.json")).orElseThrow().test())
          .isEqualTo(before.test());
      assertThat(run("retrain", run.toString())).as(err.toString()).isZero();
      assertThat(run.resolve("model/2")).isDirectory();
    } finally {
      Files.move(hidden, old.resolve("data"));
    }
  }

  @Test
  void resumeAndRetrain_dataElsewhere_areToldWhere() throws IOException {
    Path project = copy("elsewhere");
    Path run = project.resolve("runs/one");
    var before = RunFacts.of(run);
    Files.delete(run.resolve("result.json"));
    Path data = Files.move(project.resolve("data/d.csv"), folder.resolve("moved.csv"));
    Path old = Files.move(folder.resolve("project/data"), folder.resolve("away"));
    try {
      assertThat(run("search", "--resume", run.toString())).isEqualTo(3);
      assertThat(err.toString()).contains("no such file");
      String here = "data.csv.file=" + data;
      assertThat(run("search", "--resume", run.toString(), "--set", here))
          .as(err.toString())
          .isZero();
      assertThat(RunFacts.of(run)).isEqualTo(before);
      assertThat(run("retrain", run.toString(), "--set", here)).as(err.toString()).isZero();
      err.getBuffer().setLength(0);
      assertThat(run("retrain", run.toString(), "--set", "seed=2")).isEqualTo(2);
      assertThat(err.toString())
          .hasLineCount(1)
          .contains("seed=2: cannot be changed in a run", "data.csv.file");
    } finally {
      Files.move(old, folder.resolve("project/data"));
    }
  }

  @Test
  void resume_otherDataThere_isRefused() throws IOException {
    Path project = copy("other");
    Path run = project.resolve("runs/one");
    Files.delete(run.resolve("result.json"));
    Path other =
        Files.writeString(folder.resolve("other.csv"), "a,b,kind\n" + "1,2,x\n3,1,y\n".repeat(50));
    assertThat(run("search", "--resume", run.toString(), "--set", "data.csv.file=" + other))
        .isEqualTo(3);
    assertThat(err.toString().lines().filter(line -> line.startsWith("tandem: ")))
        .singleElement()
        .asString()
        .contains("data.sha256: the run began with data of SHA-256", "data.csv.file=PATH");
    assertThat(run.resolve("result.json")).doesNotExist();
  }

  @Test
  void resume_configurationGivenAgainAtItsNewPlace_isTheRuns() throws IOException {
    Path project = copy("again");
    Path run = project.resolve("runs/one");
    Files.delete(run.resolve("result.json"));
    List<String> arguments =
        new ArrayList<>(
            List.of("search", project.resolve("c.pbtxt").toString(), "--resume", run.toString()));
    arguments.addAll(TinySearch.arguments());
    assertThat(run(arguments.toArray(String[]::new))).as(err.toString()).isZero();
    Files.delete(run.resolve("result.json"));
    arguments.addAll(List.of("--set", "seed=3"));
    assertThat(run(arguments.toArray(String[]::new))).isEqualTo(2);
    assertThat(err.toString()).contains("the run began with another configuration");
  }
}
