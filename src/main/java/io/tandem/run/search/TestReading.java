package io.tandem.run.search;

import io.tandem.disk.Disk;
import io.tandem.disk.KillPoint;
import io.tandem.disk.UserError;
import io.tandem.graph.training.Score;
import io.tandem.report.TestRecord;
import io.tandem.report.journal.JournalEntry;
import io.tandem.run.task.Tested;
import io.tandem.space.Goal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * Reads the test part of a run once. A durable mark with the network's hash is made before the
 * reading, and the figure is added to it before anything else happens, so that a resume takes it
 * from there. A kill between the two leaves no figure that a choice could follow from: the resume
 * reads again, for the same network only, and notes that it does.
 */
final class TestReading {
  private final RunSession session;
  private final Disk disk;

  TestReading(RunSession session, Disk disk) {
    this.session = session;
    this.disk = disk;
  }

  /**
   * Figure and loss on the test part.
   *
   * @param goal what the network is to do well at
   * @param network all numbers of the network of the run
   * @param evaluate reads the test part
   * @throws UserError if the test part was read for another network, or the disk refuses
   */
  TestRecord record(Goal goal, List<float[]> network, Supplier<Tested> evaluate) {
    Path file = session.run().test();
    String hash = hash(network);
    Optional<TestRecord> former = TestRecord.read(file, goal);
    if (former.isPresent() && !former.get().network().equals(hash)) {
      throw new UserError(
          UserError.Kind.RUN,
          file
              + ": the test part was read for another network than the one retrained now, and it is"
              + " read once only; put the run's checkpoints back or start a new run");
    }
    TestRecord record =
        former
            .filter(found -> found.figure().isPresent())
            .orElseGet(
                () ->
                    read(
                        file,
                        former.orElseGet(() -> TestRecord.begun(hash, goal)),
                        former.isPresent(),
                        evaluate));
    String text = "the test set was read: " + goal.text() + " " + record.figure().orElseThrow();
    session.journal().append(new JournalEntry.Event("test", text));
    session.journal().sync();
    return record;
  }

  private TestRecord read(Path file, TestRecord empty, boolean again, Supplier<Tested> evaluate) {
    if (again) {
      session.notes().add("test_again", "the first reading left no figure: read again");
    } else {
      empty.write(disk, file);
    }
    KillPoint.reached("test.reading");
    Tested tested = evaluate.get();
    Score score = tested.score();
    double figure = tested.figure(empty.goal());
    TestRecord record =
        new TestRecord(
            empty.network(),
            empty.goal(),
            OptionalDouble.of(figure),
            score.loss(),
            tested.metrics(),
            tested.threshold());
    record.write(disk, file);
    return record;
  }

  /** SHA-256 over all numbers. */
  private static String hash(List<float[]> network) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      network.forEach(values -> update(digest, values));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void update(MessageDigest digest, float[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES);
    buffer.asFloatBuffer().put(values);
    digest.update(buffer);
  }
}
