package io.tandem.export;

import io.tandem.column.DateInputs;
import io.tandem.data.TableEncoding;
import java.util.List;

/** The columns that a model takes, as a table of its card. */
final class ColumnTable {
  private static final int MOST = 1000;

  private ColumnTable() {}

  /**
   * The table as Markdown.
   *
   * @param names of the columns, fit for one line
   * @param encoding how they become inputs of the network
   */
  static String of(List<String> names, TableEncoding encoding) {
    StringBuilder text = new StringBuilder("\n## Columns\n\n");
    text.append("| column | takes | missing in training | inputs |\n|---|---|---|---|\n");
    int shown = Math.min(names.size(), MOST);
    for (int place = 0; place < shown; place++) {
      TableEncoding.Column column = encoding.columns().get(place);
      text.append("| `").append(names.get(place).replace("|", "\\|")).append("` | ");
      text.append(takes(column)).append(" | ").append(hasGaps(column) ? "yes" : "no");
      text.append(" | ").append(column.width()).append(" |\n");
    }
    if (shown < names.size()) {
      text.append("\nand ").append(names.size() - shown).append(" more; model.json has all.\n");
    }
    return text.toString();
  }

  private static String takes(TableEncoding.Column column) {
    if (column instanceof TableEncoding.Numbers numbers) {
      return numbers.quantiles().isPresent() ? "a float, mapped to normal scores" : "a float";
    }
    if (column instanceof TableEncoding.Truths) {
      return "a string, `true` or `false`";
    }
    if (column instanceof TableEncoding.Dates dates) {
      DateInputs inputs = dates.inputs();
      return "a string, a date like `"
          + inputs.form().example()
          + "`"
          + (inputs.hours().isEmpty() ? "" : " with a time");
    }
    return "a string, a category";
  }

  private static boolean hasGaps(TableEncoding.Column column) {
    if (column instanceof TableEncoding.Numbers numbers) {
      return numbers.gaps();
    }
    if (column instanceof TableEncoding.Truths truths) {
      return truths.gaps();
    }
    return column instanceof TableEncoding.Dates dates
        ? dates.inputs().gaps()
        : ((TableEncoding.Categories) column).gaps();
  }
}
