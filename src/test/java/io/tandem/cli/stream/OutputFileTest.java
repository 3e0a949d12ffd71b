package io.tandem.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.cli.Main;
import io.tandem.disk.Disk;
import io.tandem.disk.DiskErrors;
import io.tandem.disk.UserError;
import io.tandem.testing.FailingDisk;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** An answer in a file is complete or not there, whatever the disk does. */
class OutputFileTest {
  @TempDir private Path folder = Path.of("");

  private static void write(Disk disk, Path file, String text) {
    try (OutputFile output = OutputFile.open(disk, file)) {
      output.writer().write(text);
      output.commit();
    } catch (IOException failure) {
      throw DiskErrors.error(file, failure);
    }
  }

  @ParameterizedTest
  @EnumSource
  void commit_diskFailsAtAnyOperation_leavesTheFormerFile(FailingDisk.Failure failure)
      throws IOException {
    FailingDisk counting = new FailingDisk(failure, Integer.MAX_VALUE);
    write(counting, folder.resolve("counted"), "text");
    assertThat(counting.operations()).isGreaterThan(3);
    for (int at = 1; at < counting.operations(); at++) {
      Path file = Files.writeString(folder.resolve("answers-" + at + ".csv"), "former");
      FailingDisk disk = new FailingDisk(failure, at);
      assertThatThrownBy(() -> write(disk, file, "text"))
          .as("operation " + at)
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith(file.toString())
          .hasMessageNotContaining("\n");
      assertThat(file).hasContent("former");
    }
  }

  /** A link that is replaced leads nowhere any more, and {@code /dev/stdout} is one. */
  @Test
  void commit_linkToAFile_replacesTheFileAndKeepsTheLink() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Path file = Files.writeString(other.resolve("real.csv"), "former");
    Path link = Files.createSymbolicLink(other.resolve("link"), Path.of("real.csv"));
    Path outer = Files.createSymbolicLink(folder.resolve("outer"), Path.of("other", "link"));
    write(Disk.system(), outer, "text");
    assertThat(outer).isSymbolicLink();
    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("text").isRegularFile();
    try (Stream<Path> files = Files.list(other)) {
      assertThat(files).containsExactlyInAnyOrder(file, link);
    }
  }

  @Test
  void commit_linkToNothingYet_makesTheFileThere() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("new.csv"));
    write(Disk.system(), link, "text");
    assertThat(link).isSymbolicLink();
    assertThat(folder.resolve("new.csv")).hasContent("text");
  }

  @Test
  void open_linksInACircle_areRefused() throws IOException {
    Path link = folder.resolve("a");
    Files.createSymbolicLink(link, folder.resolve("b"));
    Files.createSymbolicLink(folder.resolve("b"), link);
    assertThatThrownBy(() -> OutputFile.open(Disk.system(), link))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(link.toString());
    assertThat(link).isSymbolicLink();
  }

  @Test
  void commit_pipeBehindALink_isWrittenToAndStays() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path link = Files.createSymbolicLink(folder.resolve("link"), pipe);
    Process reader = new ProcessBuilder("cat", pipe.toString()).start();
    write(Disk.system(), link, "text");
    assertThat(new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("text");
    assertThat(link).isSymbolicLink();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(pipe, link);
    }
  }

  /** An open file is written to where it is: a new one in its place would reach nobody. */
  @Test
  void commit_linkToAnOpenFileOfAProcess_writesToThatFile() throws Exception {
    Path shown = folder.resolve("shown.txt");
    Process holder = new ProcessBuilder("cat").redirectOutput(shown.toFile()).start();
    try {
      Path descriptor = Path.of("/proc", Long.toString(holder.pid()), "fd", "1");
      Assumptions.assumeTrue(Files.exists(descriptor), "the system shows open files in /proc");
      Path link = Files.createSymbolicLink(folder.resolve("link"), descriptor);
      Object file = Files.readAttributes(shown, BasicFileAttributes.class).fileKey();
      write(Disk.system(), link, "text");
      assertThat(shown).hasContent("text");
      assertThat(Files.readAttributes(shown, BasicFileAttributes.class).fileKey()).isEqualTo(file);
      assertThat(link).isSymbolicLink();
    } finally {
      holder.destroy();
    }
  }

  @Test
  void isStandardOutput_linkToTheDescriptor_isSeen() throws IOException {
    Path own = Path.of("/proc/self/fd/1");
    Assumptions.assumeTrue(Files.exists(own), "the system shows open files in /proc");
    Path link = Files.createSymbolicLink(folder.resolve("link"), own);
    assertThat(OutputFile.isStandardOutput(link)).isTrue();
    assertThat(OutputFile.isStandardOutput(folder.resolve("file"))).isFalse();
    assertThat(OutputFile.isStandardOutput(Path.of("/nowhere/at/all"))).isFalse();
  }

  @Test
  void open_folder_isRefusedAsOne() {
    assertThatThrownBy(() -> OutputFile.open(Disk.system(), folder))
        .isInstanceOf(UserError.class)
        .hasMessage(
            folder
                + ": is a folder, expected a file; name one in it, as "
                + folder.resolve("answers.csv"))
        .matches(error -> ((UserError) error).kind() == UserError.Kind.USAGE);
    assertThat(folder).isEmptyDirectory();
  }

  /** Two writers would share the file aside, and the first to end would publish half of it. */
  @Test
  void open_fileThatIsBeingWritten_isRefusedAndDoesNotDisturb() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "former");
    try (OutputFile first = OutputFile.open(Disk.system(), file)) {
      first.writer().write("first");
      assertThatThrownBy(() -> OutputFile.open(Disk.system(), file))
          .isInstanceOf(UserError.class)
          .hasMessage(
              file
                  + ": another process is writing there; wait for it, stop it, or name another"
                  + " place")
          .matches(error -> ((UserError) error).kind().exitCode() == 4);
      first.commit();
    }
    assertThat(file).hasContent("first");
  }

  /** A process that is killed leaves its files, but no lock. */
  @Test
  void open_filesOfAKilledProcess_areReplaced() throws IOException {
    Files.writeString(folder.resolve(".a.csv.lock"), "");
    Files.writeString(folder.resolve(".a.csv.partial"), "half");
    write(Disk.system(), folder.resolve("a.csv"), "text");
    assertThat(folder.resolve("a.csv")).hasContent("text");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void close_withoutCommit_leavesNothing() throws IOException {
    try (OutputFile output = OutputFile.open(Disk.system(), folder.resolve("a.csv"))) {
      output.writer().write("half");
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  /** A closed pipe or a full disk behind the standard output is no success. */
  @Test
  void run_standardOutputThatCannotBeWritten_exitsWithFour() {
    Writer closed =
        new Writer() {
          @Override
          public void write(char[] symbols, int offset, int length) throws IOException {
            throw new IOException("Broken pipe");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    StringWriter err = new StringWriter();
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(closed, true));
    command.setErr(new PrintWriter(err, true));
    assertThat(Main.run(command, "check")).isEqualTo(4);
    assertThat(err.toString().lines().filter(line -> line.startsWith("tandem: ")))
        .containsExactly(
            "tandem: standard output: cannot be written to; free space on its disk, or let its"
                + " reader read to the end");
  }
}
