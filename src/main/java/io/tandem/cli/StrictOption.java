package io.tandem.cli;

import io.tandem.disk.UserError;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Option;

/** Whether suspicions about the data end a command; add it with {@code @Mixin}. */
final class StrictOption {
  @Option(
      names = "--strict",
      description = "Makes every warning about the data an error, exit code 3.")
  private boolean strict;

  /**
   * Tells the suspicions.
   *
   * @param suspicions a line each
   * @param err where to
   * @throws UserError with all of them if they are errors
   */
  void tell(List<String> suspicions, PrintWriter err) {
    if (strict && !suspicions.isEmpty()) {
      throw new UserError(UserError.Kind.DATA, suspicions);
    }
    suspicions.forEach(line -> err.println("warning: " + line));
    err.flush();
  }
}
