package io.tandem.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.data.DataException;
import io.tandem.data.StoredBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers are given line by line: a line that is lost or made up moves all that follow. */
class TextLinesTest {
  @TempDir private Path folder = Path.of("");

  private List<String> read(String text) throws IOException {
    List<String> lines = new ArrayList<>();
    Path file = Files.writeString(folder.resolve("text"), text);
    TextLines.read(StoredBytes.file(file, TextLines.KIND), lines::add);
    assertThat(TextLines.whole(StoredBytes.file(file, TextLines.KIND)))
        .isEqualTo(text.replaceFirst("^\uFEFF", ""));
    return lines;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          a b\\n|a b
          a b|a b
          a\\n\\nb\\n|a//b
          \\n|''
          \\n\\n|/
          a\\r\\nb\\r\\n|a\\r/b\\r
          \\s\\n\\s|\\s/\\s
          """)
  void read_text_givesEachLineAsItIs(String text, String expected) throws IOException {
    assertThat(read(text.translateEscapes()))
        .containsExactly(expected.translateEscapes().split("/", -1));
  }

  @Test
  void read_byteOrderMark_isDroppedAtTheBeginningOnly() throws IOException {
    assertThat(read("\uFEFFa\n\uFEFFb")).containsExactly("a", "\uFEFFb");
    assertThatThrownBy(() -> read("\uFEFF")).isInstanceOf(DataException.class);
  }

  @Test
  void read_longLines_areWhole() throws IOException {
    List<String> lines = List.of("é".repeat(100_000), "", "\uD83D\uDE00".repeat(70_001));
    assertThat(read(String.join("\n", lines))).isEqualTo(lines);
  }
}
