package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tandem.disk.Disk;
import io.tandem.disk.UserError;
import io.tandem.export.ExportFixtures;
import io.tandem.export.ExportSettings;
import io.tandem.export.SavedModelExporter;
import io.tandem.export.TextFixtures;
import io.tandem.serve.Predictor;
import io.tandem.serve.TextPredictor;
import io.tandem.testing.ChildProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Lines of a text get one line each, in their order, and what is no text one that says why. */
class TextPredictTest {
  private static final int THE = 2;
  private static final int OF = 3;

  @TempDir private static Path folder;
  private static Path version = Path.of("");

  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  @BeforeAll
  static void export() {
    version = TextFixtures.export(folder.resolve("run/model"));
  }

  @BeforeEach
  void clear() {
    out = new StringWriter();
    err = new StringWriter();
  }

  private int predict(Path file, String... more) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err, true));
    List<String> arguments =
        new ArrayList<>(
            List.of("predict", folder.resolve("run").toString(), "--input", file.toString()));
    arguments.addAll(List.of(more));
    return line.execute(arguments.toArray(String[]::new));
  }

  private static Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("input.txt"), bytes);
  }

  private static Path file(String text) throws IOException {
    return file(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What was printed below the header. */
  private List<String> answers() {
    assertThat(out.toString().lines()).first().isEqualTo("perplexity,log_probability,words");
    return out.toString().lines().skip(1).toList();
  }

  private static void assertLine(String line, int... tokens) {
    String[] cells = line.split(",", -1);
    double expected = TextFixtures.logProbability(tokens);
    double perplexity = Math.exp(-expected / tokens.length);
    assertThat(cells).hasSize(3);
    assertThat(Double.parseDouble(cells[0])).isCloseTo(perplexity, within(1e-4 * perplexity));
    assertThat(Double.parseDouble(cells[1])).isCloseTo(expected, within(1e-4));
    assertThat(cells[2]).isEqualTo(Integer.toString(tokens.length));
  }

  @Test
  void predict_text_oneLinePerLine() throws IOException {
    assertThat(predict(file("\uFEFFthe of\n\nof bird\r\nthe"))).as(err.toString()).isZero();
    List<String> lines = answers();
    assertThat(lines).hasSize(4);
    assertLine(lines.get(0), THE, OF, 1);
    assertLine(lines.get(1), 1);
    assertLine(lines.get(2), OF, 0, 1);
    assertLine(lines.get(3), THE, 1);
  }

  @Test
  void predict_json_hasTheSameNumbers() throws IOException {
    assertThat(predict(file("the of\n"))).isZero();
    String[] cells = answers().get(0).split(",", -1);
    out = new StringWriter();
    assertThat(predict(file("the of\n"), "--format", "json")).isZero();
    assertThat(out.toString().strip())
        .isEqualTo(
            "{\"perplexity\":%s,\"log_probability\":%s,\"words\":%s}"
                .formatted(cells[0], cells[1], cells[2]));
  }

  /** More lines than a batch has, of which one is long. */
  @Test
  void predict_manyLinesCompressed_keepTheirOrder() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < 70; line++) {
      text.append("the ".repeat(line == 40 ? 30_000 : line % 3)).append("of\n");
    }
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream stream = new GZIPOutputStream(compressed)) {
      stream.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    assertThat(predict(file(compressed.toByteArray()))).as(err.toString()).isZero();
    List<String> lines = answers();
    assertThat(lines).hasSize(70);
    for (int line = 0; line < 70; line++) {
      if (line != 40) {
        int[] tokens = new int[line % 3 + 2];
        Arrays.fill(tokens, THE);
        tokens[tokens.length - 2] = OF;
        tokens[tokens.length - 1] = 1;
        assertLine(lines.get(line), tokens);
      }
    }
    assertThat(lines.get(40)).endsWith(",30002");
  }

  @Test
  void predict_inAFreshProcess_answersAsTheNetwork() throws Exception {
    Process process =
        ChildProcess.start(
            Main.class.getName(),
            "",
            "predict",
            version.toString(),
            "--input",
            file("of the\nthe bird\n").toString());
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    List<String> lines =
        printed.lines().filter(line -> line.matches("[0-9.]+,-[0-9.]+,[0-9]+")).toList();
    assertThat(lines).hasSize(2);
    assertLine(lines.get(0), OF, THE, 1);
    assertLine(lines.get(1), THE, 0, 1);
  }

  private void assertRefused(Path input, String place) {
    assertThat(predict(input)).isEqualTo(3);
    assertThat(err.toString()).contains(place).hasLineCount(1);
  }

  @Test
  void predict_undecodableByte_isRefusedWithItsPlace() throws IOException {
    byte[] bytes = "the\nof\nof x\n".getBytes(StandardCharsets.UTF_8);
    bytes[10] = (byte) 0xe9;
    assertRefused(file(bytes), "input.txt:10: byte 0xe9 is not UTF-8; save the file as UTF-8");
  }

  @Test
  void predict_emptyMissingOrFolder_isRefused() throws IOException {
    assertRefused(file(""), "input.txt: no line, expected at least one");
    clear();
    assertRefused(folder.resolve("none.txt"), "none.txt: no such file");
    clear();
    assertRefused(folder, "is a directory, expected one text file");
  }

  @Test
  void open_otherModels_areRefused() {
    assertThatThrownBy(() -> Predictor.open(version, false))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("has no fitting features");
    Path rows =
        new SavedModelExporter(new ExportSettings(List.of(1)), Disk.system())
            .export(
                ExportFixtures.servable(List.of()),
                folder.resolve("rows"),
                1,
                ExportFixtures.card());
    assertThat(TextPredictor.fits(rows)).isFalse();
    assertThat(TextPredictor.fits(version)).isTrue();
    assertThatThrownBy(() -> TextPredictor.open(rows, false))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("has no fitting signature score");
  }
}
