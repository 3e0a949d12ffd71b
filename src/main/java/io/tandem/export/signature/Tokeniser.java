package io.tandem.export.signature;

import io.tandem.data.text.Vocabulary;
import io.tandem.data.text.WhiteSpace;
import java.util.List;
import java.util.stream.Collectors;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.strings.RegexReplace;
import org.tensorflow.op.strings.StringSplit;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * From texts to numbers of words within the graph, as a text is read for training: words between
 * all white space of Unicode, {@code <eos>} at every line feed and at the end of a text that does
 * not end with one, no byte order mark. A text without any character is one empty line.
 */
public final class Tokeniser {
  /** Where a text has ended. */
  static final int NOTHING = -1;

  private static final char LINE_FEED = '\n';

  private final WordTable table;

  /** A tokeniser for a vocabulary. */
  public Tokeniser(Vocabulary vocabulary) {
    table = WordTable.of(vocabulary);
  }

  /**
   * Adds the words of texts.
   *
   * @param tf where they are added
   * @param texts {@code [batch]}
   * @param multiple the number of words is rounded up to a multiple of it
   * @return {@code [batch, time]}: numbers of the words, behind each text's last one {@link
   *     #NOTHING}
   */
  Operand<TInt32> words(Ops tf, Operand<TString> texts, int multiple) {
    StringSplit split = tf.strings.stringSplit(separated(tf, texts), tf.constant(""));
    Operand<TInt64> whole = tf.constant((long) multiple);
    Operand<TInt64> batch = element(tf, split.shape(), 0);
    Operand<TInt64> longest = element(tf, split.shape(), 1);
    Operand<TInt64> units =
        tf.math.floorDiv(tf.math.add(longest, tf.constant(multiple - 1L)), whole);
    Operand<TInt64> shape = tf.concat(List.of(batch, tf.math.mul(units, whole)), tf.constant(0));
    return tf.sparse.sparseToDense(
        split.indices(), shape, table.numbers(tf, split.values()), tf.constant(NOTHING));
  }

  private static Operand<TInt64> element(Ops tf, Operand<TInt64> vector, int index) {
    return tf.slice(vector, tf.constant(new int[] {index}), tf.constant(new int[] {1}));
  }

  /** Texts with line ends as words and no other white space than blanks between words. */
  private static Operand<TString> separated(Ops tf, Operand<TString> texts) {
    RegexReplace.Options once = RegexReplace.replaceGlobal(false);
    String spaces =
        WhiteSpace.all().stream()
            .filter(symbol -> symbol != LINE_FEED && symbol != ' ')
            .map(symbol -> "\\x{" + Integer.toHexString(symbol) + "}")
            .collect(Collectors.joining("", "[", "]"));
    Operand<TString> bare = replace(tf, texts, "\\A\\x{feff}", "", once);
    Operand<TString> ended = replace(tf, bare, "\\n?\\z", "\n", once);
    Operand<TString> lines = replace(tf, ended, "\\n", ' ' + Vocabulary.END_WORD + ' ');
    return replace(tf, lines, spaces, " ");
  }

  private static Operand<TString> replace(
      Ops tf, Operand<TString> texts, String pattern, String by, RegexReplace.Options... options) {
    return tf.strings.regexReplace(texts, tf.constant(pattern), tf.constant(by), options);
  }
}
