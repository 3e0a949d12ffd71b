package io.tandem.tune;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.DiskErrors;
import io.tandem.disk.UserError;
import io.tandem.graph.tuning.WarmStart;
import io.tandem.report.checkpoint.Checkpoint;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A state in a checkpoint: scalars as JSON, arrays bit by bit in a file. */
final class TuneStateFile {
  private static final String FORMAT = "format";

  // One more wherever the scalars or the order of the arrays change. Without a number: 0.
  private static final int CURRENT = 1;

  private TuneStateFile() {}

  /**
   * Refuses a checkpoint whose numbers mean something else in this version of the program.
   *
   * @throws UserError that says so
   */
  static void require(Checkpoint checkpoint) {
    int found = checkpoint.state().path(FORMAT).asInt(0);
    if (found != CURRENT) {
      throw new UserError(
          UserError.Kind.RUN,
          checkpoint.directory()
              + ": written by "
              + (found < CURRENT ? "an earlier" : "a later")
              + " version of the program in format "
              + found
              + " of a tuning's state, expected format "
              + CURRENT
              + "; go on with that version (run.json names it) or start a new run");
    }
  }

  /** The scalars; times under a name that comparisons leave out. */
  static ObjectNode scalars(TuneState state) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put(FORMAT, CURRENT)
            .put("step", state.step())
            .put("examples", state.examples())
            .put("finished", state.finished())
            .put("count", state.memory().count())
            .put("seconds", state.seconds());
    state.start().ifPresent(start -> node.put("startStep", start.step()));
    state.best().ifPresent(best -> node.put("bestStep", best.step()));
    return node;
  }

  /** The arrays and inexact numbers, as a file has them. */
  static byte[] arrays(TuneState state) {
    List<double[]> arrays = new ArrayList<>();
    OuterMemory memory = state.memory();
    arrays.add(
        new double[] {
          state.scale(), state.usual(), memory.lipschitz(), memory.loss(), memory.moved()
        });
    arrays.add(state.point());
    arrays.add(state.previous());
    arrays.add(memory.first());
    arrays.add(memory.second());
    arrays.add(state.warm().weights());
    arrays.add(state.warm().solution());
    for (Optional<BestPoint> known : List.of(state.start(), state.best())) {
      known.ifPresent(
          best -> {
            arrays.add(new double[] {best.loss(), best.accuracy()});
            arrays.add(best.point());
            arrays.add(best.gradient());
            arrays.add(best.curve());
          });
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream output = new DataOutputStream(bytes)) {
      output.writeInt(arrays.size());
      for (double[] array : arrays) {
        output.writeInt(array.length);
        for (double value : array) {
          output.writeDouble(value);
        }
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** Reads what {@link #scalars} and {@link #arrays(TuneState)} left. */
  static TuneState read(JsonNode scalars, Path file) {
    List<double[]> arrays = arrays(file);
    double[] numbers = arrays.get(0);
    Optional<BestPoint> start = best(scalars, "startStep", arrays, 7);
    Optional<BestPoint> best = best(scalars, "bestStep", arrays, 11);
    return new TuneState(
        scalars.path("step").asLong(),
        arrays.get(1),
        start,
        best,
        arrays.get(2),
        new OuterMemory(
            scalars.path("count").asLong(),
            arrays.get(3),
            arrays.get(4),
            numbers[2],
            numbers[3],
            numbers[4]),
        new WarmStart(arrays.get(5), arrays.get(6)),
        numbers[0],
        numbers[1],
        scalars.path("examples").asLong(),
        scalars.path("seconds").asDouble(),
        scalars.path("finished").asBoolean());
  }

  private static Optional<BestPoint> best(
      JsonNode scalars, String key, List<double[]> arrays, int from) {
    return scalars.has(key)
        ? Optional.of(
            new BestPoint(
                scalars.path(key).asLong(),
                arrays.get(from)[0],
                arrays.get(from)[1],
                arrays.get(from + 1),
                arrays.get(from + 2),
                arrays.get(from + 3)))
        : Optional.empty();
  }

  private static List<double[]> arrays(Path file) {
    try (DataInputStream input =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      List<double[]> arrays = new ArrayList<>();
      int count = input.readInt();
      for (int index = 0; index < count; index++) {
        int length = input.readInt();
        if (length < 0 || length > Files.size(file) / Double.BYTES) {
          throw new IllegalArgumentException(length + " values, expected what the file holds");
        }
        double[] array = new double[length];
        for (int element = 0; element < array.length; element++) {
          array[element] = input.readDouble();
        }
        arrays.add(array);
      }
      return arrays;
    } catch (IOException failure) {
      throw DiskErrors.error(file, failure);
    }
  }
}
