package io.tandem.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Rows with named columns as text.
 *
 * @param columns names, in order
 * @param rows one object per row with a scalar for every column
 */
record Table(List<String> columns, List<ObjectNode> rows) {
  private static final String FORMULA_STARTS = "=+-@\t\r";

  Table {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** Columns padded to equal width, numbers to the right and with four decimals at most. */
  String aligned() {
    List<List<String>> cells = new ArrayList<>();
    cells.add(columns);
    for (ObjectNode row : rows) {
      cells.add(columns.stream().map(column -> shown(row.path(column))).toList());
    }
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < cells.size(); line++) {
      StringBuilder row = new StringBuilder();
      for (int column = 0; column < columns.size(); column++) {
        int index = column;
        int width = cells.stream().mapToInt(list -> list.get(index).length()).max().orElse(0);
        String cell = cells.get(line).get(column);
        String padding = " ".repeat(width - cell.length());
        row.append(column == 0 ? "" : "  ");
        row.append(isNumeric(columns.get(column)) ? padding + cell : cell + padding);
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /**
   * Comma-separated values with a header (RFC 4180). Text that a spreadsheet would take for a
   * formula gets an apostrophe in front.
   */
  String csv() {
    StringBuilder text = new StringBuilder(String.join(",", columns)).append('\n');
    for (ObjectNode row : rows) {
      text.append(
              columns.stream()
                  .map(column -> csvCell(row.path(column)))
                  .collect(Collectors.joining(",")))
          .append('\n');
    }
    return text.toString();
  }

  private boolean isNumeric(String column) {
    return rows.stream().anyMatch(row -> row.path(column).isNumber());
  }

  private static String shown(JsonNode value) {
    if (value.isNumber() && !value.isIntegralNumber()) {
      double number = value.doubleValue();
      return Double.isFinite(number) ? decimals(number) : "-";
    }
    return value.asText().replaceAll("\\p{Cntrl}", " ");
  }

  private static String decimals(double number) {
    double size = Math.abs(number);
    return number == 0 || (size >= 1e-3 && size < 1e6)
        ? String.format(Locale.ROOT, "%.4f", number)
        : String.format(Locale.ROOT, "%.3e", number);
  }

  private static String csvCell(JsonNode value) {
    String text = value.asText();
    if (value.isNumber()) {
      return text;
    }
    if (!text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0) {
      text = "'" + text;
    }
    return text.matches("(?s).*[\",\\r\\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
