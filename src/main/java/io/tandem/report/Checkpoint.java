package io.tandem.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/**
 * A complete checkpoint on disk.
 *
 * @param step number of outer steps (or epochs) done when it was taken
 * @param directory holds its files
 * @param state what the caller stored beside the files, for example the journal's offset
 */
public record Checkpoint(long step, Path directory, ObjectNode state) {
  /**
   * A file of the checkpoint.
   *
   * @param name relative name, as it was written
   */
  public Path file(String name) {
    return directory.resolve(name);
  }
}
