package io.tandem.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tandem.data.DataException;
import io.tandem.data.StoredBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Perplexities can be compared with published ones only if the tokens are the published ones. */
class TextReaderTest {
  private static Text read(byte[] bytes) {
    StoredBytes input =
        new StoredBytes("text", TextReader.KIND, () -> new ByteArrayInputStream(bytes));
    return TextReader.read(input, StoredBytes.sha256());
  }

  private static Text read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> words(Text text) {
    return Arrays.stream(text.tokens()).mapToObj(text.words()::get).toList();
  }

  private static DataException refused(byte[] bytes) {
    return catchThrowableOfType(DataException.class, () -> read(bytes));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a b\\n                     | a b <eos>
          a b                        | a b <eos>
          ' \\n a  b \\n\\n'         | <eos> a b <eos> <eos>
          a\\r\\nb\\r\\n             | a <eos> b <eos>
          'a\\n '                    | a <eos> <eos>
          \\uFEFFa\\n                | a <eos>
          a\\uFEFF\\n                | a\\uFEFF <eos>
          a\\tb\\u00A0c\\u3000d\\u0085e\\u2028f | a b c d e f <eos>
          a <unk> <eos> b            | a <unk> <eos> b <eos>
          straße \\uD83D\\uDE00 “x”  | straße \\uD83D\\uDE00 “x” <eos>
          """)
  void read_lines_endWithTheirToken(String text, String expected) {
    assertThat(words(read(unicode(text).translateEscapes())))
        .containsExactly(unicode(expected).split(" "));
  }

  private static String unicode(String text) {
    return Pattern.compile("\\\\u([0-9A-F]{4})")
        .matcher(text)
        .replaceAll(found -> Character.toString(HexFormat.fromHexDigits(found.group(1))));
  }

  @Property(tries = 500)
  void read_anyText_givesTheWordsOfItsLines(
      @ForAll @StringLength(max = 40) @Chars({'a', 'b', 'é', '€', ' ', ' ', '\n', '\n', '\t'})
          String text) {
    List<String> expected = new ArrayList<>();
    for (String line : text.lines().toList()) {
      expected.addAll(Arrays.stream(line.split("\\s+")).filter(word -> !word.isEmpty()).toList());
      expected.add("<eos>");
    }
    if (expected.stream().allMatch("<eos>"::equals)) {
      assertThat(refused(text.getBytes(StandardCharsets.UTF_8)))
          .hasMessage("text: no word, expected words between white space; give a text");
    } else {
      assertThat(words(read(text))).isEqualTo(expected);
    }
  }

  @Test
  void read_moreThanABuffer_losesNothingAtItsEdge() {
    // Words of three bytes a letter and a blank: the edges of buffers lie within letters.
    String text =
        IntStream.range(0, 60_000)
            .mapToObj(word -> "€".repeat(1 + word % 5) + (word % 7 == 6 ? "\n" : " "))
            .collect(Collectors.joining());
    Text read = read(text);
    assertThat(read.wordCount()).isEqualTo(60_000);
    assertThat(read.words()).containsExactly("<unk>", "<eos>", "€", "€€", "€€€", "€€€€", "€€€€€");
    assertThat(read.counts()).containsExactly(0, 8572, 12000, 12000, 12000, 12000, 12000);
  }

  @Test
  void read_compressed_isTheSameAndTheHashThatOfTheFile() throws IOException {
    byte[] zipped = gzip("a b\nc\n");
    var digest = StoredBytes.sha256();
    Text text =
        TextReader.read(
            new StoredBytes("text", TextReader.KIND, () -> new ByteArrayInputStream(zipped)),
            digest);
    assertThat(text).usingRecursiveComparison().isEqualTo(read("a b\nc\n"));
    assertThat(digest.digest()).isEqualTo(StoredBytes.sha256().digest(zipped));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n", "\n \n\t\n", "\uFEFF", "<eos>\n"})
  void read_noWord_isRefused(String text) {
    assertThat(refused(text.getBytes(StandardCharsets.UTF_8)))
        .hasMessage("text: no word, expected words between white space; give a text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          6162e920    | text:2: byte 0xe9 is not UTF-8; save the file as UTF-8
          61c3a9e2    | text:3: byte 0xe2 is not UTF-8; save the file as UTF-8
          61c0af      | text:1: byte 0xc0 is not UTF-8; save the file as UTF-8
          61eda080    | text:1: byte 0xed is not UTF-8; save the file as UTF-8
          fffe6100    | text: is UTF-16 text; save it as UTF-8, expected one text file
          61006200    | text:1: byte 0x00 is not text; save the file as UTF-8
          """)
  void read_otherEncoding_isRefusedWithItsByte(String hex, String message) {
    assertThat(refused(HexFormat.of().parseHex(hex))).hasMessage(message);
  }

  @Property(tries = 50)
  void read_undecodableByteAnywhere_isNamed(
      @ForAll @IntRange(max = 200_000) int position, @ForAll boolean zipped) throws IOException {
    byte[] bytes = "é a\n".repeat(50_000).getBytes(StandardCharsets.UTF_8);
    int place = position - position % 5 + 2;
    bytes[place] = (byte) 0xff;
    assertThat(refused(zipped ? gzip(bytes) : bytes))
        .hasMessage("text:" + place + ": byte 0xff is not UTF-8; save the file as UTF-8");
  }

  @Test
  void read_truncatedArchive_isRefusedWhereverItEnds() throws IOException {
    byte[] zipped = gzip("the cat sat on the mat\n");
    for (int length = 2; length < zipped.length; length++) {
      assertThat(refused(Arrays.copyOf(zipped, length)))
          .hasMessageStartingWith("text: cannot be read (")
          .hasMessageEndingWith(
              "expected a complete text file, plain or compressed with gzip; create it again");
    }
  }

  @Property(tries = 500)
  void read_anyBytes_givesTokensOrOneLine(@ForAll @Size(max = 60) byte[] bytes) {
    try {
      assertThat(read(bytes).wordCount()).isPositive();
    } catch (DataException error) {
      assertThat(error.getMessage()).startsWith("text:").hasLineCount(1);
    }
  }

  private static byte[] gzip(String text) throws IOException {
    return gzip(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream stream = new GZIPOutputStream(bytes)) {
      stream.write(plain);
    }
    return bytes.toByteArray();
  }
}
