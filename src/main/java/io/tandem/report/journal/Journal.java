package io.tandem.report.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.AtomicFile;
import io.tandem.disk.Disk;
import io.tandem.disk.DiskErrors;
import io.tandem.disk.KillPoint;
import io.tandem.disk.UserError;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The append-only record of a run, one JSON object per line, each with a CRC32C. From any prefix of
 * its bytes it can be recovered: opening cuts a torn tail, says so in {@link #recovery()} and goes
 * on behind the last intact line.
 */
public final class Journal implements Closeable {
  private final Path file;
  private final Disk disk;
  private final Disk.Output output;
  private final Recovery recovery;
  private final Optional<String> damage;
  private long offset;
  private @Nullable IOException broken;

  /**
   * What opening a journal found.
   *
   * @param validBytes length of the intact prefix
   * @param cutBytes bytes behind it that were cut, 0 for an intact journal
   */
  public record Recovery(long validBytes, long cutBytes) {
    /** The event to report, once, by the session that cut. */
    public JournalEntry.Event event() {
      return new JournalEntry.Event("torn_tail", cutBytes + " bytes cut at byte " + validBytes);
    }
  }

  private Journal(
      Path file, Disk disk, Disk.Output output, Recovery recovery, Optional<String> damage) {
    this.damage = damage;
    this.file = file;
    this.disk = disk;
    this.output = output;
    this.recovery = recovery;
    this.offset = recovery.validBytes();
  }

  /**
   * Opens a journal for writing and creates it where it is missing. Bytes behind the last intact
   * line are cut; if they hold more than one torn line they are kept beside as {@code
   * FILE.damaged}.
   *
   * @param disk where to
   * @param file the journal; its directory exists
   * @throws UserError if the disk refuses
   */
  public static Journal open(Disk disk, Path file) {
    byte[] content = JournalReader.bytes(file);
    JournalReader.Content intact = JournalReader.parse(content);
    int valid = intact.validBytes();
    Recovery recovery = new Recovery(valid, content.length - valid);
    byte[] cut = Arrays.copyOfRange(content, valid, content.length);
    if (intact.lostLines() > 0) {
      AtomicFile.write(disk, damaged(file), cut);
    }
    try {
      Disk.Output output = disk.append(file);
      try {
        if (recovery.cutBytes() > 0) {
          output.truncate(valid);
          output.sync();
        }
      } catch (IOException failure) {
        output.close();
        throw failure;
      }
      return new Journal(file, disk, output, recovery, intact.damage(file));
    } catch (IOException failure) {
      throw DiskErrors.error(file, failure);
    }
  }

  /** What was found when the journal was opened. */
  public Recovery recovery() {
    return recovery;
  }

  /** One line about whole lines that were cut when the journal was opened; empty if none were. */
  public Optional<String> damage() {
    return damage.map(line -> line + ", the rest is in " + damaged(file));
  }

  /** Why something that needs more lines cannot be gone on from, as the end of a sentence. */
  public String shortness() {
    return "is ahead of "
        + file
        + (Files.exists(damaged(file))
            ? ", which was damaged: what followed its intact lines is in " + damaged(file)
            : ", which has " + offset() + " intact bytes");
  }

  private static Path damaged(Path file) {
    return file.resolveSibling(file.getFileName() + ".damaged");
  }

  /** Length of the journal in bytes: where the next line will begin. */
  public synchronized long offset() {
    return offset;
  }

  /** The lines so far that are of a known kind. */
  public synchronized List<JournalEntry> entries() {
    return JournalReader.read(file).entries();
  }

  /**
   * Appends one entry and hands it to the operating system.
   *
   * @param entry what happened
   * @throws UserError if the disk refuses; the journal then ends as before the call
   */
  public void append(JournalEntry entry) {
    append(entry.toJson());
  }

  /**
   * Appends one line and hands it to the operating system, so that it outlives this process.
   *
   * @param line a non-empty object without a field {@code crc}; times only in a field {@code
   *     seconds}, so that two runs can be compared without it
   * @throws UserError if the disk refuses; the journal then ends as before the call
   */
  public synchronized void append(ObjectNode line) {
    byte[] data = (CheckedLine.encode(line) + "\n").getBytes(StandardCharsets.UTF_8);
    KillPoint.reached("journal.before");
    try {
      repair();
      if (KillPoint.isArmed("journal.amid")) {
        output.write(Arrays.copyOf(data, data.length / 2));
        KillPoint.reached("journal.amid");
        output.write(Arrays.copyOfRange(data, data.length / 2, data.length));
      } else {
        output.write(data);
      }
      offset += data.length;
    } catch (IOException failure) {
      undo(failure);
      throw DiskErrors.error(file, failure);
    }
    KillPoint.reached("journal.after");
  }

  /**
   * Makes all lines durable, so that they outlive the machine's power.
   *
   * @throws UserError if the device refuses
   */
  public synchronized void sync() {
    try {
      repair();
      output.sync();
      disk.sync(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    } catch (IOException failure) {
      throw DiskErrors.error(file, failure);
    }
    KillPoint.reached("journal.synced");
  }

  /**
   * Takes back all lines from an offset on, as a resume from a checkpoint does. The notes of
   * sessions among them are written again behind the offset: what they tell has happened.
   *
   * @param newOffset an earlier value of {@link #offset()}
   * @throws UserError if the disk refuses or the journal is shorter than that
   */
  public synchronized void truncate(long newOffset) {
    if (newOffset < 0 || newOffset > offset) {
      throw new UserError(
          UserError.Kind.RUN,
          file
              + ": has "
              + offset
              + " intact bytes, the checkpoint needs "
              + newOffset
              + "; resume from an earlier checkpoint or start a new run");
    }
    List<ObjectNode> notes = notesBehind(newOffset);
    try {
      output.truncate(newOffset);
      output.sync();
      offset = newOffset;
      broken = null;
    } catch (IOException failure) {
      throw DiskErrors.error(file, failure);
    }
    notes.forEach(this::append);
  }

  private List<ObjectNode> notesBehind(long start) {
    byte[] behind =
        Arrays.copyOfRange(
            JournalReader.bytes(file), Math.toIntExact(start), Math.toIntExact(offset));
    return JournalReader.parse(behind).lines().stream()
        .filter(JournalEntry.Event::isSessionNote)
        .toList();
  }

  @Override
  public synchronized void close() {
    try (output) {
      repair();
      output.sync();
    } catch (IOException failure) {
      throw DiskErrors.error(file, failure);
    }
  }

  private void undo(IOException failure) {
    try {
      output.truncate(offset);
    } catch (IOException second) {
      failure.addSuppressed(second);
      broken = failure;
    }
  }

  /** Cuts half a line that a failed write left and could not take back at once. */
  private void repair() throws IOException {
    if (broken != null) {
      output.truncate(offset);
      broken = null;
    }
  }
}
