package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.disk.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Whatever goes wrong, people get a line and scripts an exit code. */
final class FailureTest {
  /** A command that throws. */
  @Command(name = "throw")
  static final class Throwing implements Callable<Integer> {
    private final Throwable thrown;

    Throwing(Throwable thrown) {
      this.thrown = thrown;
    }

    @Override
    public Integer call() throws Exception {
      if (thrown instanceof Error error) {
        throw error;
      }
      throw (Exception) thrown;
    }
  }

  static Stream<Throwable> surprises() {
    return Stream.of(
        new IllegalStateException("this\ncannot be"),
        new NullPointerException(),
        new StackOverflowError(),
        new AssertionError("never"),
        new NoClassDefFoundError("io/tandem/Absent"),
        new ExceptionInInitializerError(new IllegalStateException("x")),
        new UnsatisfiedLinkError("no such library"));
  }

  @ParameterizedTest
  @MethodSource("surprises")
  void run_anythingThrown_isOneLineWithoutClassNamesAndExitCodeFour(Throwable thrown)
      throws IOException {
    StringWriter err = new StringWriter();
    CommandLine command = Main.commandLine().addSubcommand(new Throwing(thrown));
    command.setErr(new PrintWriter(err));
    assertThat(Main.run(command, "throw")).isEqualTo(4);
    assertThat(err.toString())
        .hasLineCount(1)
        .startsWith("tandem: the program failed")
        .contains("please report this, with the details in ")
        .doesNotContain("Exception", "Error", "\tat ");
    Path details = Path.of(err.toString().strip().replaceFirst(".* in ", ""));
    assertThat(details).content().contains(thrown.getClass().getName(), "\tat ");
    Files.delete(details);
  }

  @Test
  void of_pathThatIsNone_isAMistakeOfTheUsage() {
    Failure failure =
        Failure.of(
            new IllegalStateException(
                new InvalidPathException("a\0b", "Nul character not allowed")));
    assertThat(failure.exitCode()).isEqualTo(UserError.Kind.USAGE.exitCode());
    assertThat(failure.lines())
        .containsExactly("\"a?b\": is not a path (Nul character not allowed); give another");
  }
}
