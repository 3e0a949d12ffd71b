package io.tandem.fuzz;

import io.tandem.cli.InProcess;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says how an answer of the program breaks what it promises for every input. */
final class Verdict {
  private static final Pattern JAVA =
      Pattern.compile(
          "\\b(java|javax|jdk|sun|io|org|com)(\\.\\w+)+\\.[A-Z]\\w+|\\b\\w+(Exception|Error)\\b|\\bat \\w+\\.\\w+\\("
              + "|the program failed|\\bnull\\b(?! is not allowed)");
  private static final Pattern PLACE = Pattern.compile("tandem: \\S.*?: .+");
  private static final Pattern REMEDY = Pattern.compile(";|expected|did you mean|not allowed");

  private Verdict() {}

  /**
   * What is wrong with an answer; empty if nothing is.
   *
   * @param ended the answer
   * @param mostLines how many lines of errors there may be: one for each mistake
   */
  static Optional<String> of(InProcess.Ended ended, int mostLines) {
    // What stands in quotes is the input's.
    if (JAVA.matcher(ended.err().replaceAll("\"[^\"\n]*\"", "\"\"")).find()) {
      return Optional.of("names what only programmers know");
    }
    if (ended.code() != 0 && (ended.code() < 2 || ended.code() > 4)) {
      return Optional.of("exit code " + ended.code());
    }
    List<String> errors = ended.err().lines().filter(line -> line.startsWith("tandem: ")).toList();
    if (ended.code() != 0 && (errors.isEmpty() || errors.size() > mostLines)) {
      return Optional.of(errors.size() + " lines of errors");
    }
    for (String line : errors) {
      if (!PLACE.matcher(line).matches() || !REMEDY.matcher(line).find()) {
        return Optional.of("names no place or no remedy");
      }
    }
    return Optional.empty();
  }
}
