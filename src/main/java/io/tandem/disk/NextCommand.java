package io.tandem.disk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Commands that messages tell people to type next: with the program's name as it was called, such
 * as {@code ./tandem} or {@code /usr/local/bin/tandem}, and quoted for a shell where that is
 * needed, so that they can be pasted.
 */
public final class NextCommand {
  /** The system property by which the launcher says how it was called. */
  public static final String CALLED = "tandem.command";

  private NextCommand() {}

  /**
   * A command line.
   *
   * @param arguments of the program, as they are
   */
  public static String of(String... arguments) {
    return Stream.concat(Stream.of(program()), Arrays.stream(arguments))
        .map(NextCommand::quoted)
        .collect(Collectors.joining(" "));
  }

  /**
   * The option that sets something in a configuration.
   *
   * @param path of the setting
   * @param value of it
   */
  public static String set(String path, String value) {
    return "--set " + quoted(path + "=" + value);
  }

  /**
   * The command that resumes a run.
   *
   * @param run the run
   */
  public static String resume(RunDirectory run) {
    return resume(run.path(), run.manifest());
  }

  /** The same, for a run whose directory and manifest are known. */
  public static String resume(Path path, RunManifest manifest) {
    return of(manifest.isTuning() ? "tune" : "search", "--resume", path.toString());
  }

  /**
   * What is wrong with a run that has no result, in words.
   *
   * @param run the run
   */
  public static String unfinished(RunDirectory run) {
    return "the run is not finished; resume it with: " + resume(run);
  }

  /**
   * How to go on after a failure, in words: the command that resumes the run, if it was in one that
   * has not finished. What works on finished runs goes on when it is called again.
   *
   * @param path what was read or written
   */
  public static String goOn(Path path) {
    return RunDirectory.around(path)
        .filter(run -> !Files.exists(run.result()))
        .map(run -> "resume the run with: " + resume(run))
        .orElse("try again");
  }

  /** Where a directory was expected to be a run, in words: the command that lists runs. */
  static String listRuns() {
    return of("runs") + " lists the runs there are";
  }

  /**
   * The command that shows a run.
   *
   * @param run its directory
   */
  public static String show(Path run) {
    return of("show", run.toString());
  }

  /**
   * An argument between apostrophes, unless it has only characters that no shell cares for.
   *
   * @param argument as a program sees it
   */
  public static String quoted(String argument) {
    return argument.matches("[A-Za-z0-9_./:=,@%+-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }

  /** A name with characters that would break the line is left out. */
  private static String program() {
    String called = System.getProperty(CALLED, "");
    return called.isEmpty() || called.matches("(?s).*\\p{Cntrl}.*") ? "tandem" : called;
  }
}
