package io.tandem.data.jdbc;

import io.tandem.data.DataException;
import io.tandem.data.Quote;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a database's answer, row by row: numbers in the form that is read back to the same
 * bits, dates and times as ISO 8601 has them, with a Z where they are times of UTC.
 */
final class AnswerRows {
  private final ResultSet answer;
  private final List<String> names = new ArrayList<>();
  private final List<Kind> kinds = new ArrayList<>();
  private final Map<Integer, String> unread = new TreeMap<>();

  /** What the values of a column are. */
  private enum Kind {
    DATE,
    TIME,
    LOCAL_TIMESTAMP,
    TIMESTAMP,
    OTHER,
    UNREAD
  }

  /**
   * An answer before its first row.
   *
   * @param name of the database, for messages
   * @param answer what it answers
   * @throws DataException if two columns have one name
   */
  AnswerRows(String name, ResultSet answer) throws SQLException {
    this.answer = answer;
    ResultSetMetaData columns = answer.getMetaData();
    for (int column = 1; column <= columns.getColumnCount(); column++) {
      String label = columns.getColumnLabel(column);
      int earlier = names.indexOf(label);
      if (earlier >= 0) {
        throw new DataException(
            Quote.format(
                "%s: columns %d and %d of the query are both called %s, expected different names;"
                    + " name one with AS in data.jdbc.query",
                name, earlier + 1, column, Quote.quoted(label)));
      }
      names.add(label);
      Optional<String> what = unread(columns.getColumnType(column));
      if (what.isPresent()) {
        unread.put(column - 1, what.get());
      }
      kinds.add(what.isPresent() ? Kind.UNREAD : kind(columns, column));
    }
  }

  private static Optional<String> unread(int type) {
    return Optional.ofNullable(
        switch (type) {
          case Types.ARRAY -> "an array";
          case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> "bytes";
          case Types.STRUCT, Types.JAVA_OBJECT, Types.REF, Types.REF_CURSOR -> "a structure";
          default -> null;
        });
  }

  private static Kind kind(ResultSetMetaData columns, int column) throws SQLException {
    return switch (columns.getColumnType(column)) {
      case Types.DATE -> Kind.DATE;
      case Types.TIME -> Kind.TIME;
      case Types.TIMESTAMP_WITH_TIMEZONE -> Kind.TIMESTAMP;
      case Types.TIMESTAMP -> {
        // PostgreSQL calls those with a zone by the same number.
        String type = columns.getColumnTypeName(column).toLowerCase(Locale.ROOT);
        yield type.equals("timestamptz") || type.contains("with time zone")
            ? Kind.TIMESTAMP
            : Kind.LOCAL_TIMESTAMP;
      }
      default -> Kind.OTHER;
    };
  }

  /** Names of the columns. */
  List<String> names() {
    return names;
  }

  /** The columns that are not read, with what they are. */
  Map<Integer, String> unread() {
    return unread;
  }

  /** The texts of the row that the answer is at, empty where a value is missing. */
  List<String> texts() throws SQLException {
    List<String> texts = new ArrayList<>(names.size());
    for (int column = 0; column < names.size(); column++) {
      String text = text(column + 1, kinds.get(column));
      texts.add(text == null ? "" : text);
    }
    return texts;
  }

  private @Nullable String text(int column, Kind kind) throws SQLException {
    return switch (kind) {
      case DATE -> time(column, LocalDate.class);
      case TIME -> time(column, LocalTime.class);
      case LOCAL_TIMESTAMP -> time(column, LocalDateTime.class);
      case TIMESTAMP -> time(column, OffsetDateTime.class);
      case OTHER -> other(column);
      case UNREAD -> "";
    };
  }

  private @Nullable String time(int column, Class<?> type) throws SQLException {
    Object time;
    try {
      time = answer.getObject(column, type);
    } catch (SQLException | UnsupportedOperationException notSo) {
      // Drivers of databases without such types keep them as texts.
      return answer.getString(column);
    }
    if (time instanceof OffsetDateTime zoned) {
      return zoned.toInstant().toString();
    }
    if (time instanceof LocalDateTime local) {
      return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(local);
    }
    if (time instanceof LocalTime local) {
      return DateTimeFormatter.ISO_LOCAL_TIME.format(local);
    }
    return time == null ? null : time.toString();
  }

  private @Nullable String other(int column) throws SQLException {
    Object value = answer.getObject(column);
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof Number || value instanceof Boolean || value instanceof String) {
      return value.toString();
    }
    return value == null ? null : answer.getString(column);
  }
}
