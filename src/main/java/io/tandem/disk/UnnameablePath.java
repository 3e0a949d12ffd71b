package io.tandem.disk;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Paths that Java cannot name. In a locale without UTF-8 these are all with other characters than
 * the locale's; the launcher sets another locale, so only those who start Java themselves meet it.
 */
public final class UnnameablePath {
  private UnnameablePath() {}

  /**
   * Whether another locale would help.
   *
   * @param failure what Java said of the path
   */
  public static boolean isOfLocale(InvalidPathException failure) {
    return !isUtf8(System.getProperty("sun.jnu.encoding", ""))
        && failure.getInput().chars().anyMatch(character -> character > 0x7e);
  }

  /**
   * The one-line error: of the data if another locale would help, else of the usage.
   *
   * @param failure what Java said of the path
   */
  public static UserError error(InvalidPathException failure) {
    String path = "\"" + failure.getInput().replaceAll("\\p{Cntrl}", "?") + "\"";
    return isOfLocale(failure)
        ? new UserError(
            UserError.Kind.DATA,
            path
                + ": this locale has no UTF-8 and cannot name the file; set LC_ALL=C.UTF-8 in the"
                + " environment",
            failure)
        : new UserError(
            UserError.Kind.USAGE,
            path + ": is not a path (" + failure.getReason() + "); give another",
            failure);
  }

  /**
   * The same for a path as text; empty if it can be named.
   *
   * @param path as typed
   */
  public static Optional<UserError> error(String path) {
    try {
      Path unused = Path.of(path);
      return Optional.empty();
    } catch (InvalidPathException failure) {
      return Optional.of(error(failure));
    }
  }

  private static boolean isUtf8(String charset) {
    return Charset.isSupported(charset) && Charset.forName(charset).equals(StandardCharsets.UTF_8);
  }
}
