package io.tandem.data.image;

import io.tandem.data.DataException;
import io.tandem.data.Quote;
import io.tandem.data.StoredBytes;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * The bytes of an archive, decompressed, counted, and watched for its end. An archive that was cut
 * between two files, which its reader cannot tell from a whole one, is known by the missing zeros.
 */
final class TarInput extends FilterInputStream {
  private static final int BUFFER = 1 << 16;
  private static final int END = 1024;

  private final Path file;
  private long position;
  private int zeros;

  private TarInput(Path file, InputStream inflated) {
    super(inflated);
    this.file = file;
  }

  static TarInput open(Path file) throws IOException {
    InputStream inflated = StoredBytes.file(file, "tar archive").open(StoredBytes.sha256());
    return new TarInput(file, new BufferedInputStream(inflated, BUFFER));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = super.read(bytes, offset, length);
    if (count <= 0) {
      return count;
    }
    int last = offset + count - 1;
    while (last >= offset && bytes[last] == 0) {
      last--;
    }
    int tail = offset + count - 1 - last;
    zeros = tail == count ? Math.min(END, zeros + count) : Math.min(END, tail);
    position += count;
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    byte[] passed = new byte[(int) Math.min(BUFFER, Math.max(0, count))];
    return Math.max(0, read(passed, 0, passed.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** How many bytes have been read. */
  long position() {
    return position;
  }

  /** Reads the rest and checks that it is the end of a whole archive. */
  void requireEnd() throws IOException {
    byte[] rest = new byte[BUFFER];
    int count;
    do {
      count = read(rest, 0, rest.length);
    } while (count >= 0);
    if (zeros < END) {
      throw new DataException(
          Quote.format(
              "%s:%d: the archive ends, expected %d zeros that mark its end; download it again",
              file, position, END));
    }
  }
}
