package io.tandem.data.text;

import io.tandem.data.DataException;
import io.tandem.data.DataSource;
import io.tandem.data.DifferentFiles;
import io.tandem.data.Quote;
import io.tandem.data.StoredBytes;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** From the files of a text to its three parts in memory. */
public final class TextLoader {
  private TextLoader() {}

  /**
   * Reads the files, learns the vocabulary on the training part and divides. Nothing is random.
   *
   * @param source names them
   * @throws DataException if one cannot be used
   */
  public static TextSplit load(DataSource.Text source) {
    try {
      return read(source);
    } catch (OutOfMemoryError full) {
      throw new DataException(
          Quote.format(
              "%s: the text does not fit into the %d MiB that Java may use, expected less; use a"
                  + " part of it, or allow more, for example with TANDEM_JAVA_OPTS=-Xmx8g",
              source.text(), Runtime.getRuntime().maxMemory() >> 20),
          full);
    }
  }

  private static TextSplit read(DataSource.Text source) {
    List<Path> files = new ArrayList<>();
    files.add(source.train());
    source.validation().ifPresent(files::add);
    files.add(source.test());
    List<StoredBytes> inputs =
        files.stream().map(file -> StoredBytes.file(file, TextReader.KIND)).toList();
    DifferentFiles.require(files, TextReader.KIND, "divide its lines");
    MessageDigest digest = StoredBytes.sha256();
    List<Text> texts = inputs.stream().map(input -> TextReader.read(input, digest)).toList();
    Text all = texts.get(0).lines(source.settings().lines());
    Optional<Text> own = source.validation().map(file -> texts.get(1));
    int cut = own.isPresent() ? all.tokens().length : all.cut(source.settings().validation());
    Text validationText = own.orElseGet(() -> all.range(cut, all.tokens().length));
    Text trainText = all.range(0, cut);
    Vocabulary vocabulary = Vocabulary.of(trainText, source.settings());
    int[] train = vocabulary.encode(trainText);
    int[] validation = encode(validationText, "validation", vocabulary);
    int[] test = encode(texts.get(texts.size() - 1), "test", vocabulary);
    String unknown =
        Quote.format(
            "%.2f %% of the training, %.2f %% of the validation, %.2f %% of the test words are"
                + " unknown (%s)",
            unknown(train), unknown(validation), unknown(test), Vocabulary.UNKNOWN_WORD);
    return new TextSplit(
        train,
        validation,
        test,
        vocabulary,
        HexFormat.of().formatHex(digest.digest()),
        List.of(TextSplit.summary(train, validation, test, vocabulary), unknown),
        RepeatedLines.suspicions(source.text(), train, validation, test));
  }

  private static int[] encode(Text text, String part, Vocabulary vocabulary) {
    int[] tokens = vocabulary.encode(text);
    if (IntStream.of(tokens).allMatch(token -> token < Vocabulary.RESERVED)) {
      throw new DataException(
          Quote.format(
              "%s: none of the %d words of the %s part is among the %d of the vocabulary, expected"
                  + " words of the training part; give texts of one kind",
              text.file(), text.wordCount(), part, vocabulary.size()));
    }
    return tokens;
  }

  /** Percentage of unknown words among all of them, line ends not counted. */
  private static double unknown(int[] tokens) {
    long unknown = IntStream.of(tokens).filter(token -> token == Vocabulary.UNKNOWN).count();
    long words = IntStream.of(tokens).filter(token -> token != Vocabulary.END).count();
    return 100.0 * unknown / words;
  }
}
