package io.tandem.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.cli.Main;
import io.tandem.testing.ChildProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Answers that nobody gets are no success, whatever the command and whatever was in their way. */
class StandardStreamsTest {
  private static final Path FULL = Path.of("/dev/full");

  private final StringWriter err = new StringWriter();

  /** A stream such as that of the process, which refuses to be written to. */
  private static PrintStream failing(String reason) {
    return StandardOutput.to(
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            throw new IOException(reason);
          }
        });
  }

  private int run(PrintStream out, String... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(StandardStreams.writer(out)).setErr(new PrintWriter(err, true));
    return Main.run(command, arguments);
  }

  private List<String> errors() {
    return err.toString().lines().filter(line -> line.startsWith("tandem: ")).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "--version", "help search", "completion", "check --print"})
  void run_outputOnAFullDisk_exitsWithFourAndSaysSo(String line) {
    assertThat(run(failing("No space left on device"), line.split(" "))).isEqualTo(4);
    assertThat(errors())
        .containsExactly(
            "tandem: standard output: cannot be written to; free space on its disk, or let its"
                + " reader read to the end");
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "--version", "completion"})
  void run_readerThatHasGone_endsQuietly(String line) {
    assertThat(run(failing("Broken pipe"), line.split(" "))).isEqualTo(141);
    assertThat(errors()).isEmpty();
  }

  @Test
  void run_streamOfJavaThatFails_exitsWithFour() {
    PrintStream wrapped =
        new PrintStream(failing("No space left on device"), true, StandardCharsets.UTF_8);
    assertThat(run(wrapped, "--version")).isEqualTo(4);
  }

  /** With the streams of a whole process, none of which a test has put in their place. */
  @Test
  void main_fullDevice_exitsWithFour() throws IOException, InterruptedException {
    Assumptions.assumeTrue(Files.exists(FULL), "the system has a device that is always full");
    Process process =
        new ProcessBuilder(
                ChildProcess.command(
                    ChildProcess.classPath(), List.of(), Main.class.getName(), "--version"))
            .redirectOutput(FULL.toFile())
            .start();
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(4);
    assertThat(said).startsWith("tandem: standard output: cannot be written to;");
  }
}
