package io.tandem.retrain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.Disk;
import io.tandem.disk.DiskErrors;
import io.tandem.graph.training.TrainingState;
import io.tandem.report.EarlyEnd;
import io.tandem.report.checkpoint.Checkpoint;
import io.tandem.report.checkpoint.CheckpointStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes and reads the state of a training as checkpoints. The tensors are in one file: for each
 * its number of values and the values as float32, all little-endian; the numbers are in the
 * manifest. The best epoch has a file of the same kind, and so have the networks of an ensemble
 * that are trained already.
 */
public final class RetrainCheckpoints {
  private static final String TENSORS = "tensors";
  private static final String BEST = "best";
  private static final String MEMBERS = "members";
  private static final String ENDS = "ends";
  private static final String EARLY = "early";

  private final Disk disk;
  private final CheckpointStore store;

  /**
   * Makes a writer.
   *
   * @param disk where to write
   * @param store holds the checkpoints of one training
   */
  public RetrainCheckpoints(Disk disk, CheckpointStore store) {
    this.disk = disk;
    this.store = store;
  }

  /**
   * Completes a checkpoint of a state.
   *
   * @param state the state
   * @param beside what to store beside it, without {@code step}, {@code dropped}, {@code averaged},
   *     {@code lossSum}, {@code taken}, {@code validationLosses}, {@code best}, {@code members} and
   *     {@code ends}
   * @throws io.tandem.disk.UserError if the disk refuses; the checkpoints before it stay
   */
  public void save(RetrainState state, ObjectNode beside) {
    Path aside = store.begin(state.training().step());
    ObjectNode numbers = beside.deepCopy();
    store(aside, TENSORS, state.training(), numbers);
    numbers.put("lossSum", state.lossSum()).put("taken", state.taken());
    ArrayNode losses = numbers.putArray("validationLosses");
    state.validationLosses().forEach(losses::add);
    state
        .best()
        .ifPresent(
            best -> {
              ObjectNode kept = numbers.putObject(BEST);
              kept.put("epoch", best.epoch()).put("loss", best.loss());
              store(aside, BEST, best.training(), kept);
            });
    if (!state.members().isEmpty()) {
      numbers.put(MEMBERS, state.members().size());
      write(aside.resolve(MEMBERS), state.members().stream().flatMap(List::stream).toList());
    }
    if (!state.ends().isEmpty()) {
      ArrayNode ends = numbers.putArray(ENDS);
      state.ends().forEach(end -> write(end, ends.addObject()));
    }
    store.commit(aside, numbers);
  }

  private static void write(MemberEnd end, ObjectNode object) {
    object.put("steps", end.steps());
    end.early().ifPresent(early -> object.set(EARLY, early.toJson()));
  }

  private static List<MemberEnd> ends(ObjectNode numbers) {
    List<MemberEnd> ends = new ArrayList<>();
    for (JsonNode end : numbers.path(ENDS)) {
      ends.add(
          new MemberEnd(
              end.path("steps").asLong(),
              Optional.of(end.path(EARLY)).filter(JsonNode::isObject).map(EarlyEnd::fromJson)));
    }
    return ends;
  }

  private void write(Path file, List<float[]> tensors) {
    try (Disk.Output output = disk.append(file)) {
      output.write(encode(tensors));
    } catch (IOException failure) {
      throw DiskErrors.error(file, failure);
    }
  }

  private void store(Path aside, String name, TrainingState training, ObjectNode numbers) {
    write(aside.resolve(name), training.tensors());
    numbers
        .put("step", training.step())
        .put("dropped", training.dropped())
        .put("averaged", training.averaged());
  }

  /**
   * The state that a checkpoint holds.
   *
   * @param checkpoint an intact checkpoint that {@link #save} wrote
   * @param restore puts it into its training
   * @throws io.tandem.disk.UserError if it cannot be read, or is of another training
   */
  public static RetrainState read(Checkpoint checkpoint, Consumer<TrainingState> restore) {
    return checkpoint.read(
        stored -> {
          RetrainState state = state(stored);
          if (state.training().step() != stored.step()) {
            throw new IllegalArgumentException("the state of another step");
          }
          // Tried out now, not when hours of training would be lost with it.
          state.best().ifPresent(best -> restore.accept(best.training()));
          restore.accept(state.training());
          return state;
        });
  }

  private static RetrainState state(Checkpoint checkpoint) {
    ObjectNode numbers = checkpoint.state();
    return new RetrainState(
        training(checkpoint, TENSORS, numbers),
        numbers.path("lossSum").asDouble(),
        numbers.path("taken").asLong(),
        losses(numbers),
        Optional.of(numbers.path(BEST))
            .filter(JsonNode::isObject)
            .map(
                best ->
                    new BestEpoch(
                        best.path("epoch").asLong(),
                        best.path("loss").asDouble(),
                        training(checkpoint, BEST, best))),
        members(checkpoint, numbers.path(MEMBERS).asInt()),
        ends(numbers));
  }

  /** All have as many tensors. */
  private static List<List<float[]>> members(Checkpoint checkpoint, int count) {
    if (count == 0) {
      return List.of();
    }
    List<float[]> all = read(checkpoint.file(MEMBERS));
    if (count < 0 || all.size() % count != 0) {
      throw new IllegalArgumentException(all.size() + " tensors of " + count + " networks");
    }
    int each = all.size() / count;
    List<List<float[]>> members = new ArrayList<>();
    for (int member = 0; member < count; member++) {
      members.add(all.subList(member * each, (member + 1) * each));
    }
    return members;
  }

  private static List<float[]> read(Path file) {
    try {
      return decode(Files.readAllBytes(file));
    } catch (IOException failure) {
      throw DiskErrors.error(file, failure);
    }
  }

  private static TrainingState training(Checkpoint checkpoint, String name, JsonNode numbers) {
    return new TrainingState(
        numbers.path("step").asLong(),
        numbers.path("dropped").asLong(),
        numbers.path("averaged").asLong(),
        read(checkpoint.file(name)));
  }

  private static List<Double> losses(ObjectNode numbers) {
    List<Double> losses = new ArrayList<>();
    numbers.path("validationLosses").forEach(loss -> losses.add(loss.asDouble()));
    return losses;
  }

  private static byte[] encode(List<float[]> tensors) {
    long values = tensors.stream().mapToLong(tensor -> tensor.length + 1L).sum();
    byte[] content = new byte[Math.toIntExact(values * Float.BYTES)];
    ByteBuffer buffer = buffer(content);
    for (float[] tensor : tensors) {
      buffer.putInt(tensor.length);
      buffer.asFloatBuffer().put(tensor);
      buffer.position(buffer.position() + tensor.length * Float.BYTES);
    }
    return content;
  }

  private static List<float[]> decode(byte[] content) {
    ByteBuffer buffer = buffer(content);
    List<float[]> tensors = new ArrayList<>();
    while (buffer.hasRemaining()) {
      int length = buffer.getInt();
      if (length < 0 || length > buffer.remaining() / Float.BYTES) {
        throw new IllegalArgumentException(length + " values, expected what the file holds");
      }
      float[] tensor = new float[length];
      buffer.asFloatBuffer().get(tensor);
      buffer.position(buffer.position() + tensor.length * Float.BYTES);
      tensors.add(tensor);
    }
    return tensors;
  }

  private static ByteBuffer buffer(byte[] content) {
    return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }
}
