package io.tandem.cli.terminal;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Number of rows of a table for people. */
public final class TopOption {
  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "10",
      converter = Converter.class,
      description =
          "Number of rows in a table, best validation loss first; 0 or all shows all of them"
              + " (default: ${DEFAULT-VALUE}). json and csv always have all of them.")
  private int count = 10;

  /** The number of rows to show of those that there are. */
  int of(int rows) {
    return count == 0 ? rows : Math.min(rows, count);
  }

  /** Accepts a number or {@code all}. */
  static final class Converter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      if (value.equalsIgnoreCase("all")) {
        return 0;
      }
      if (!value.matches("[0-9]{1,9}")) {
        throw new TypeConversionException(
            "'" + value + "' is not allowed, expected a number from 0 on, or all");
      }
      return Integer.valueOf(value);
    }
  }
}
