package io.tandem.cli.stream;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The final target of a path that the user names for an answer. A link is followed: replaced by a
 * file it would lead nowhere any more, and {@code /dev/stdout} is one.
 *
 * @param path the place: a file, existing or not, or a device or pipe
 * @param descriptor number of the open file of a process that it stands for; -1 if it is none
 * @param own whether that process is this one
 */
record OutputPlace(Path path, int descriptor, boolean own) {
  private static final int MOST_LINKS = 40;
  private static final int STANDARD_OUTPUT = 1;
  private static final Pattern DESCRIPTOR =
      Pattern.compile("/proc/(\\d+)(?:/task/\\d+)?/fd/(\\d{1,6})");

  /**
   * Follows the links of a path.
   *
   * @param typed as it was given
   * @throws IOException if the folder that it leads to is not there or cannot be read
   */
  static OutputPlace of(Path typed) throws IOException {
    Path file = typed.toAbsolutePath();
    for (int link = 0; link < MOST_LINKS; link++) {
      Path name = file.getFileName();
      if (name == null || !Files.isSymbolicLink(file)) {
        return descriptor(file);
      }
      Path here = Objects.requireNonNull(file.getParent()).toRealPath().resolve(name);
      OutputPlace found = descriptor(here);
      // Such a link has no target that could be opened: of a pipe it is pipe:[1234].
      if (found.descriptor() >= 0) {
        return found;
      }
      file = here.resolveSibling(Files.readSymbolicLink(here));
    }
    throw new FileSystemLoopException(typed.toString());
  }

  private static OutputPlace descriptor(Path path) {
    Matcher matcher = DESCRIPTOR.matcher(path.toString());
    return matcher.matches()
        ? new OutputPlace(
            path,
            Integer.parseInt(matcher.group(2)),
            matcher.group(1).equals(Long.toString(ProcessHandle.current().pid())))
        : new OutputPlace(path, -1, false);
  }

  /**
   * Tells whether it is the standard output of this process, which has its own position in a file.
   */
  boolean isStandardOutput() {
    return own && descriptor == STANDARD_OUTPUT;
  }

  /** Tells whether it is written to directly, because it is not a file that could be replaced. */
  boolean isWrittenDirectly() {
    return descriptor >= 0 || (Files.exists(path) && !Files.isRegularFile(path));
  }
}
