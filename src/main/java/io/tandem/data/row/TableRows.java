package io.tandem.data.row;

import io.tandem.dialect.Dialect;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of a table, one at a time, from whatever source. */
public interface TableRows extends AutoCloseable {
  /**
   * The next row, valid until the one after it is asked for; null at the end. Of a table that names
   * its columns itself the first one has their names.
   *
   * @throws io.tandem.data.DataException if the source cannot be read further
   */
  @Nullable TableRow next();

  /**
   * The columns whose values are no texts or numbers and so are not read, with what they are, for
   * example {@code a list}. Their cells are empty.
   */
  default Map<Integer, String> unread() {
    return Map.of();
  }

  /** The dialect in which it is written; the standard one of a table that is no text. */
  default Dialect dialect() {
    return Dialect.STANDARD;
  }

  @Override
  void close();
}
