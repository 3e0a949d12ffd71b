package io.tandem.report.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.DiskErrors;
import io.tandem.disk.Json;
import io.tandem.disk.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads journals without changing them: of live, crashed and copied runs alike. */
public final class JournalReader {
  private JournalReader() {}

  /**
   * The intact prefix of a journal.
   *
   * @param lines its objects, without {@code crc}
   * @param validBytes its length
   * @param lostLines whole lines behind it: one that is damaged, and those after it. The half of a
   *     line at the end is none of them, as the writer may be at it or have been killed
   */
  public record Content(List<ObjectNode> lines, int validBytes, int lostLines) {
    /** Copies the list. */
    public Content {
      lines = List.copyOf(lines);
    }

    /**
     * One line about the damage; empty if there is none.
     *
     * @param file the journal, for the message
     */
    public Optional<String> damage(Path file) {
      return lostLines == 0
          ? Optional.empty()
          : Optional.of(
              file
                  + ": is damaged from line "
                  + (lines.size() + 1)
                  + " on, "
                  + (lostLines == 1 ? "1 line is" : lostLines + " lines are")
                  + " left out; restore it from a copy");
    }

    /** The lines of a known kind. */
    public List<JournalEntry> entries() {
      return lines.stream().map(JournalEntry::fromJson).flatMap(Optional::stream).toList();
    }

    /**
     * The lines as text without times and without the notes of resumes: equal for an uninterrupted
     * run and one that was killed and resumed.
     */
    public List<String> comparable() {
      return lines.stream()
          .filter(line -> !JournalEntry.Event.isSessionNote(line))
          .map(ObjectNode::deepCopy)
          .map(line -> Json.compact(line.without("seconds")))
          .toList();
    }
  }

  /**
   * Reads a journal.
   *
   * @param file the journal; where there is none the content is empty
   * @throws UserError if it cannot be read
   */
  public static Content read(Path file) {
    return parse(bytes(file));
  }

  /**
   * Finds the intact prefix.
   *
   * @param content the bytes of a journal
   */
  public static Content parse(byte[] content) {
    List<ObjectNode> lines = new ArrayList<>();
    int start = 0;
    for (int index = 0; index < content.length; index++) {
      if (content[index] == '\n') {
        String line = new String(content, start, index - start, StandardCharsets.UTF_8);
        Optional<ObjectNode> object = CheckedLine.decode(line);
        if (object.isEmpty()) {
          break;
        }
        lines.add(object.get());
        start = index + 1;
      }
    }
    int lost = 0;
    for (int index = start; index < content.length; index++) {
      lost += content[index] == '\n' ? 1 : 0;
    }
    return new Content(lines, start, lost);
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException none) {
      return new byte[0];
    } catch (IOException failure) {
      throw DiskErrors.error(file, failure);
    }
  }
}
