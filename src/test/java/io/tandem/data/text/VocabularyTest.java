package io.tandem.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tandem.data.DataException;
import io.tandem.data.StoredBytes;
import io.tandem.data.TextSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model is worth nothing beside a vocabulary whose indices are not those it was trained with. */
class VocabularyTest {
  private static final String TEXT = "b a c a <unk>\nc d a e <unk>\n";

  @TempDir private Path folder;

  private static Text read(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return TextReader.read(
        new StoredBytes("text", TextReader.KIND, () -> new ByteArrayInputStream(bytes)),
        StoredBytes.sha256());
  }

  private static Vocabulary of(String text, int size, int minimumCount) {
    return Vocabulary.of(read(text), new TextSettings(size, minimumCount, 0.1));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, <unk> <eos> a c b d e",
    "7, 1, <unk> <eos> a c b d e",
    "6, 1, <unk> <eos> a c b d",
    "3, 1, <unk> <eos> a",
    "0, 2, <unk> <eos> a c",
    "3, 2, <unk> <eos> a",
    "9, 3, <unk> <eos> a"
  })
  void of_cuts_keepTheMostFrequentAndOfThoseTheFirst(int size, int minimumCount, String expected) {
    assertThat(of(TEXT, size, minimumCount).words()).containsExactly(expected.split(" "));
  }

  @Test
  void encode_otherText_makesTheRestUnknown() {
    Vocabulary vocabulary = of(TEXT, 4, 1);
    assertThat(vocabulary.encode(read("c z a\n\n<unk> b <eos> a")))
        .containsExactly(3, 0, 2, 1, 1, 0, 0, 1, 2, 1);
    assertThat(vocabulary.index("z")).isEqualTo(Vocabulary.UNKNOWN);
    assertThat(vocabulary.word(3)).isEqualTo("c");
    assertThat(vocabulary.size()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"0, 4", "2, 1", "2, 4"})
  void of_cutThatLeavesNothing_isRefused(int size, int minimumCount) {
    assertThat(catchThrowableOfType(DataException.class, () -> of(TEXT, size, minimumCount)))
        .hasMessage(
            "text: none of the 10 words of the training part is kept, expected at least one; raise"
                + " data.text_format.vocabulary = "
                + size
                + " (0 is no limit) or lower data.text_format.min_count = "
                + minimumCount);
  }

  @Test
  void load_savedVocabulary_isTheSame() throws IOException {
    Vocabulary vocabulary = of("straße \uD83D\uDE00 straße é “x”", 0, 1);
    Path file = Files.writeString(folder.resolve("words.txt"), vocabulary.text());
    assertThat(Files.readAllLines(file)).isEqualTo(vocabulary.words());
    assertThat(Vocabulary.load(file)).isEqualTo(vocabulary).hasSameHashCodeAs(vocabulary);
    assertThat(vocabulary.sha256())
        .isEqualTo(HexFormat.of().formatHex(StoredBytes.sha256().digest(Files.readAllBytes(file))));
    assertThat(of(TEXT, 3, 1)).isNotEqualTo(of(TEXT, 4, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                              | :1: the file ends, expected at least 3 lines
          <unk>\\n<eos>\\n                | :3: the file ends, expected at least 3 lines
          <unk>\\n<eos>\\na\\nbc          | :4: the file ends within the line, expected a line feed
          a\\n<eos>\\nb\\n                | :1: "a", expected <unk>
          <unk>\\na\\nb\\n                | :2: "a", expected <eos>
          <unk>\\n<eos>\\na\\n\\nb\\n     | :4: "", expected one word without white space
          <unk>\\n<eos>\\na b\\n          | :3: "a b", expected one word without white space
          <unk>\\n<eos>\\na\\nb\\na\\n    | :5: "a", which is in line 3 too, expected different words
          <unk>\\n<eos>\\n<unk>\\n        | :3: "<unk>", which is in line 1 too, expected different words
          """)
  void load_damagedFile_isRefusedWithItsLine(String text, String expected) throws IOException {
    Path file = Files.writeString(folder.resolve("words.txt"), text.translateEscapes());
    assertThat(catchThrowableOfType(DataException.class, () -> Vocabulary.load(file)))
        .hasMessage(file + expected + "; give the file as the program wrote it");
  }

  @Test
  void load_undecodableOrMissingFile_isRefused() throws IOException {
    Path file = folder.resolve("words.txt");
    assertThat(catchThrowableOfType(DataException.class, () -> Vocabulary.load(file)))
        .hasMessage(file + ": no such file; check the name and the folder");
    Files.write(file, "<unk>\n<eos>\nè\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(catchThrowableOfType(DataException.class, () -> Vocabulary.load(file)))
        .hasMessage(file + ":3: the line is not UTF-8; give the file as the program wrote it");
  }

  @Test
  void vocabulary_impossible_isRefused() {
    for (List<String> words :
        List.of(
            List.of("<unk>", "<eos>"),
            List.of("<eos>", "<unk>", "a"),
            List.of("<unk>", "<eos>", ""),
            List.of("<unk>", "<eos>", "a b"),
            List.of("<unk>", "<eos>", "a", "a"))) {
      assertThatThrownBy(() -> new Vocabulary(words)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
