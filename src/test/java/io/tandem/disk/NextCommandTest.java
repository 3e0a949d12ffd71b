package io.tandem.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A command in a message can be pasted, wherever the program and the run lie. */
final class NextCommandTest {
  @TempDir private Path folder = Path.of("");

  @AfterEach
  void forgetCall() {
    System.clearProperty(NextCommand.CALLED);
  }

  private RunDirectory create(String name, String strategy) {
    return RunDirectory.create(
        Disk.system(),
        folder.resolve(name),
        new RunManifest("x", 1, strategy, "tandem x", Instant.EPOCH, "0", "0"),
        "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          plain/run-1.0  | plain/run-1.0
          my runs/x      | 'my runs/x'
          it's           | 'it'\\''s'
          $HOME;ls       | '$HOME;ls'
          Köln           | 'Köln'
          ""             | ''
          """)
  void quoted_anyArgument_isWhatAShellReadsAsIt(String argument, String expected) {
    assertThat(NextCommand.quoted(argument)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ./tandem              | ./tandem show r
          /usr/local/bin/tandem | /usr/local/bin/tandem show r
          my tools/tandem       | "my tools/tandem" show r
          -                     | tandem show r
          """)
  void of_programCalledInAnyWay_namesItSo(String called, String expected) {
    if (!called.equals("-")) {
      System.setProperty(NextCommand.CALLED, called);
    }
    assertThat(NextCommand.of("show", "r")).isEqualTo(expected.replace('"', '\''));
  }

  @Test
  void of_nameThatBreaksTheLine_isLeftOut() {
    System.setProperty(NextCommand.CALLED, "./a\nb");
    assertThat(NextCommand.of("runs")).isEqualTo("tandem runs");
  }

  @Test
  void resume_anyRun_isTheCommandThatBeganIt() {
    assertThat(NextCommand.resume(create("a b", "joint")))
        .isEqualTo("tandem search --resume '" + folder.resolve("a b") + "'");
    assertThat(NextCommand.resume(create("tuned", RunManifest.TUNE)))
        .isEqualTo("tandem tune --resume " + folder.resolve("tuned"));
  }

  @Test
  void goOn_pathWithinARun_resumesTheRun() {
    RunDirectory run = create("run", RunManifest.TUNE);
    assertThat(NextCommand.goOn(run.checkpoints().resolve("step-1/manifest.json")))
        .isEqualTo("resume the run with: tandem tune --resume " + run.path());
    assertThat(NextCommand.goOn(run.path())).isEqualTo(NextCommand.goOn(run.journal()));
    assertThat(NextCommand.goOn(folder)).isEqualTo("try again");
  }

  /** A run that has finished has nothing to resume; a retraining goes on when called again. */
  @Test
  void goOn_pathWithinAFinishedRun_isTheSameCommandAgain() {
    RunDirectory run = create("done", "joint");
    AtomicFile.write(Disk.system(), run.result(), "{}");
    assertThat(NextCommand.goOn(run.retrainCheckpoints(2))).isEqualTo("try again");
  }
}
