package io.tandem.export.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** The TFRecord format: length, masked CRC of the length, data, masked CRC of the data. */
public final class TfRecords {
  private static final int HEADER = Long.BYTES + Integer.BYTES;
  private static final int MASK_DELTA = 0xa282ead8;

  private TfRecords() {}

  /** Encodes records one after the other. */
  public static byte[] encode(List<byte[]> records) {
    int total = 0;
    for (byte[] data : records) {
      total += HEADER + data.length + Integer.BYTES;
    }
    ByteBuffer buffer = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
    for (byte[] data : records) {
      buffer.putLong(data.length);
      buffer.putInt(maskedCrc(buffer.array(), buffer.position() - Long.BYTES, Long.BYTES));
      buffer.put(data);
      buffer.putInt(maskedCrc(data, 0, data.length));
    }
    return buffer.array();
  }

  /**
   * Decodes all records.
   *
   * @throws IOException if a length or a checksum is wrong
   */
  public static List<byte[]> decode(byte[] file) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> records = new ArrayList<>();
    while (buffer.hasRemaining()) {
      int start = buffer.position();
      if (buffer.remaining() < HEADER) {
        throw new IOException("byte " + start + ": torn record header");
      }
      long length = buffer.getLong();
      if (buffer.getInt() != maskedCrc(file, start, Long.BYTES)
          || length < 0
          || length > buffer.remaining() - Integer.BYTES) {
        throw new IOException("byte " + start + ": wrong record length");
      }
      byte[] data = new byte[(int) length];
      buffer.get(data);
      if (buffer.getInt() != maskedCrc(data, 0, data.length)) {
        throw new IOException("byte " + start + ": wrong checksum");
      }
      records.add(data);
    }
    return records;
  }

  private static int maskedCrc(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    int value = (int) crc.getValue();
    return ((value >>> 15) | (value << 17)) + MASK_DELTA;
  }
}
