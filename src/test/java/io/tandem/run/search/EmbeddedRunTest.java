package io.tandem.run.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tandem.cli.InProcess;
import io.tandem.testing.TinySearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table with a category of many values goes every way that a table goes. */
class EmbeddedRunTest {
  private static final int VALUES = 12;

  @TempDir private Path folder = Path.of("");

  private Path table = Path.of("");

  @BeforeEach
  void write() throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    StringBuilder text = new StringBuilder("a,shop,kind\n");
    for (int row = 0; row < 400; row++) {
      double a = random.nextDouble(-1, 1);
      int shop = random.nextInt(VALUES);
      boolean yes = a + (shop % 3 - 1) + random.nextDouble(-0.2, 0.2) > 0;
      text.append(String.format(Locale.ROOT, "%.3f,shop-%d,%s%n", a, shop, yes ? "yes" : "no"));
    }
    table = Files.writeString(folder.resolve("shops.csv"), text);
  }

  private InProcess.Ended run(String command, String... settings) {
    List<String> arguments = new ArrayList<>(List.of(command));
    List<String> all =
        new ArrayList<>(
            List.of("data.csv.file=" + table, "data.format.one_hot=8", "retrain.ensemble=1"));
    all.addAll(Arrays.asList(settings));
    all.forEach(set -> arguments.addAll(List.of("--set", set)));
    arguments.addAll(List.of("--out", folder.resolve("run").toString()));
    return InProcess.run(arguments.toArray(String[]::new));
  }

  private InProcess.Ended search(String... settings) {
    List<String> all = new ArrayList<>(TinySearch.overrides());
    all.addAll(Arrays.asList(settings));
    return run("search", all.toArray(String[]::new));
  }

  private JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "search.refine.steps=2",
        "search.response_through=SHARED",
        "search.architecture_gradient=GATES",
        "search.strategy=RANDOM",
        "search.strategy=NAS"
      })
  void search_codes_findsTheLengthOfEmbeddings(String way) throws IOException {
    InProcess.Ended ended = search(way, "space.perceptron.embeddings=3,5");
    assertThat(ended.code()).as(ended.err()).isZero();
    JsonNode result = json(folder.resolve("run/result.json"));
    int length = result.path("architecture").path(0).path("embedding").asInt();
    assertThat(length).isIn(3, 5);
    assertThat(folder.resolve("run/winner.txt"))
        .content()
        .startsWith("embeddings of length " + length + "\n0: 8 ");
    assertThat(folder.resolve("run/winner.svg")).content().contains("2 features, 1 embedded");
    assertThat(folder.resolve("run/config.pbtxt")).content().contains("embeddings: 5");

    InProcess.Ended answer =
        InProcess.run(
            "predict",
            folder.resolve("run").toString(),
            "--input",
            Files.writeString(folder.resolve("odd.csv"), "shop,a\nshop-1,0.5\nnew,0.5\n,0.5\n")
                .toString());
    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(answer.out().lines()).hasSize(4);

    InProcess.Ended again = InProcess.run("retrain", folder.resolve("run").toString());
    assertThat(again.code()).as(again.err()).isZero();
  }

  @Test
  void search_fewValues_hasNoSuchDecision() throws IOException {
    InProcess.Ended ended = search("data.format.one_hot=50");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(folder.resolve("run/result.json")).content().doesNotContain("embedding");
  }

  @Test
  void tune_codes_hasAnInputForEachValue() {
    InProcess.Ended ended =
        run(
            "tune",
            "tune.units=4",
            "tune.steps=5",
            "tune.batch=32",
            "tune.outer.steps=2",
            "tune.learning_rate.granularity=GLOBAL");
    assertThat(ended.code()).as(ended.err()).isZero();
  }

  @Test
  void tune_codesOfLearnedRows_areRefusedInOneLine() {
    InProcess.Ended ended = run("tune", "tune.units=4", "tune.steps=5", "tune.inputs.rows=6");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .contains(
            "tune.inputs.rows: 6 is not allowed where categories have more values than"
                + " data.format.one_hot, here 12: rows of their codes cannot be learned; use --set"
                + " data.format.one_hot=12, or leave the column out with data.format.ignore");
  }
}
