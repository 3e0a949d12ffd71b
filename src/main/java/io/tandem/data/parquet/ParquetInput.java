package io.tandem.data.parquet;

import io.tandem.data.DataException;
import io.tandem.data.StoredBytes;
import io.tandem.data.row.TableInput;
import io.tandem.data.row.TableRows;
import io.tandem.dialect.Dialect;
import io.tandem.dialect.DialectRemedy;
import io.tandem.dialect.DialectSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;

/** A table in a Parquet file. */
public final class ParquetInput implements TableInput {
  private static final String KIND = "Parquet file";
  private static final String MARK = "PAR1";
  private static final String ENCRYPTED = "PARE";

  /** Its mark at both ends, and the length of what describes it. */
  private static final int SMALLEST = 12;

  private final Path file;

  private ParquetInput(Path file) {
    this.file = file;
  }

  /**
   * A table.
   *
   * @param file where it is
   * @throws DataException if there is no such file, or it is no complete Parquet file
   */
  public static ParquetInput of(Path file) {
    StoredBytes stored = StoredBytes.file(file, KIND);
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      long size = channel.size();
      String first = mark(channel, 0);
      String last = mark(channel, Math.max(0, size - MARK.length()));
      if (first.equals(ENCRYPTED) || last.equals(ENCRYPTED)) {
        throw new DataException(
            file + ": is an encrypted Parquet file; write it without encryption");
      }
      if (!first.equals(MARK)) {
        throw new DataException(
            file
                + ": is no Parquet file, which begins with "
                + MARK
                + "; if it is a CSV file, name it with data.csv.file");
      }
      if (size < SMALLEST || !last.equals(MARK)) {
        throw new DataException(
            file
                + ": the Parquet file is cut short: it does not end with "
                + MARK
                + "; copy it or write it again");
      }
      return new ParquetInput(file);
    } catch (IOException failure) {
      throw stored.unreadable(failure);
    }
  }

  private static String mark(SeekableByteChannel channel, long position) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(MARK.length());
    channel.position(position);
    int read = 0;
    while (read >= 0 && bytes.hasRemaining()) {
      read = channel.read(bytes);
    }
    return new String(bytes.array(), StandardCharsets.ISO_8859_1);
  }

  /**
   * Returns true if a file is a Parquet file, whole or not; false if it cannot be read.
   *
   * @param file any path
   */
  public static boolean isOne(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      return mark(channel, 0).equals(MARK);
    } catch (IOException unreadable) {
      return false;
    }
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public boolean named() {
    return true;
  }

  @Override
  public TableRows open(
      DialectSettings known, Optional<Dialect> like, DialectRemedy remedy, MessageDigest digest) {
    ParquetRows rows = ParquetRows.open(file);
    try (InputStream stream = new DigestInputStream(Files.newInputStream(file), digest)) {
      stream.transferTo(OutputStream.nullOutputStream());
      return rows;
    } catch (IOException failure) {
      rows.close();
      throw StoredBytes.file(file, KIND).unreadable(failure);
    }
  }

  @Override
  public DataException withoutRows() {
    return new DataException(file + ": the Parquet file has no rows, expected some; add rows");
  }
}
