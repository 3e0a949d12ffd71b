package io.tandem.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Compressed data take the memory that they are worth and no more. */
final class StoredBytesTest {
  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream stream = new GZIPOutputStream(bytes)) {
      stream.write(plain);
    }
    return bytes.toByteArray();
  }

  private static InputStream open(InputStream stored) throws IOException {
    return new StoredBytes("a.csv.gz", "CSV file", () -> stored).open(StoredBytes.sha256());
  }

  @Test
  void open_gzip_isDecompressed() throws IOException {
    try (InputStream plain = open(new ByteArrayInputStream(gzip(new byte[] {1, 2, 3})))) {
      assertThat(plain.readAllBytes()).containsExactly(1, 2, 3);
    }
  }

  @Test
  void open_gzipInGzip_isRefused() {
    assertThatThrownBy(() -> open(new ByteArrayInputStream(gzip(gzip(new byte[9])))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a.csv.gz: is compressed with gzip twice; decompress it once");
  }

  @Test
  void read_gzipThatInflatesBeyondReason_isRefused() throws IOException {
    byte[] member = gzip(new byte[1 << 24]);
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    for (int time = 0; time < 40; time++) {
      bomb.writeBytes(member);
    }
    try (InputStream plain = open(new ByteArrayInputStream(bomb.toByteArray()))) {
      assertThatThrownBy(() -> plain.transferTo(OutputStream.nullOutputStream()))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith("a.csv.gz: holds more than 500 times the bytes");
    }
  }
}
