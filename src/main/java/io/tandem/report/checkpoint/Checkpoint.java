package io.tandem.report.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.UserError;
import java.nio.file.Path;
import java.util.function.Function;

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

  /**
   * Makes something of what it holds.
   *
   * @param reader how; what it throws, but for errors that name their place, says that the
   *     checkpoint holds what nobody stores
   * @throws UserError if it cannot, though the checksums are right: another program wrote it
   */
  public <T> T read(Function<Checkpoint, T> reader) {
    try {
      return reader.apply(this);
    } catch (UserError named) {
      throw named;
    } catch (RuntimeException senseless) {
      throw new UserError(
          UserError.Kind.RUN,
          directory
              + ": holds values that no checkpoint has; delete it to resume from the one before it,"
              + " or start a new run",
          senseless);
    }
  }
}
