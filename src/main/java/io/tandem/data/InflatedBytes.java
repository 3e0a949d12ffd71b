package io.tandem.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * Bytes that were compressed with gzip. A file that inflates beyond reason, as no data do, is
 * refused before it fills the memory.
 */
final class InflatedBytes extends FilterInputStream {
  private static final long HARMLESS = 1L << 28;

  // Zeros reach 1032, tables and texts 10 to 100.
  private static final long LARGEST_RATIO = 500;

  private final String name;
  private final Counted stored;
  private long position;

  private InflatedBytes(String name, Counted stored, int buffer) throws IOException {
    super(new GZIPInputStream(stored, buffer));
    this.name = name;
    this.stored = stored;
  }

  /**
   * Decompresses.
   *
   * @param name what to call the file in messages
   * @param stored its bytes
   * @param buffer bytes to read at once
   */
  static InputStream of(String name, InputStream stored, int buffer) throws IOException {
    return new InflatedBytes(name, new Counted(stored), buffer);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = super.read(bytes, offset, length);
    position += Math.max(0, count);
    if (position > HARMLESS && position / LARGEST_RATIO > stored.count) {
      throw new DataException(
          Quote.format(
              "%s: holds more than %d times the bytes that it takes, expected data; create it"
                  + " again, or decompress it if that is intended",
              name, LARGEST_RATIO));
    }
    return count;
  }

  @Override
  public long skip(long wanted) throws IOException {
    byte[] passed = new byte[(int) Math.min(1 << 16, Math.max(0, wanted))];
    return Math.max(0, read(passed, 0, passed.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Counts what is read of the stored bytes. */
  private static final class Counted extends FilterInputStream {
    private long count;

    Counted(InputStream stored) {
      super(stored);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
