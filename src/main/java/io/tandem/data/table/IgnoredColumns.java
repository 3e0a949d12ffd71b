package io.tandem.data.table;

import io.tandem.data.Quote;
import io.tandem.data.TableLayout;
import io.tandem.disk.NextCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The option that leaves columns of a table out, as it can be pasted. */
final class IgnoredColumns {
  /** What the option takes for more than one name, or for a part of it. */
  private static final Pattern UNNAMEABLE = Pattern.compile("[,\\[\\]\"]");

  private IgnoredColumns() {}

  /**
   * The option.
   *
   * @param already what is left out before, as it is configured
   * @param more what is to be left out as well, likewise
   */
  static String setting(List<String> already, List<String> more) {
    List<String> all = Stream.concat(already.stream(), more.stream()).distinct().toList();
    return NextCommand.set("data.format.ignore", String.join(",", all));
  }

  /**
   * The option for columns of a table that has been read.
   *
   * @param layout of the table
   * @param columns indices of those that are to be left out as well
   */
  static String setting(TableLayout layout, List<Integer> columns) {
    List<Integer> already = new ArrayList<>();
    for (int column = 0; column < layout.columns().size(); column++) {
      if (!layout.predicted().contains(column) && !layout.features().contains(column)) {
        already.add(column);
      }
    }
    return setting(keys(layout, already), keys(layout, columns));
  }

  private static List<String> keys(TableLayout layout, List<Integer> columns) {
    return columns.stream().map(column -> key(layout, column)).toList();
  }

  /** The name of a column, or its index where the name cannot be given. */
  private static String key(TableLayout layout, int column) {
    String name = layout.columns().get(column);
    boolean nameable =
        layout.named()
            && !name.isEmpty()
            && Quote.printable(name).equals(name)
            && !UNNAMEABLE.matcher(name).find()
            && IntStream.range(0, column)
                .noneMatch(each -> layout.columns().get(each).equals(name));
    return nameable ? name : String.valueOf(column);
  }
}
