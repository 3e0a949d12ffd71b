package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.data.text.Vocabulary;
import io.tandem.report.Results;
import io.tandem.testing.TinyText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What commands say of language models: texts are checked, and what is not there says so. */
class TextCommandTest {
  @TempDir private Path folder = Path.of("");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String command, String... overrides) throws IOException {
    Files.writeString(folder.resolve("train.txt"), "a b c\nb c\n".repeat(20));
    Files.writeString(folder.resolve("test.txt"), "a b\nd\n");
    List<String> all = new ArrayList<>(List.of("space=recurrent"));
    all.add("data.text.train=" + folder.resolve("train.txt"));
    all.add("data.text.test=" + folder.resolve("test.txt"));
    all.addAll(List.of(overrides));
    return execute(command, all);
  }

  private int execute(String command, List<String> overrides, String... arguments) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err, true));
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(arguments));
    overrides.forEach(override -> all.addAll(List.of("--set", override)));
    return line.execute(all.toArray(String[]::new));
  }

  @Test
  void check_texts_tellsTheirSizes() throws IOException {
    assertThat(run("check", "search.batch=2", "retrain.batch=2", "data.text_format.window=10"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains("126 training, 14 validation, 5 test tokens, 5 words in the vocabulary");
    assertThat(err.toString()).contains("unknown");
  }

  @Test
  void search_textShorterThanAWindowOfEveryRow_isOneLine() throws IOException {
    assertThat(run("search")).isEqualTo(3);
    assertThat(err.toString())
        .contains(
            "training part: 126 tokens, expected at least 2241 for one window of 35 tokens in each"
                + " of 64 streams; use a smaller batch, a shorter window or a longer text");
  }

  @Test
  void search_text_endsWithPerplexitiesAndAModelThatScoresLines() throws IOException {
    Path run = folder.resolve("run");
    List<String> overrides = TinyText.ofRun(folder);
    assertThat(execute("search", overrides, "--out", run.toString())).as(err.toString()).isZero();
    Results results = Results.read(run.resolve("result.json")).orElseThrow();
    // Eight words, each of which follows from the one before; guessing would be 10.
    assertThat(results.test()).isBetween(1.0, 6.0);
    assertThat(out.toString()).contains("test perplexity").contains("validation perplexity");
    assertThat(Vocabulary.load(run.resolve("vocabulary.txt")).words()).contains("ape", "hen");
    assertThat(run.resolve("winner.svg")).content().contains("10 words");

    out.getBuffer().setLength(0);
    String lines = folder.resolve("test.txt").toString();
    assertThat(execute("predict", List.of(), run.toString(), "--input", lines)).isZero();
    assertThat(out.toString().lines().skip(1))
        .hasSize(20)
        .allMatch(line -> line.split(",").length == 3);
    out.getBuffer().setLength(0);
    assertThat(execute("show", List.of(), run.toString())).isZero();
    assertThat(out.toString())
        .contains("perplexity " + String.format(Locale.ROOT, "%.2f", results.test()));
    out.getBuffer().setLength(0);
    assertThat(execute("retrain", List.of(), run.toString())).as(err.toString()).isZero();
    assertThat(out.toString()).startsWith("test perplexity     ");
  }

  @Test
  void train_publishedCell_isTrainedAndExported() throws IOException {
    Path run = folder.resolve("run");
    List<String> overrides = new ArrayList<>(TinyText.ofRun(folder));
    overrides.add("fixed_optimizer.learning_rate=1");
    overrides.add("retrain.with_validation=true");
    int code =
        execute("train", overrides, "--out", run.toString(), "--architecture", "0 0 0 1 1 2 2 3 3");
    assertThat(code).as(err.toString()).isZero();
    Results results = Results.read(run.resolve("result.json")).orElseThrow();
    assertThat(results.winner().architecture().recurrent().nodes()).hasSize(4);
    assertThat(results.validation()).isNaN();
  }
}
