package io.tandem.cli;

import java.util.Locale;
import picocli.CommandLine;

/** How a command prints rows. */
enum OutputFormat {
  /** Aligned columns for people. */
  TABLE,
  /** JSON with all digits, for programs. */
  JSON,
  /** Comma-separated values with a header, for spreadsheets. */
  CSV;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Accepts the names in any case. */
  static final class Converter implements CommandLine.ITypeConverter<OutputFormat> {
    @Override
    public OutputFormat convert(String value) {
      for (OutputFormat format : values()) {
        if (format.toString().equals(value.toLowerCase(Locale.ROOT))) {
          return format;
        }
      }
      throw new CommandLine.TypeConversionException(
          "'" + value + "' is not allowed, expected table, json or csv");
    }
  }
}
