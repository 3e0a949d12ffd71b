package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What commands say of language models: texts are checked, and what is not there says so. */
class TextCommandTest {
  @TempDir private Path folder = Path.of("");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String command) throws IOException {
    Files.writeString(folder.resolve("train.txt"), "a b c\nb c\n".repeat(20));
    Files.writeString(folder.resolve("test.txt"), "a b\nd\n");
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err, true));
    return line.execute(
        command,
        "--set",
        "space=recurrent",
        "--set",
        "data.text.train=" + folder.resolve("train.txt"),
        "--set",
        "data.text.test=" + folder.resolve("test.txt"));
  }

  @Test
  void check_texts_tellsTheirSizes() throws IOException {
    assertThat(run("check")).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("126 training, 14 validation, 5 test tokens, 5 words in the vocabulary");
    assertThat(err.toString()).contains("unknown");
  }

  @ParameterizedTest
  @ValueSource(strings = {"search", "describe"})
  void command_recurrentCells_saysThatTheyCannotBeTrainedYet(String command) throws IOException {
    assertThat(run(command)).isEqualTo(2);
    assertThat(err.toString())
        .contains("space.recurrent: networks of recurrent cells cannot be trained yet")
        .hasLineCount(1);
  }
}
