package io.tandem.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;

/** Words for what the disk refused. */
public final class DiskErrors {
  private DiskErrors() {}

  /**
   * The one-line error for a failed operation.
   *
   * @param path what was written or read
   * @param failure what the system said
   */
  public static UserError error(Path path, IOException failure) {
    return new UserError(UserError.Kind.RUN, path + ": " + reason(path, failure), failure);
  }

  private static String reason(Path path, IOException failure) {
    String text = text(failure);
    String lower = text.toLowerCase(Locale.ROOT);
    if (failure instanceof AccessDeniedException || lower.contains("permission denied")) {
      return "no permission; choose a place that you may write to or change its permissions";
    }
    if (failure instanceof NoSuchFileException) {
      return "no such file or directory; check the path";
    }
    if (failure instanceof FileAlreadyExistsException taken) {
      return taken.getFile() + " is in the way; choose another place or move it";
    }
    if (failure instanceof NotDirectoryException || lower.contains("not a directory")) {
      return "lies in a file, expected a directory; check the path";
    }
    if (lower.contains("no space") || lower.contains("quota")) {
      return "no space left on the device; free some, then " + NextCommand.goOn(path);
    }
    if (lower.contains("read-only")) {
      return "the file system is read-only; choose a place that can be written to";
    }
    return text + "; check the disk, then " + NextCommand.goOn(path);
  }

  private static String text(IOException failure) {
    String text = failure.getMessage();
    if (failure instanceof FileSystemException detailed && detailed.getReason() != null) {
      text = detailed.getReason();
    }
    return text == null ? "the system gave no reason" : text.replaceAll("\\s*\\R\\s*", " ");
  }
}
