package io.tandem.data.profile;

import com.google.protobuf.TextFormat;
import io.tandem.dialect.Delimiter;
import io.tandem.dialect.Dialect;
import io.tandem.dialect.Marks;
import io.tandem.dialect.Quotes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration to start from, in Protobuf's text format. */
public final class StartingConfiguration {
  private StartingConfiguration() {}

  /**
   * The text of the file.
   *
   * @param profile of the table
   * @param file how the configuration names the table
   * @param command what wrote it
   * @param next what runs it
   */
  public static String of(TableProfile profile, String file, String command, String next) {
    StringBuilder text = new StringBuilder("# Written by: " + command + "\n");
    text.append("# Change what is wrong, then run: ").append(next).append("\n");
    text.append("data {\n  csv { file: ").append(quoted(file)).append(" }\n  format {\n");
    if (!profile.header()) {
      text.append("    header: false\n");
    }
    dialect(profile.dialect(), text);
    boolean number = profile.predictsNumber();
    text.append("    ").append(number ? "target: " : "label: ");
    text.append(quoted(key(profile, profile.targetColumn())));
    text.append(
        number
            ? "  # a number; name it as label to predict its values as classes\n"
            : "  # a class\n");
    List<String> ignored = new ArrayList<>();
    for (ColumnProfile column : profile.columns()) {
      if (column.index() != profile.target() && isUseless(column)) {
        ignored.add(quoted(key(profile, column)));
      }
    }
    if (!ignored.isEmpty()) {
      text.append("    ignore: [")
          .append(ignored.stream().collect(Collectors.joining(", ")))
          .append("]  # say nothing about other rows\n");
    }
    profile.columns().stream()
        .filter(column -> column.index() != profile.target())
        .filter(column -> column.kind() == ColumnProfile.Kind.DATE)
        .flatMap(column -> column.dates().orElseThrow().unclear().stream())
        .findFirst()
        .ifPresent(
            date ->
                text.append("    date_order: DMY  # or MDY: ")
                    .append(date)
                    .append(" can be read both ways\n"));
    return text.append("  }\n}\n").toString();
  }

  /** What is not as in the standard. */
  private static void dialect(Dialect dialect, StringBuilder text) {
    Dialect standard = Dialect.STANDARD;
    Delimiter delimiter = dialect.delimiter();
    if (!delimiter.equals(standard.delimiter())) {
      setting("delimiter", delimiter.symbol() == '\t' ? "tab" : delimiter.text(), text);
    }
    if (dialect.quote() != standard.quote()) {
      setting("quote", Quotes.text(dialect.quote()), text);
    }
    if (dialect.numbers().decimal() != standard.numbers().decimal()) {
      setting("decimal", String.valueOf(dialect.numbers().decimal()), text);
    }
    if (dialect.numbers().thousands() != standard.numbers().thousands()) {
      setting("thousands", Marks.text(dialect.numbers().thousands()), text);
    }
    if (!dialect.encoding().equals(standard.encoding())) {
      setting("encoding", dialect.encoding().name(), text);
    }
  }

  private static void setting(String name, String value, StringBuilder text) {
    text.append("    ").append(name).append(": ").append(quoted(value)).append('\n');
  }

  /** Columns that training would leave out, refuse, or learn by heart. */
  private static boolean isUseless(ColumnProfile column) {
    return switch (column.kind()) {
      case IDENTIFIER, CONSTANT, EMPTY -> true;
      case NUMBER -> Oddities.isRowNumber(column);
      case CATEGORY, BOOLEAN, DATE -> false;
    };
  }

  /** The name of a column, or its index where the name would be read as another column. */
  private static String key(TableProfile profile, ColumnProfile column) {
    boolean unique =
        profile.columns().stream().filter(other -> other.name().equals(column.name())).count() == 1;
    boolean plain = column.name().chars().noneMatch(Character::isISOControl);
    return profile.header() && unique && plain && !column.name().isEmpty()
        ? column.name()
        : String.valueOf(column.index());
  }

  private static String quoted(String text) {
    return '"' + TextFormat.escapeDoubleQuotesAndBackslashes(text) + '"';
  }
}
