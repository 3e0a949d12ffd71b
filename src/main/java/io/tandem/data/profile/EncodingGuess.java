package io.tandem.data.profile;

import io.tandem.data.StoredBytes;
import io.tandem.dialect.Encodings;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The encoding of a file without a byte order mark that is not UTF-8, as far as it can be guessed.
 *
 * @param encoding that all of its bytes have characters in
 * @param example the first word with a letter that is not ASCII
 */
record EncodingGuess(Charset encoding, String example) {
  private static final int BUFFER = 1 << 16;
  private static final int MARK = 4;
  private static final int LONGEST = 40;

  /** The guess; empty if the file is UTF-8, has a mark, or nothing fits. */
  static Optional<EncodingGuess> of(StoredBytes input) {
    try {
      return isMarked(input) || words(input, StandardCharsets.UTF_8).isPresent()
          ? Optional.empty()
          : words(input, Encodings.WINDOWS)
              .map(example -> new EncodingGuess(Encodings.WINDOWS, example));
    } catch (IOException unreadable) {
      // Whoever reads the table next says why.
      return Optional.empty();
    }
  }

  private static boolean isMarked(StoredBytes input) throws IOException {
    try (InputStream stream = input.openText(StoredBytes.unhashed())) {
      return Encodings.ofMark(stream.readNBytes(MARK)).isPresent();
    }
  }

  /** The first word with another letter than those of ASCII; empty if it is not such a text. */
  private static Optional<String> words(StoredBytes input, Charset encoding) throws IOException {
    StringBuilder word = new StringBuilder();
    boolean found = false;
    boolean complete = false;
    try (InputStream stream = new BufferedInputStream(input.openText(StoredBytes.unhashed()));
        Reader reader =
            new InputStreamReader(
                stream,
                encoding
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT))) {
      char[] buffer = new char[BUFFER];
      for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
        for (int place = 0; place < read && !complete; place++) {
          if (Character.isLetter(buffer[place]) && word.length() < LONGEST) {
            word.append(buffer[place]);
            found |= buffer[place] > 0x7f;
          } else if (found) {
            complete = true;
          } else {
            word.setLength(0);
          }
        }
        if (encoding.equals(Encodings.WINDOWS) && !Encodings.isText(buffer, read)) {
          return Optional.empty();
        }
      }
      return Optional.of(found ? word.toString() : "");
    } catch (CharacterCodingException other) {
      return Optional.empty();
    }
  }
}
