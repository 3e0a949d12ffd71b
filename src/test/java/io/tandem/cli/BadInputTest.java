package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.tandem.config.ConfigLoader;
import io.tandem.config.EffectiveConfig;
import io.tandem.disk.Disk;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.RunManifest;
import io.tandem.export.ExportFixtures;
import io.tandem.export.ExportSettings;
import io.tandem.export.SavedModelExporter;
import io.tandem.graph.session.Placement;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * Whatever is wrong with what a user gives, the whole command answers with one line that names the
 * place, the value and the remedy, and its exit code, and leaves nothing behind. The tests work for
 * the superuser too, who may read and write almost everything.
 */
final class BadInputTest {
  @TempDir private static Path folder = Path.of("");

  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(new StringWriter()));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  private void assertOneLine(String... parts) {
    // What the data are is said before anything can be wrong with the rest.
    List<String> lines =
        err.toString().lines().filter(line -> !line.matches("(classes|budget): .*")).toList();
    assertThat(lines).singleElement(STRING).startsWith("tandem: ").contains(parts);
    assertThat(err.toString()).doesNotContain("unexpected", "\tat ");
  }

  /** What a search refuses, a check refuses. */
  @Test
  void check_withoutTheDevice_refusesAsASearchDoes() {
    assumeFalse(Placement.of(ConfigLoader.defaults(List.of()).experiment().runtime()).gpu());
    assertThat(run("check", "--set", "runtime.device=GPU")).isEqualTo(2);
    assertOneLine("runtime.device: GPU is not allowed here", "use AUTO or CPU");
  }

  static Stream<Arguments> tables() {
    return Stream.of(
        Arguments.of("a,b,c\n", new String[] {":", "a header and no rows"}),
        Arguments.of("", new String[] {"the file is empty"}),
        Arguments.of("a,b,c\n1,2,x\n1,x\n", new String[] {":3:3: the row has 2 cells"}),
        Arguments.of("a,b,c\n1,2,x\n1,two,x\n", new String[] {":3:2: \"two\" is not a number"}),
        Arguments.of("a,b,c\n1,inf,x\n", new String[] {":2:2: \"inf\" is not finite"}),
        Arguments.of(
            "a,b,c\n" + "1,,x\n3,NA,y\n".repeat(9),
            new String[] {"column \"b\" has no value in any training row", "data.format.ignore=b"}),
        Arguments.of(
            "b,c\nu,x\nv,x\nw,x\nq,y\nr,y\ns,y\n",
            new String[] {"every column but the label differs from row to row", "add columns"}),
        Arguments.of(
            "a,b,c\n1,2,x\n1,2,x\n1,2,x\n3,4,y\n3,4,y\n",
            new String[] {":5:3: class \"y\" has 2 rows, expected at least 3", "add rows"}),
        Arguments.of(
            "a,b,c\n1,2,x\n1,2,x\n1,2,x\n", new String[] {"every row has the label \"x\""}));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void search_unsuitableTable_exitsWithThreeAndMakesNoRun(String table, String[] parts)
      throws IOException {
    Path file = Files.writeString(folder.resolve("table.csv"), table);
    Path out = folder.resolve("out");
    assertThat(run("search", "--out", out.toString(), "--set", "data.csv.file=" + file))
        .isEqualTo(3);
    assertOneLine(parts);
    assertThat(err.toString()).startsWith("tandem: " + file);
    assertThat(out).doesNotExist();
  }

  /** A missing file, a directory, and one that even the superuser cannot read. */
  @ParameterizedTest
  @MethodSource
  void search_unreadableTable_exitsWithThreeAndMakesNoRun(String file, String part) {
    Path out = folder.resolve("out");
    assertThat(run("search", "--out", out.toString(), "--set", "data.csv.file=" + file))
        .isEqualTo(3);
    assertOneLine(file, part);
    assertThat(out).doesNotExist();
  }

  static Stream<Arguments> search_unreadableTable_exitsWithThreeAndMakesNoRun() {
    return Stream.of(
        Arguments.of("/nowhere/table.csv", "no such file"),
        Arguments.of("/tmp", "is a directory"),
        Arguments.of("/proc/self/mem", "cannot be read"));
  }

  @Test
  void search_unknownLabelColumn_exitsWithThreeAndSuggests() throws IOException {
    Path file = Files.writeString(folder.resolve("good.csv"), "a,b,species\n1,2,x\n");
    assertThat(
            run(
                "search",
                "--out",
                folder.resolve("out").toString(),
                "--set",
                "data.csv.file=" + file,
                "--set",
                "data.format.label=spices"))
        .isEqualTo(3);
    assertOneLine(file + ":1: no column is called \"spices\"", "did you mean \"species\"?");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  static Stream<Arguments> settings() {
    return Stream.of(
        Arguments.of("serch.batch=5", "serch", "search"),
        Arguments.of("search.batches=5", "search.batches", "batch"),
        Arguments.of("search.batch=0", "search.batch: 0 is not allowed", "1..65536"),
        Arguments.of("search.batch=many", "search.batch: \"many\" is not allowed", "an integer"),
        Arguments.of("search.derive.keep=-1", "search.derive.keep: -1", "expected 0..10000"),
        Arguments.of("data.split.train=0.9", "data.split: the shares sum to", "expected 1"),
        Arguments.of(
            "search.budget.examples=10", "search.budget.examples: 10 is too small", "raise"));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void search_badSetting_exitsWithTwoAndMakesNoRun(String set, String place, String remedy) {
    Path out = folder.resolve("out");
    assertThat(run("search", "--out", out.toString(), "--set", set)).isEqualTo(2);
    assertOneLine(place, remedy);
    assertThat(out).doesNotExist();
  }

  /** Convolutional networks cannot be tuned or audited yet, nor see a table. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          check | macro | data.csv.file=table.csv | space.macro: contradicts data.csv
          tune  | macro | seed=1                  | space.macro: not allowed with tandem tune
          audit | macro | seed=1                  | space.macro: not allowed with tandem audit
          check | micro | data.csv.file=table.csv | space.micro: contradicts data.csv
          tune  | micro | seed=1                  | space.micro: not allowed with tandem tune
          audit | micro | seed=1                  | space.micro: not allowed with tandem audit
          """)
  void imageNetworks_whereTheyCannotBe_exitWithTwo(
      String command, String networks, String set, String expected) {
    assertThat(run(command, "--set", "space=" + networks, "--set", set)).isEqualTo(2);
    assertOneLine(expected, "use ", "space.perceptron");
  }

  @Test
  void search_misspeltKeyInFile_namesLineAndColumn() throws IOException {
    Path file = Files.writeString(folder.resolve("own.pbtxt"), "seed: 1\nserch { batch: 5 }\n");
    assertThat(run("search", file.toString(), "--out", folder.resolve("out").toString()))
        .isEqualTo(2);
    assertOneLine(file + ":2:1", "serch", "search");
  }

  static Stream<Arguments> places() throws IOException {
    Path file = Files.writeString(folder.resolve("note.txt"), "mine");
    Path full = Files.createDirectories(folder.resolve("full"));
    Files.writeString(full.resolve("note.txt"), "mine");
    return Stream.of(
        Arguments.of(file.toString(), 2, "is a file; name a directory"),
        Arguments.of(full.toString(), 2, "exists and is not a run; name an empty directory"),
        Arguments.of(file.resolve("run").toString(), 4, "; "),
        Arguments.of("/proc/tandem-run", 4, "; "));
  }

  @ParameterizedTest
  @MethodSource("places")
  void search_placeThatCannotHoldARun_isRefusedAndLeftAlone(String out, int code, String remedy)
      throws IOException {
    assertThat(run("search", "--out", out)).isEqualTo(code);
    assertOneLine(out + ": ", remedy);
    assertThat(folder.resolve("note.txt")).hasContent("mine");
    try (var entries = Files.list(folder.resolve("full"))) {
      assertThat(entries).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource
  void commands_directoryThatIsNoRun_exitWithFour(String[] arguments) throws IOException {
    Path none = Files.createDirectories(folder.resolve("none"));
    String[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = none.toString();
    assertThat(run(all)).isEqualTo(4);
    assertOneLine(none + ": is not a run", "tandem runs lists the runs");
  }

  static Stream<Arguments> commands_directoryThatIsNoRun_exitWithFour() {
    return Stream.of("search --resume", "show", "retrain", "export")
        .map(command -> Arguments.of((Object) command.split(" ")));
  }

  @Test
  void resume_changedConfiguration_exitsWithTwoHoweverItWasChanged() throws IOException {
    RunDirectory run = createRun("changed");
    assertThat(run("search", "--resume", run.path().toString(), "--set", "seed=9")).isEqualTo(2);
    assertOneLine(run.config() + ": the run began with another configuration", "new run");
    err.getBuffer().setLength(0);
    Files.writeString(run.config(), run.configText().replace("seed: 1\n", "seed: 2\n"));
    assertThat(run("search", "--resume", run.path().toString())).isEqualTo(2);
    assertOneLine(run.config() + ": was changed after the run began", "new run");
  }

  @Test
  void resume_damagedRunFile_exitsWithFour() throws IOException {
    RunDirectory run = createRun("damaged");
    Files.writeString(run.path().resolve("run.json"), "{");
    assertThat(run("search", "--resume", run.path().toString())).isEqualTo(4);
    assertOneLine(run.path().resolve("run.json") + ": is damaged; restore it");
  }

  @Test
  void resume_onlyCheckpointTruncated_exitsWithFourAndKeepsTheJournal() throws IOException {
    RunDirectory run = createRun("truncated");
    Path checkpoint = Files.createDirectories(run.checkpoints().resolve("step-5"));
    Files.writeString(checkpoint.resolve("manifest.json"), "{\"step\":5,");
    assertThat(run("search", "--resume", run.path().toString())).isEqualTo(4);
    assertOneLine(
        checkpoint.resolve("manifest.json") + ": is truncated or was altered",
        "restore one from a copy or start a new run");
    assertThat(checkpoint.resolve("manifest.json")).exists();
  }

  @Test
  void resume_otherData_exitsWithThreeAndKeepsTheRun() throws IOException {
    RunDirectory run = createRun("other-data");
    Path seal = Files.writeString(run.path().resolve("data.sha256"), "0123\n");
    assertThat(run("search", "--resume", run.path().toString())).isEqualTo(3);
    assertOneLine(
        seal + ": the run began with data of SHA-256 0123, the data given now have ",
        "put the old files back, say where they are with --set data.csv.file=PATH");
    assertThat(seal).hasContent("0123");
  }

  private static RunDirectory createRun(String name) {
    EffectiveConfig config = ConfigLoader.defaults(List.of("space.perceptron.layers=1"));
    return RunDirectory.create(
        Disk.system(),
        folder.resolve(name),
        new RunManifest("x", 1, "joint", "tandem search", Instant.EPOCH, "0", config.hash()),
        config.text());
  }

  @BeforeAll
  static void exportModel() {
    new SavedModelExporter(new ExportSettings(List.of(1)), Disk.system())
        .export(
            ExportFixtures.servable(List.of()),
            folder.resolve("exported/model"),
            1,
            ExportFixtures.card());
  }

  static Stream<Arguments> requests() {
    return Stream.of(
        Arguments.of("nowhere", "1,2,3,4\n", "nowhere: no such directory", "expected a run"),
        Arguments.of("empty", "1,2,3,4\n", "empty: holds no model", "expected a finished run"),
        Arguments.of("exported", "1,2,3\n", "rows.csv:1: the row has 3 cells", "expected the 4"),
        Arguments.of("exported", "1,2,3,4\n1,x,3,4\n", "rows.csv:2:2: \"x\"", "correct the cell"),
        Arguments.of("exported", "1,2,NaN,4\n", "rows.csv:1:3: \"NaN\"", "fill it in"),
        Arguments.of("exported", "", "rows.csv: the file is empty", "expected rows"));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void predict_badModelOrRows_exitsWithThree(String model, String rows, String place, String remedy)
      throws IOException {
    Files.createDirectories(folder.resolve("empty"));
    Path file = Files.writeString(folder.resolve("rows.csv"), rows);
    List<String> arguments = new ArrayList<>(List.of("predict", folder.resolve(model).toString()));
    arguments.addAll(List.of("--input", file.toString()));
    assertThat(run(arguments.toArray(new String[0]))).isEqualTo(3);
    assertOneLine(place, remedy);
  }
}
