package io.tandem.data.jdbc;

import io.tandem.data.DataException;
import io.tandem.data.DataSource;
import io.tandem.data.Quote;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** The database that a query is for, asked once. */
final class Database {
  private static final int ROWS_AT_A_TIME = 1000;
  private static final int LOGIN_SECONDS = 30;

  /** Of the codes of SQL states, those of a user who is not let in (ISO/IEC 9075, class 28). */
  private static final String NOT_ALLOWED = "28";

  private final DataSource.JdbcTable source;
  private final JdbcInput.Environment environment;
  private String password = "";

  Database(DataSource.JdbcTable source, JdbcInput.Environment environment) {
    this.source = source;
    this.environment = environment;
  }

  /**
   * What it answers.
   *
   * @throws DataException if it cannot be asked or does not answer with a table
   */
  KeptRows answer() {
    Driver driver = driver();
    Properties properties = properties();
    try (Connection connection = connect(driver, properties)) {
      // Some databases keep the whole answer in memory unless a transaction holds it open.
      hint(() -> connection.setAutoCommit(false));
      hint(() -> connection.setReadOnly(true));
      return ask(connection);
    } catch (SQLException failure) {
      throw new DataException(
          source.text() + ": the connection cannot be closed (" + said(failure) + ")", failure);
    }
  }

  private Driver driver() {
    try {
      DriverManager.setLoginTimeout(LOGIN_SECONDS);
      return DriverManager.getDriver(source.url());
    } catch (SQLException none) {
      String kind = source.url().replaceFirst("(?s)^(jdbc:[A-Za-z0-9+.-]*).*", "$1");
      throw new DataException(
          Quote.format(
              "%s: there is no driver for %s; put the database's JDBC driver, a .jar file, on the"
                  + " class path with TANDEM_CLASSPATH=FILE.jar",
              source.text(), Quote.quoted(kind)),
          none);
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    source.user().ifPresent(user -> properties.setProperty("user", user));
    source
        .passwordVariable()
        .ifPresent(
            variable -> {
              String value = environment.get(variable);
              if (value == null) {
                throw new DataException(
                    Quote.format(
                        "%s: the environment variable %s is not set (data.jdbc.password_variable);"
                            + " set it to the user's password",
                        source.text(), Quote.quoted(variable)));
              }
              password = value;
              properties.setProperty("password", value);
            });
    return properties;
  }

  private Connection connect(Driver driver, Properties properties) {
    try {
      Connection connection = driver.connect(source.url(), properties);
      if (connection == null) {
        throw new SQLException("the driver does not know such a URL");
      }
      return connection;
    } catch (SQLException failure) {
      String state = failure.getSQLState();
      boolean refused = state != null && state.startsWith(NOT_ALLOWED);
      throw new DataException(
          Quote.format(
              refused
                  ? "%s: the database does not let the user in (%s); check data.jdbc.user and the"
                      + " variable of data.jdbc.password_variable"
                  : "%s: cannot connect (%s); check data.jdbc.url and that the database runs",
              source.text(),
              said(failure)),
          failure);
    }
  }

  private KeptRows ask(Connection connection) {
    KeptRows rows = new KeptRows(source.text());
    boolean kept = false;
    try (Statement statement = connection.createStatement()) {
      hint(() -> statement.setFetchSize(ROWS_AT_A_TIME));
      try (ResultSet answer = statement.executeQuery(source.query())) {
        AnswerRows texts = new AnswerRows(source.text(), answer);
        rows.name(texts.names(), texts.unread());
        while (answer.next()) {
          rows.add(texts.texts());
        }
      }
      rows.sort();
      // Nothing was changed; what a function in the query has done is undone.
      hint(connection::rollback);
      kept = true;
      return rows;
    } catch (SQLException failure) {
      throw new DataException(
          Quote.format(
              rows.size() == 0
                  ? "%s: the query fails (%s); correct data.jdbc.query"
                  : "%s:row " + rows.size() + ": the rows after it cannot be read (%s); try again",
              source.text(),
              said(failure)),
          failure);
    } finally {
      if (!kept) {
        rows.close();
      }
    }
  }

  /** What makes a query cheaper, where the driver can do it. */
  private interface Hint {
    void give() throws SQLException;
  }

  @SuppressWarnings("EmptyCatch") // the query works without it
  private static void hint(Hint hint) {
    try {
      hint.give();
    } catch (SQLException | UnsupportedOperationException without) {
      // Not all drivers can do all.
    }
  }

  /** What the database says, in one line and without the password. */
  private String said(SQLException failure) {
    String text = String.valueOf(failure.getMessage());
    String masked = password.isEmpty() ? text : text.replace(password, "***");
    return Quote.printable(masked.strip().replaceAll("\\s*\\R\\s*", "; ").replaceAll("\\s+", " "));
  }
}
