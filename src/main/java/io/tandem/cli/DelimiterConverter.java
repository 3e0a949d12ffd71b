package io.tandem.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the character between two cells; a tab may be written as in a configuration. */
final class DelimiterConverter implements ITypeConverter<Character> {
  @Override
  public Character convert(String text) {
    if (text.equals("\\t")) {
      return '\t';
    }
    if (text.length() != 1) {
      throw new TypeConversionException("'" + text + "' is not allowed, expected one character");
    }
    return text.charAt(0);
  }
}
