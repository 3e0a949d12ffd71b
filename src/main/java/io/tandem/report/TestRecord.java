package io.tandem.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The one reading of the test part by a run; the file {@code test.json}. It is written before the
 * reading, without an accuracy, and once more after it.
 *
 * @param network SHA-256 of the network that is tested, hexadecimal
 * @param accuracy share of test rows classified correctly, 0..1; empty until it is known
 */
public record TestRecord(String network, OptionalDouble accuracy) {
  /**
   * Writes the record in one step and makes it durable.
   *
   * @param disk where to
   * @param file the file
   * @throws UserError if the disk refuses
   */
  public void write(Disk disk, Path file) {
    var object = Json.object().put("network", network);
    accuracy.ifPresent(value -> object.put("test.accuracy", value));
    AtomicFile.write(disk, file, Json.pretty(object));
  }

  /**
   * Reads a record, empty if there is none.
   *
   * @param file the file
   * @throws UserError if it is damaged
   */
  public static Optional<TestRecord> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    return Optional.of(
        Json.parse(RunDirectory.text(file))
            .filter(object -> object.path("network").isTextual())
            .map(
                object ->
                    new TestRecord(
                        object.path("network").asText(),
                        object.has("test.accuracy")
                            ? OptionalDouble.of(Json.number(object, "test.accuracy"))
                            : OptionalDouble.empty()))
            .orElseThrow(
                () ->
                    new UserError(
                        UserError.Kind.RUN,
                        file + ": is damaged; restore it from a copy or start a new run")));
  }
}
