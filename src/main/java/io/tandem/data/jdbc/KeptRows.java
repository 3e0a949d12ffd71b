package io.tandem.data.jdbc;

import io.tandem.data.DataException;
import io.tandem.data.StoredBytes;
import io.tandem.data.row.TableRow;
import io.tandem.data.row.TableRows;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows kept in a temporary file, which has no name once it is open, so that it is gone with the
 * process. They are given back in the order of their hashes: a database promises no order, and the
 * division of the table must not depend on one.
 *
 * <p>A row, and the names of the columns, are kept as the length of each text in bytes (four bytes,
 * the highest first) and its UTF-8.
 */
final class KeptRows implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final String name;
  private final FileChannel file;
  private final OutputStream out;
  private final MessageDigest hash = StoredBytes.sha256();
  private final List<Place> places = new ArrayList<>();
  private final Encoded encoded = new Encoded();
  private List<String> names = List.of();
  private Map<Integer, String> unread = Map.of();
  private long end;

  /**
   * A row in the file.
   *
   * @param order the beginning of its SHA-256
   * @param number of the row in the answer, from 1
   * @param offset in bytes
   * @param length in bytes
   */
  private record Place(long order, long number, long offset, int length) {}

  /** Bytes that can be read where they are. */
  private static final class Encoded extends ByteArrayOutputStream {
    void add(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      writeBytes(bytes);
    }

    void add(List<String> texts) {
      reset();
      texts.forEach(this::add);
    }

    void update(MessageDigest digest) {
      digest.update(buf, 0, count);
    }
  }

  /**
   * No rows yet.
   *
   * @param name of the database, for messages
   * @throws DataException if no file can be made
   */
  KeptRows(String name) {
    this.name = name;
    try {
      Path path = Files.createTempFile("tandem-rows", ".tmp");
      file =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      out = new BufferedOutputStream(Channels.newOutputStream(file), BUFFER);
    } catch (IOException failure) {
      throw full(failure);
    }
  }

  /**
   * Says what the columns are.
   *
   * @param columns their names
   * @param others those that are not read, with what they are
   */
  void name(List<String> columns, Map<Integer, String> others) {
    names = List.copyOf(columns);
    unread = Map.copyOf(others);
  }

  /** Adds a row. */
  void add(List<String> texts) {
    encoded.add(texts);
    try {
      encoded.writeTo(out);
    } catch (IOException failure) {
      throw full(failure);
    }
    encoded.update(hash);
    long order = ByteBuffer.wrap(hash.digest()).getLong();
    places.add(new Place(order, places.size() + 1L, end, encoded.size()));
    end += encoded.size();
  }

  /** Number of rows. */
  int size() {
    return places.size();
  }

  /** Brings the rows into their order, once all are there. */
  void sort() {
    try {
      out.flush();
    } catch (IOException failure) {
      throw full(failure);
    }
    places.sort(Comparator.comparingLong(Place::order).thenComparingLong(Place::number));
  }

  /**
   * The rows from the first.
   *
   * @param digest gets the names and the rows as they are kept
   */
  TableRows open(MessageDigest digest) {
    return new Rows(digest);
  }

  /** One pass. */
  private final class Rows implements TableRows {
    private final MessageDigest digest;
    private final TableRow row = new TableRow();
    private ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
    private int next = -1;

    Rows(MessageDigest digest) {
      this.digest = digest;
    }

    @Override
    public Map<Integer, String> unread() {
      return unread;
    }

    @Override
    public @Nullable TableRow next() {
      int index = next++;
      if (index < 0) {
        Encoded header = new Encoded();
        header.add(names);
        header.update(digest);
        row.begin(0);
        names.forEach(row::add);
        return row;
      }
      if (index >= places.size()) {
        return null;
      }
      Place place = places.get(index);
      read(place);
      digest.update(bytes.array(), 0, place.length());
      row.begin(place.number());
      for (int column = 0; column < names.size(); column++) {
        int length = bytes.getInt();
        row.add(new String(bytes.array(), bytes.position(), length, StandardCharsets.UTF_8));
        bytes.position(bytes.position() + length);
      }
      return row;
    }

    private void read(Place place) {
      if (bytes.capacity() < place.length()) {
        bytes = ByteBuffer.allocate(place.length());
      }
      bytes.clear().limit(place.length());
      try {
        while (bytes.hasRemaining()) {
          if (file.read(bytes, place.offset() + bytes.position()) < 0) {
            throw new IOException("the temporary file is shorter than it was written");
          }
        }
      } catch (IOException failure) {
        throw full(failure);
      }
      bytes.flip();
    }

    @Override
    public void close() {
      // The file is closed with the table.
    }
  }

  private DataException full(IOException failure) {
    return new DataException(
        name
            + ": its rows cannot be kept in "
            + System.getProperty("java.io.tmpdir")
            + " ("
            + failure.getMessage()
            + "); make room there, or name another folder with"
            + " TANDEM_JAVA_OPTS=-Djava.io.tmpdir=FOLDER",
        failure);
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
