package io.tandem.report.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tandem.disk.Disk;
import io.tandem.disk.UserError;
import io.tandem.report.Samples;
import io.tandem.testing.FailingDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run is resumed from its journal, so any prefix of its bytes must be enough to go on. */
class JournalTest {
  private static final int TAIL = 4096;

  @TempDir Path directory;

  @Test
  void append_everyKind_isReadBackEqual() {
    List<JournalEntry> entries =
        List.of(
            Samples.step(1),
            Samples.tried(0, 0.5),
            new JournalEntry.Retrain(1, 0.5, Double.POSITIVE_INFINITY, 0.75, 10, 1),
            new JournalEntry.Event("drop", "line\nbreak, \"quotes\" and ünïcode"));
    try (Journal journal = open(Disk.system())) {
      entries.forEach(journal::append);
      journal.sync();
    }
    assertThat(JournalReader.read(file()).entries()).isEqualTo(entries);
  }

  @Test
  void open_truncatedAtEveryByteOfTheTail_keepsTheIntactLinesAndGoesOn() throws IOException {
    byte[] whole = journalOf(20);
    for (int length = Math.max(0, whole.length - TAIL); length <= whole.length; length++) {
      byte[] prefix = Arrays.copyOf(whole, length);
      Files.write(file(), prefix);
      long lines = count(prefix);
      try (Journal journal = open(Disk.system())) {
        assertThat(journal.recovery().validBytes() + journal.recovery().cutBytes())
            .isEqualTo(length);
        journal.append(Samples.step(99));
      }
      JournalReader.Content content = JournalReader.read(file());
      assertThat(content.lines()).hasSize((int) lines + 1);
      assertThat(content.validBytes()).isEqualTo(Files.size(file()));
    }
  }

  @Test
  void open_tornTail_isReportedOnce() throws IOException {
    Files.write(file(), Arrays.copyOf(journalOf(3), journalOf(3).length - 5));
    try (Journal journal = open(Disk.system())) {
      assertThat(journal.recovery().cutBytes()).isPositive();
    }
    try (Journal journal = open(Disk.system())) {
      assertThat(journal.recovery().cutBytes()).isZero();
    }
  }

  @Test
  void parse_anyFlippedBit_endsBeforeTheDamagedLine() throws IOException {
    byte[] whole = journalOf(10);
    SplittableRandom random = new SplittableRandom(1);
    for (int trial = 0; trial < 2000; trial++) {
      byte[] damaged = whole.clone();
      int position = random.nextInt(whole.length);
      damaged[position] ^= (byte) (1 << random.nextInt(8));
      long before = count(Arrays.copyOf(whole, position));
      assertThat(JournalReader.parse(damaged).lines()).hasSize((int) before);
    }
  }

  @Test
  void open_damageAmidTheJournal_keepsWhatIsCutBeside() throws IOException {
    byte[] whole = journalOf(10);
    whole[whole.length / 2] ^= 1;
    Files.write(file(), whole);
    open(Disk.system()).close();
    Path rest = directory.resolve("journal.jsonl.damaged");
    byte[] cut = Files.readAllBytes(rest);
    assertThat(Files.size(file()) + cut.length).isEqualTo(whole.length);
    // Also later, when nothing is left to cut.
    try (Journal journal = open(Disk.system())) {
      assertThat(journal.damage()).isEmpty();
      assertThat(journal.shortness()).contains(file().toString()).endsWith(rest.toString());
    }
  }

  @Test
  void damage_wholeLinesCut_namesTheirPlace() throws IOException {
    byte[] whole = journalOf(3);
    whole[whole.length - 10] ^= 1;
    Files.write(file(), whole);
    try (Journal journal = open(Disk.system())) {
      assertThat(journal.damage().orElseThrow())
          .startsWith(file() + ": is damaged from line 3 on, 1 line is left out;")
          .endsWith("the rest is in " + directory.resolve("journal.jsonl.damaged"));
    }
    Files.write(file(), Arrays.copyOf(journalOf(3), journalOf(3).length - 5));
    try (Journal journal = open(Disk.system())) {
      assertThat(journal.damage()).as("half a line, as a kill leaves it").isEmpty();
    }
  }

  @Test
  void append_diskFailsAtAnyOperation_leavesIntactLinesOnlyAndSaysWhere() throws IOException {
    for (FailingDisk.Failure failure : FailingDisk.Failure.values()) {
      FailingDisk disk;
      int failing = 1;
      do {
        Files.deleteIfExists(file());
        disk = new FailingDisk(failure, failing++);
        try (Journal journal = open(disk)) {
          for (int step = 1; step <= 3; step++) {
            journal.append(Samples.step(step));
            journal.sync();
          }
        } catch (UserError error) {
          assertThat(error).hasMessageStartingWith(file() + ": ").hasMessageNotContaining("\n");
          assertThat(error.kind().exitCode()).isEqualTo(4);
        }
        assertThat(JournalReader.read(file()).validBytes())
            .isEqualTo(JournalReader.bytes(file()).length);
      } while (disk.hasFailed());
      assertThat(JournalReader.read(file()).lines()).hasSize(3);
    }
  }

  @Test
  void truncate_earlierOffset_takesLinesBack() {
    try (Journal journal = open(Disk.system())) {
      journal.append(Samples.step(1));
      long offset = journal.offset();
      journal.append(Samples.step(2));
      journal.truncate(offset);
      journal.append(Samples.step(3));
    }
    assertThat(JournalReader.read(file()).entries())
        .isEqualTo(List.of(Samples.step(1), Samples.step(3)));
  }

  @Test
  void truncate_sessionNotesBehindTheOffset_keepsThemAlone() {
    JournalEntry.Event note = new JournalEntry.Event("torn_tail", "3 bytes cut at byte 4");
    try (Journal journal = open(Disk.system())) {
      journal.append(Samples.step(1));
      long offset = journal.offset();
      journal.append(note);
      journal.append(Samples.step(2));
      journal.truncate(offset);
      journal.append(Samples.step(3));
    }
    assertThat(JournalReader.read(file()).entries())
        .isEqualTo(List.of(Samples.step(1), note, Samples.step(3)));
  }

  @Test
  void truncate_behindTheEnd_isAnErrorThatNamesTheFile() {
    try (Journal journal = open(Disk.system())) {
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> journal.truncate(1))
          .withMessageStartingWith(file().toString());
    }
  }

  @Test
  void comparable_timesAndSessionNotesDiffer_isEqual() {
    Path other = directory.resolve("other.jsonl");
    try (Journal journal = open(Disk.system());
        Journal second = Journal.open(Disk.system(), other)) {
      journal.append(new JournalEntry.Retrain(1, 1, 1, 1, 1, 5));
      second.append(new JournalEntry.Event("resume", "at step 3"));
      second.append(new JournalEntry.Retrain(1, 1, 1, 1, 1, 7));
    }
    assertThat(JournalReader.read(other).comparable())
        .isEqualTo(JournalReader.read(file()).comparable())
        .hasSize(1);
  }

  private Journal open(Disk disk) {
    return Journal.open(disk, file());
  }

  private Path file() {
    return directory.resolve("journal.jsonl");
  }

  private byte[] journalOf(int steps) throws IOException {
    Files.deleteIfExists(file());
    try (Journal journal = open(Disk.system())) {
      for (int step = 1; step <= steps; step++) {
        journal.append(Samples.step(step));
      }
    }
    return Files.readAllBytes(file());
  }

  private static long count(byte[] bytes) {
    long lines = 0;
    for (byte value : bytes) {
      lines += value == '\n' ? 1 : 0;
    }
    return lines;
  }
}
