package io.tandem.cli;

import io.tandem.data.Quote;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/**
 * Values of options whose mistakes are told in words of a user: those of picocli name types of
 * Java, and it takes an empty path for the current folder.
 */
final class Converters {
  private Converters() {}

  /** Lets all commands use them. */
  static CommandLine register(CommandLine command) {
    return command
        .registerConverter(Path.class, Converters::path)
        .registerConverter(Long.class, Converters::whole)
        .registerConverter(Integer.class, text -> Math.toIntExact(whole(text, Integer.MAX_VALUE)));
  }

  private static Path path(String text) {
    if (text.isEmpty()) {
      throw new TypeConversionException("the path is empty, expected a file or folder");
    }
    return Path.of(text);
  }

  private static long whole(String text) {
    return whole(text, Long.MAX_VALUE);
  }

  private static long whole(String text, long most) {
    try {
      long value = Long.parseLong(text);
      if (value <= most && value >= -most - 1) {
        return value;
      }
    } catch (NumberFormatException none) {
      throw notWhole(text, most);
    }
    throw notWhole(text, most);
  }

  private static TypeConversionException notWhole(String text, long most) {
    return new TypeConversionException(
        Quote.format(
            "'%s' is not allowed, expected a whole number from %d to %d", text, -most - 1, most));
  }
}
