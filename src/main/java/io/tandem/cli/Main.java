package io.tandem.cli;

import io.tandem.cli.stream.ReaderGone;
import io.tandem.cli.stream.StandardStreams;
import io.tandem.config.KnownSettings;
import io.tandem.disk.NextCommand;
import io.tandem.disk.UnnameablePath;
import io.tandem.disk.UserError;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program's entry and the only place that ends it. */
public final class Main {
  private static final Pattern ATTACHED = Pattern.compile("--?[^=]+=-.+", Pattern.DOTALL);

  private Main() {}

  /**
   * Runs a command and exits with its code.
   *
   * @param arguments as typed
   */
  public static void main(String[] arguments) {
    prepare();
    Interruption.endProgram(System::exit);
    System.exit(run(arguments));
  }

  /** Frees the process of what depends on the place: libraries print and draw numbers, too. */
  static void prepare() {
    Locale.setDefault(Locale.ROOT);
    StandardStreams.open();
  }

  /**
   * Runs a command.
   *
   * @param arguments as typed
   * @return the exit code
   */
  public static int run(String... arguments) {
    CommandLine command = commandLine();
    StandardStreams.attach(command);
    return run(command, arguments);
  }

  /** Runs a command; errors that Java throws are answered as exceptions are. */
  public static int run(CommandLine command, String... arguments) {
    try {
      // After an equals sign, -o.png is a value and not an option.
      command.setAllowOptionsAsOptionParameters(
          Arrays.stream(arguments).anyMatch(typed -> ATTACHED.matcher(typed).matches()));
      int code = command.execute(arguments);
      return code == ReaderGone.EXIT_CODE ? code : written(code, command);
    } catch (Throwable thrown) {
      return failed(thrown, command);
    }
  }

  /** The code of a command, but no success if what it printed is lost. */
  private static int written(int code, CommandLine command) {
    try {
      StandardStreams.requireWritable(command.getOut());
      return code;
    } catch (UserError | ReaderGone lost) {
      int failed = failed(lost, command);
      return code == 0 ? failed : code;
    }
  }

  /** The parser with all commands and the handling of errors. */
  public static CommandLine commandLine() {
    return Converters.register(new CommandLine(new Tandem()))
        .setCommandName(NextCommand.of())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setAbbreviatedOptionsAllowed(false)
        .setParameterExceptionHandler(Main::wrongUsage)
        .setExecutionExceptionHandler((thrown, command, parsed) -> failed(thrown, command));
  }

  private static int wrongUsage(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    if (wrong.getArgSpec() != null && wrong.getArgSpec().type() == Path.class) {
      Optional<UserError> mistake = UnnameablePath.error(String.valueOf(wrong.getValue()));
      if (mistake.isPresent()) {
        return failed(mistake.get(), command);
      }
    }
    PrintWriter err = command.getErr();
    String line = "tandem: " + Failure.oneLine(wrong) + "; see " + name(command) + " --help";
    err.println(line + suggestions(wrong, arguments));
    err.flush();
    return UserError.Kind.USAGE.exitCode();
  }

  /** The suggestions of picocli, on the same line, or the option for a setting. */
  private static String suggestions(ParameterException wrong, String[] arguments) {
    if (wrong instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption()) {
      Optional<String> setting = setting(unmatched.getUnmatched().get(0), arguments);
      if (setting.isPresent()) {
        return "; use " + setting.get();
      }
    }
    StringWriter guesses = new StringWriter();
    UnmatchedArgumentException.printSuggestions(wrong, new PrintWriter(guesses));
    String text = guesses.toString().strip().replaceAll("\\s*\\R\\s*", " ");
    return text.isEmpty()
        ? ""
        : "; " + text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }

  /** A hint for a setting that is typed like an option. */
  private static Optional<String> setting(String typed, String[] arguments) {
    String[] first = typed.split("=", 2);
    String path = first[0].replaceFirst("^-+", "");
    if (!first[0].startsWith("--") || !KnownSettings.contains(path)) {
      return Optional.empty();
    }
    int next = List.of(arguments).indexOf(typed) + 1;
    String following = next < arguments.length ? arguments[next] : "VALUE";
    return Optional.of(NextCommand.set(path, first.length > 1 ? first[1] : following));
  }

  private static int failed(Throwable thrown, CommandLine command) {
    Failure failure = Failure.of(thrown);
    failure.print(command.getErr());
    return failure.exitCode();
  }

  private static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName();
  }
}
