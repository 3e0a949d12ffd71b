package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.tandem.compare.Arm;
import io.tandem.compare.ComparisonDirectory;
import io.tandem.compare.ComparisonManifest;
import io.tandem.compare.Metric;
import io.tandem.config.ConfigLoader;
import io.tandem.disk.Disk;
import io.tandem.graph.session.Placement;
import io.tandem.space.Goal;
import io.tandem.testing.TinyText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Whatever is wrong with a comparison is said in one line before the first of many hours. */
final class CompareBadInputTest {
  @TempDir private Path folder = Path.of("");

  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("compare"));
    all.addAll(List.of(arguments));
    return run(all);
  }

  private int run(List<String> arguments) {
    err.getBuffer().setLength(0);
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(new StringWriter()));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments.toArray(String[]::new));
  }

  private void assertOneLine(String... parts) {
    assertThat(err.toString().lines()).singleElement(STRING).startsWith("tandem: ").contains(parts);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --seeds 1                                  | --arms: missing; name what is compared
          --arms joint,random                        | --seeds: missing; give some, for example --seeds 1..10
          --arms joint --seeds 1                     | arms: 1 given, expected 2..20
          --arms joint,randm --seeds 1               | arm randm: no arm has this name; did you mean random?
          --arms joint,zzzzzzzz --seeds 1            | expected one of joint, enas, enas_tuned_once, enas_then_hyperparameters, random,
          --arms joint,joint --seeds 1               | arm joint: given twice
          --arms joint,a=b --seeds 1                 | expected names or a .pbtxt file
          --arms nowhere.pbtxt --seeds 1             | nowhere.pbtxt: no such file
          --arms joint,random --seeds 1,1            | --seeds 1,1: 1 is given twice
          --arms joint,random --seeds 1..            | is not a seed
          --arms joint --arm x:serch.batch=3 --seeds 1 | arm x: serch.batch: unknown setting "serch"; did you mean search?
          --arms joint --arm x:search.batch=0 --seeds 1 | arm x: search.batch: 0 is not allowed
          --arms joint --arm x:seed=4 --seeds 1      | arm x: seed=4 is not allowed, it is the same for all
          --arms joint --arm x:data.split.train=0.5,data.split.test=0.3 --seeds 1 | arm x: data: source, format or division other than those of arm joint; set it for all
          --arms joint --arm x:runtime.intra_threads=1 --seeds 1 | arm x: runtime: threads other than those of arm joint
          --arms joint --arm x:search.budget.examples=900000 --seeds 1 | arm x: search.budget: examples other than those of arm joint (900000, not 1000000)
          --arms joint --arm x:retrain.examples=9000 --seeds 1 | arm x: retrain.examples: other than those of arm joint (9000, not 60000)
          --arms joint,random --seeds 1 --metric perplexity | --metric perplexity: these networks have none, expected accuracy or loss
          --arms joint,random --seeds 1 --metric luck | expected one of
          --arms joint,random --seeds 1 --offset-per-seed 0 | --offset-per-seed: 0 is not allowed, expected 1..1000000000
          --arms joint,random --seeds 1 --offset-per-seed 5 | --offset-per-seed 5: not allowed with these data, whose division follows the seed
          """)
  void compare_badInput_exitsWithTwoAndMakesNothing(String arguments, String expected) {
    List<String> all = new ArrayList<>(List.of("compare"));
    all.addAll(List.of(arguments.strip().split(" ")));
    Path out = folder.resolve("out");
    all.addAll(List.of("--out", out.toString()));
    assertThat(run(all)).isEqualTo(2);
    assertOneLine(expected);
    assertThat(out).doesNotExist();
  }

  /** Each mistake has its line, with the name of the arm. */
  @Test
  void compare_severalMistakesInAnArm_areALineEach() {
    assertThat(
            run(
                "--arms",
                "joint",
                "--arm",
                "bad: space.perceptron.layers=99, search.samples=0",
                "--seeds",
                "1..2"))
        .isEqualTo(2);
    assertThat(err.toString().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("tandem: arm bad: "))
        .noneMatch(line -> line.contains("\\u000a"))
        .anyMatch(line -> line.contains("space.perceptron.layers"))
        .anyMatch(line -> line.contains("search.samples"));
  }

  @Test
  void compare_withoutTheDeviceOfAnArm_isRefusedBeforeTheFirstCell() {
    assumeFalse(Placement.of(ConfigLoader.defaults(List.of()).experiment().runtime()).gpu());
    Path out = folder.resolve("out");
    assertThat(
            run(
                "--arms",
                "joint",
                "--arm",
                "fast: search.strategy=RANDOM, runtime.device=GPU",
                "--seeds",
                "1",
                "--out",
                out.toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("tandem: arm fast: runtime.device: GPU is not allowed");
    assertThat(out).doesNotExist();
  }

  @Test
  void compare_budgetTooSmall_saysTheLeastThatWorks() {
    for (String budget : List.of("10", "2000")) {
      assertThat(
              run(
                  "--arms",
                  "random,joint",
                  "--seeds",
                  "1",
                  "--set",
                  "search.budget.examples=" + budget,
                  "--out",
                  folder.resolve("out").toString()))
          .isEqualTo(2);
      assertOneLine(
          "search.budget.examples: " + budget + " is too small for arm joint, the least that works",
          "; raise it, for example with --set search.budget.examples=");
    }
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void compare_blocksOfTexts_needALimitAndEndWithTheText() throws IOException {
    List<String> all =
        new ArrayList<>(List.of("compare", "--arms", "joint,random", "--seeds", "1..9"));
    TinyText.ofRun(folder).forEach(set -> all.addAll(List.of("--set", set)));
    all.addAll(List.of("--offset-per-seed", "20", "--out", folder.resolve("out").toString()));
    assertThat(run(all)).isEqualTo(2);
    assertOneLine(
        "--offset-per-seed 20: expected data.text_format.limit, so that all seeds have blocks of one"
            + " size; set it, for example with --set data.text_format.limit=20");
    all.addAll(List.of("--set", "data.text_format.limit=20"));
    assertThat(run(all)).isEqualTo(3);
    assertOneLine(
        "train.txt: 160 lines, expected at least 180 as data.text_format.offset is 160 and"
            + " data.text_format.limit 20");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void resume_others_isRefusedInOneLine() {
    Path path = comparison();
    String[][] cases = {
      {"--arms", "joint,enas", "the comparison began with the arms joint (search.strategy=JOINT)"},
      {"--seeds", "1,3", "the comparison began with the seeds 1, 2, not 1, 3; resume it without"},
      {"--offset-per-seed", "7", "the comparison began with the offset per seed 0, not 7"},
      {"--set", "search.batch=7", "the comparison began with another configuration"},
      {"--metric", "perplexity", "these networks have none"},
      {"--out", "elsewhere", "--out elsewhere: not allowed with --resume"},
    };
    for (String[] each : cases) {
      assertThat(run("--resume", path.toString(), each[0], each[1])).isEqualTo(2);
      assertOneLine(each[2]);
    }
  }

  @Test
  void resume_alteredArm_isRefused() throws IOException {
    Path path = comparison();
    Files.writeString(path.resolve("arms/joint.pbtxt"), "seed: 2");
    assertThat(run("--resume", path.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("arms/joint.pbtxt: was altered since the comparison began");
  }

  @Test
  void resume_noComparison_exitsWithFour() {
    assertThat(run("--resume", folder.toString())).isEqualTo(4);
    assertOneLine("is not a comparison, it has no compare.json");
    assertThat(run("--resume", folder.resolve("none").toString())).isEqualTo(4);
    assertOneLine("no such directory");
  }

  @Test
  void compare_overAnother_isRefused() {
    Path path = comparison();
    assertThat(run("--arms", "joint,random", "--seeds", "1", "--out", path.toString()))
        .isEqualTo(2);
    assertOneLine("holds a comparison already", "tandem compare --resume " + path);
  }

  private Path comparison() {
    List<Arm> arms =
        List.of(
            new Arm("joint", List.of("search.strategy=JOINT")),
            new Arm("random", List.of("search.strategy=RANDOM")));
    List<String> texts =
        arms.stream().map(arm -> ConfigLoader.defaults(arm.overrides()).text()).toList();
    List<String> hashes =
        arms.stream().map(arm -> ConfigLoader.defaults(arm.overrides()).hash()).toList();
    return ComparisonDirectory.create(
            Disk.system(),
            folder.resolve("comparison"),
            new ComparisonManifest(
                "x",
                arms,
                hashes,
                List.of(1L, 2L),
                0,
                Metric.ACCURACY,
                Goal.ACCURACY,
                "tandem compare",
                Instant.EPOCH,
                "0"),
            texts)
        .path();
  }
}
