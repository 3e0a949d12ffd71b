package io.tandem.config.text;

import io.tandem.data.Quote;
import io.tandem.disk.UserError;
import java.util.LinkedHashSet;
import java.util.Set;

/** The problems of a configuration, collected so that all are reported together. */
public final class Problems {
  private final Set<String> lines = new LinkedHashSet<>();

  /**
   * Adds a problem.
   *
   * @param place the setting or file that it is about; may be empty
   * @param text what is wrong and what is allowed
   */
  public void add(String place, String text) {
    String line = place.isEmpty() ? text : place + ": " + text;
    lines.add(Quote.printable(line.replaceAll("\\s+", " ").strip()));
  }

  /** Whether no problem has been added. */
  public boolean isEmpty() {
    return lines.isEmpty();
  }

  /** Throws what was collected, one line per problem. */
  public void throwIfAny() {
    if (!lines.isEmpty()) {
      throw new UserError(UserError.Kind.USAGE, lines);
    }
  }
}
