package io.tandem.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tandem.data.Block;
import io.tandem.data.DataException;
import io.tandem.data.DataSettings;
import io.tandem.data.DataSource;
import io.tandem.data.SplitSettings;
import io.tandem.data.StoredBytes;
import io.tandem.data.TextSettings;
import io.tandem.data.source.DataLoader;
import io.tandem.graph.preprocessing.GraphImageDecoder;
import io.tandem.testing.ChildProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words of validation and test text must not reach the vocabulary, nor a word two parts. */
class TextLoaderTest {
  @TempDir private Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    write("train", "a b a\nc a b\n\nd e\n");
    write("valid", "a z\nb <unk>\n");
    write("test", "y a\n");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private TextSplit load(Optional<String> validation, TextSettings settings) {
    return TextLoader.load(
        new DataSource.Text(
            folder.resolve("train"),
            validation.map(folder::resolve),
            folder.resolve("test"),
            settings));
  }

  private TextSplit threeFiles() {
    return load(Optional.of("valid"), new TextSettings(0, 1, 0.1));
  }

  private static String words(TextSplit split, int[] tokens) {
    return Arrays.stream(tokens)
        .mapToObj(split.vocabulary()::word)
        .collect(Collectors.joining(" "));
  }

  @Test
  void load_threeFiles_areTheParts() {
    TextSplit split = threeFiles();
    assertThat(split.vocabulary().words())
        .containsExactly("<unk>", "<eos>", "a", "b", "c", "d", "e");
    assertThat(words(split, split.train())).isEqualTo("a b a <eos> c a b <eos> <eos> d e <eos>");
    assertThat(words(split, split.validation())).isEqualTo("a <unk> <eos> b <unk> <eos>");
    assertThat(words(split, split.test())).isEqualTo("<unk> a <eos>");
    assertThat(split.summary())
        .isEqualTo("12 training, 6 validation, 3 test tokens, 7 words in the vocabulary");
    assertThat(split.notes())
        .containsExactly(
            split.summary(),
            "0.00 % of the training, 50.00 % of the validation, 50.00 % of the test words are"
                + " unknown (<unk>)");
    assertThat(split.trainWithValidation()).hasSize(18).startsWith(split.train());
    assertThat(split.trainWithValidation()).endsWith(split.validation());
  }

  @Test
  void load_hash_isThatOfTheFilesOneAfterTheOther() throws IOException {
    assertThat(threeFiles().sha256()).isEqualTo(hash("train", "valid", "test"));
    assertThat(load(Optional.empty(), new TextSettings(0, 1, 0.5)).sha256())
        .isEqualTo(hash("train", "test"));
  }

  private String hash(String... names) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String name : names) {
      all.append(Files.readString(folder.resolve(name)));
    }
    byte[] bytes = all.toString().getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(StoredBytes.sha256().digest(bytes));
  }

  @Test
  void load_offsetAndLimit_takeLinesOfTheTrainingText() {
    TextSplit split = load(Optional.of("valid"), new TextSettings(0, 1, 0.1, new Block(1, 2)));
    assertThat(words(split, split.train())).isEqualTo("c a b <eos> <eos>");
    assertThat(split.vocabulary().words()).containsExactly("<unk>", "<eos>", "a", "b", "c");
    assertThat(words(split, split.validation())).isEqualTo("a <unk> <eos> b <unk> <eos>");
    TextSplit rest = load(Optional.of("valid"), new TextSettings(0, 1, 0.1, new Block(1, 0)));
    assertThat(words(rest, rest.train())).isEqualTo("c a b <eos> <eos> d e <eos>");
    TextSplit cut = load(Optional.empty(), new TextSettings(0, 1, 0.3, Block.first(2)));
    assertThat(words(cut, cut.train())).isEqualTo("a b a <eos>");
    assertThat(words(cut, cut.validation())).isEqualTo("<unk> a b <eos>");
  }

  @Test
  void load_blockBeyondTheEndOrWithoutAWord_isRefused() {
    DataException beyond =
        catchThrowableOfType(
            DataException.class,
            () -> load(Optional.of("valid"), new TextSettings(0, 1, 0.1, new Block(3, 2))));
    assertThat(beyond)
        .hasMessageContaining("4 lines, expected at least 5 as data.text_format.offset is 3");
    DataException empty =
        catchThrowableOfType(
            DataException.class,
            () -> load(Optional.of("valid"), new TextSettings(0, 1, 0.1, new Block(2, 1))));
    assertThat(empty).hasMessageContaining("no word in the lines 3 to 3");
  }

  /** The lines of the training file end at tokens 4, 8, 9 and 12. */
  @ParameterizedTest
  @CsvSource({
    "0.001, 9, d e <eos>",
    "0.1, 9, d e <eos>",
    "0.25, 9, d e <eos>",
    "0.29, 9, d e <eos>",
    "0.3, 8, <eos> d e <eos>",
    "0.5, 4, <unk> a <unk> <eos> <eos> d e <eos>",
    "0.999, 4, <unk> a <unk> <eos> <eos> d e <eos>"
  })
  void load_noValidationFile_takesTheLastLinesNearestToTheShare(
      double share, int train, String validation) throws IOException {
    write("train", "a d e\nc a b\n\nd e\n");
    write("test", "a\n");
    TextSplit split = load(Optional.empty(), new TextSettings(5, 1, share));
    assertThat(split.train()).hasSize(train);
    assertThat(words(split, split.validation())).isEqualTo(validation);
  }

  @Test
  void load_vocabulary_comesFromTheTrainingPartAlone() throws IOException {
    write("train", "a b a\nz z z z a\n");
    write("test", "z a\n");
    TextSplit split = load(Optional.empty(), new TextSettings(0, 1, 0.5));
    assertThat(split.vocabulary().words()).containsExactly("<unk>", "<eos>", "a", "b");
    assertThat(words(split, split.validation())).isEqualTo("<unk> <unk> <unk> <unk> a <eos>");
    assertThat(split.notes().get(1)).contains("80.00 % of the validation");
  }

  @Test
  void load_oneLineWithoutValidationFile_isRefused() throws IOException {
    write("train", "a b a c");
    refused(
        Optional.empty(),
        "train: one line of 4 words, expected at least 2 lines, as the last are the validation part;"
            + " break the text into lines or name a file in data.text.validation");
  }

  @Test
  void load_heldOutTextOfUnknownWordsOnly_isRefusedWithItsCount() throws IOException {
    write("test", "x y\n<unk>\n\n");
    refused(
        Optional.of("valid"),
        "test: none of the 3 words of the test part is among the 7 of the vocabulary, expected words"
            + " of the training part; give texts of one kind");
    write("valid", "x\n");
    refused(
        Optional.of("valid"),
        "valid: none of the 1 words of the validation part is among the 7 of the vocabulary");
    write("train", "a b a\nz\n");
    refused(Optional.empty(), "train: none of the 1 words of the validation part is among the 4");
  }

  @Test
  void load_trainingPartOfBlankLines_isRefused() throws IOException {
    write("train", "\n\na b\n");
    refused(Optional.empty(), "train: none of the 0 words of the training part is kept");
  }

  @Test
  void load_missingOrRepeatedFile_isRefused() throws IOException {
    refused(Optional.of("train"), "train: given for two parts, expected different files; divide");
    refused(Optional.of("none"), "none: no such file; check the name and the folder");
    Files.createDirectory(folder.resolve("more"));
    refused(
        Optional.of("more"), "more: is a directory, expected one text file; name the file in it");
    Files.delete(folder.resolve("test"));
    refused(Optional.of("valid"), "test: no such file; check the name and the folder");
  }

  private void refused(Optional<String> validation, String expected) {
    DataException error =
        catchThrowableOfType(
            DataException.class, () -> load(validation, new TextSettings(0, 1, 0.1)));
    assertThat(error).hasMessageStartingWith(folder.resolve(expected).toString());
  }

  /** Loads the training and the test file in a process of its own and prints the error. */
  static final class Child {
    private Child() {}

    /** Takes the two files. */
    public static void main(String[] args) {
      TextSettings settings = new TextSettings(0, 1, 0.1);
      try {
        TextLoader.load(
            new DataSource.Text(Path.of(args[0]), Optional.empty(), Path.of(args[1]), settings));
      } catch (DataException error) {
        System.out.println(error.getMessage());
      }
    }
  }

  @Test
  void load_moreThanMemoryHolds_isRefusedInOneLine() throws IOException {
    Path train = write("train", "a b c d e f g\n".repeat(2_000_000));
    Process process =
        ChildProcess.start(
            Child.class.getName(),
            "",
            List.of("-Xmx40m"),
            train.toString(),
            folder.resolve("test").toString());
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .startsWith(train + ": the text does not fit into the ")
        .hasLineCount(1);
  }

  @Test
  void load_asRows_isAnErrorOfTheProgram() {
    DataSettings settings =
        new DataSettings(
            new DataSource.Text(
                folder.resolve("train"),
                Optional.empty(),
                folder.resolve("test"),
                new TextSettings(0, 1, 0.1)),
            new SplitSettings(0.6, 0.2, 0.2));
    assertThat(DataLoader.images(settings, 1, GraphImageDecoder::new)).isEmpty();
    assertThatThrownBy(() -> DataLoader.load(settings, 1, GraphImageDecoder::new))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no tables: Text[train=");
  }

  @Test
  void split_tokensOutsideTheVocabulary_areRefused() {
    Vocabulary vocabulary = new Vocabulary(List.of("<unk>", "<eos>", "a"));
    int[] good = {2, 1};
    for (int[] bad : List.of(new int[] {3}, new int[] {-1}, new int[0])) {
      assertThatThrownBy(() -> new TextSplit(good, good, bad, vocabulary, "", List.of(), List.of()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(new TextSplit(good, good, good, vocabulary, "", List.of(), List.of()))
        .isEqualTo(new TextSplit(good.clone(), good, good, vocabulary, "", List.of(), List.of()))
        .isNotEqualTo(
            new TextSplit(good, good, new int[] {1}, vocabulary, "", List.of(), List.of()));
  }

  @Test
  void settings_impossible_areRefused() {
    for (Runnable settings :
        List.<Runnable>of(
            () -> new TextSettings(1, 1, 0.1),
            () -> new TextSettings(-2, 1, 0.1),
            () -> new TextSettings(0, 0, 0.1),
            () -> new TextSettings(0, 1, 0),
            () -> new TextSettings(0, 1, Double.NaN))) {
      assertThatThrownBy(settings::run).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
