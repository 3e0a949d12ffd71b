package io.tandem.data.jdbc;

import io.tandem.data.DataException;
import io.tandem.data.DataSource;
import io.tandem.data.row.TableInput;
import io.tandem.data.row.TableRows;
import io.tandem.dialect.Dialect;
import io.tandem.dialect.DialectRemedy;
import io.tandem.dialect.DialectSettings;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The table that a database answers to a query. The query runs once, so that all passes through the
 * rows see the same; they are kept in a file until the table is closed.
 */
public final class JdbcInput implements TableInput {
  private final String name;
  private final KeptRows rows;

  private JdbcInput(String name, KeptRows rows) {
    this.name = name;
    this.rows = rows;
  }

  /** The variables of the environment. */
  @FunctionalInterface
  public interface Environment {
    /** The value of a variable; null if there is none of the name. */
    @Nullable String get(String variable);
  }

  /**
   * Asks a database.
   *
   * @param source where it is and what is asked
   * @param environment has the password
   * @throws DataException if it cannot be asked or does not answer with a table
   */
  public static JdbcInput of(DataSource.JdbcTable source, Environment environment) {
    return new JdbcInput(source.text(), new Database(source, environment).answer());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean named() {
    return true;
  }

  @Override
  public TableRows open(
      DialectSettings known, Optional<Dialect> like, DialectRemedy remedy, MessageDigest digest) {
    return rows.open(digest);
  }

  @Override
  public DataException withoutRows() {
    return new DataException(
        name + ": the query has no rows, expected some; change its conditions (data.jdbc.query)");
  }

  @Override
  public void close() {
    rows.close();
  }
}
