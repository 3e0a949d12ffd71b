package io.tandem.data.image;

import io.tandem.data.Quote;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The checksums of a PNG file (ISO/IEC 15948, section 5), which Java's reader passes over: it would
 * take a file with flipped bits for a whole one.
 */
final class PngChunks {
  private static final int SIGNATURE = 8;
  private static final int WORD = 4;
  private static final int FRAME = 3 * WORD;

  private PngChunks() {}

  /**
   * Checks every chunk up to the last.
   *
   * @param bytes of the file; the signature is that of PNG
   * @throws DamagedImageException if one is cut or altered
   */
  static void check(byte[] bytes) throws DamagedImageException {
    ByteBuffer file = ByteBuffer.wrap(bytes);
    int position = SIGNATURE;
    while (position + FRAME <= bytes.length) {
      long length = Integer.toUnsignedLong(file.getInt(position));
      if (length > bytes.length - position - FRAME) {
        break;
      }
      CRC32 sum = new CRC32();
      sum.update(bytes, position + WORD, WORD + (int) length);
      int end = position + 2 * WORD + (int) length;
      if ((int) sum.getValue() != file.getInt(end)) {
        throw new DamagedImageException(
            Quote.format("byte %d: the checksum of a PNG chunk is wrong", end));
      }
      if (new String(bytes, position + WORD, WORD, StandardCharsets.ISO_8859_1).equals("IEND")) {
        return;
      }
      position = end + WORD;
    }
    throw new DamagedImageException(Quote.format("byte %d: the PNG file is cut", bytes.length));
  }
}
