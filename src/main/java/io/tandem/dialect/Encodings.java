package io.tandem.dialect;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Encodings of text: their names, and what the first bytes of a file say. */
public final class Encodings {
  /** What Western European editions of Windows have written for decades. */
  public static final Charset WINDOWS = Charset.forName("windows-1252");

  private static final byte[] UTF_8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final byte[] UTF_16LE_MARK = {(byte) 0xff, (byte) 0xfe};
  private static final byte[] UTF_16BE_MARK = {(byte) 0xfe, (byte) 0xff};

  private Encodings() {}

  /** The encoding of a name; empty if Java knows none. */
  public static Optional<Charset> parse(String name) {
    try {
      return Optional.of(Charset.forName(name));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      return Optional.empty();
    }
  }

  /** The names that {@link #parse} knows. */
  public static List<String> names() {
    TreeSet<String> names = new TreeSet<>(Charset.availableCharsets().keySet());
    Charset.availableCharsets().values().forEach(charset -> names.addAll(charset.aliases()));
    return List.copyOf(names);
  }

  /** The encoding that a byte order mark says; empty if there is none. */
  public static Optional<Charset> ofMark(byte[] first) {
    if (begins(first, UTF_8_MARK)) {
      return Optional.of(StandardCharsets.UTF_8);
    }
    if (begins(first, UTF_16LE_MARK)) {
      return Optional.of(StandardCharsets.UTF_16LE);
    }
    return begins(first, UTF_16BE_MARK) ? Optional.of(StandardCharsets.UTF_16BE) : Optional.empty();
  }

  private static boolean begins(byte[] bytes, byte... mark) {
    return bytes.length >= mark.length
        && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length);
  }

  /**
   * An encoding that bytes which are not UTF-8 are likely to have.
   *
   * @param bytes some of the file
   * @return windows-1252 if they are text in it; otherwise empty
   */
  public static Optional<Charset> likely(byte[] bytes) {
    CharBuffer text = CharBuffer.allocate(bytes.length);
    return isIn(bytes, WINDOWS, text) && isText(text.array(), text.position())
        ? Optional.of(WINDOWS)
        : Optional.empty();
  }

  /** Returns true if bytes are UTF-8, of which the last character may be cut, and not ASCII. */
  static boolean areUtf8(byte[] bytes) {
    boolean ascii = true;
    for (byte each : bytes) {
      ascii &= each >= 0;
    }
    return !ascii && isIn(bytes, StandardCharsets.UTF_8, CharBuffer.allocate(bytes.length));
  }

  private static boolean isIn(byte[] bytes, Charset encoding, CharBuffer text) {
    return !encoding
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(ByteBuffer.wrap(bytes), text, false)
        .isError();
  }

  /**
   * Returns true if characters have no control character but tabs and line ends.
   *
   * @param count how many of them are looked at
   */
  public static boolean isText(char[] characters, int count) {
    for (int place = 0; place < count; place++) {
      char each = characters[place];
      if (Character.isISOControl(each) && each != '\t' && each != '\n' && each != '\r') {
        return false;
      }
    }
    return true;
  }
}
