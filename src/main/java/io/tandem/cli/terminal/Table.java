package io.tandem.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows with named columns as comma-separated values.
 *
 * @param columns names, in order
 * @param rows one object per row with a scalar for every column
 */
public record Table(List<String> columns, List<ObjectNode> rows) {
  private static final String FORMULA_STARTS = "=+-@\t\r";

  /** Copies the lists. */
  public Table {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /**
   * Comma-separated values with a header (RFC 4180).
   *
   * @param guarded whether text that a spreadsheet would take for a formula gets an apostrophe in
   *     front
   */
  public String csv(boolean guarded) {
    StringBuilder text = new StringBuilder(String.join(",", columns)).append('\n');
    for (ObjectNode row : rows) {
      text.append(
              columns.stream()
                  .map(column -> csvCell(row.path(column), guarded))
                  .collect(Collectors.joining(",")))
          .append('\n');
    }
    return text.toString();
  }

  private static String csvCell(JsonNode value, boolean guarded) {
    String text = value.asText();
    if (value.isNumber()) {
      return text;
    }
    if (guarded && !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0) {
      text = "'" + text;
    }
    return text.matches("(?s).*[\",\\r\\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
