package io.tandem.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tandem.testing.FailingDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other programs read the result by its documented keys, and it must never be half there. */
class ResultsTest {
  @TempDir Path directory;

  @Test
  void write_hasTheDocumentedKeysAndIsReadBackEqual() throws IOException {
    Samples.results().write(Disk.system(), file());
    assertThat(new ObjectMapper().readTree(file().toFile()).fieldNames())
        .toIterable()
        .containsExactly(
            "test.accuracy",
            "validation.accuracy",
            "architecture",
            "optimizer",
            "budget.examples",
            "budget.seconds",
            "seed",
            "model");
    assertThat(Results.read(file())).contains(Samples.results());
  }

  @Test
  void read_absent_isEmpty() {
    assertThat(Results.read(file())).isEmpty();
  }

  @Test
  void read_damaged_isAnErrorThatNamesTheFile() throws IOException {
    Files.writeString(file(), "{\"test.accuracy\": 0.9");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> Results.read(file()))
        .withMessageStartingWith(file() + ": is damaged");
  }

  @Test
  void write_diskFailsAtAnyOperation_keepsTheFormerResultOrHasTheNewOne() {
    for (FailingDisk.Failure failure : FailingDisk.Failure.values()) {
      FailingDisk disk;
      int failing = 1;
      do {
        Samples.results().write(Disk.system(), file());
        disk = new FailingDisk(failure, failing++);
        try {
          Samples.results().write(disk, file());
        } catch (UserError error) {
          assertThat(error).hasMessageStartingWith(file() + ": ");
        }
        assertThat(Results.read(file())).contains(Samples.results());
      } while (disk.hasFailed());
    }
  }

  private Path file() {
    return directory.resolve("result.json");
  }
}
