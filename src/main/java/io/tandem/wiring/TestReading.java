package io.tandem.wiring;

import io.tandem.graph.child.TrainedNetwork;
import io.tandem.report.Disk;
import io.tandem.report.JournalEntry;
import io.tandem.report.KillPoint;
import io.tandem.report.TestRecord;
import io.tandem.report.UserError;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;

/**
 * Reads the test part of a run once. A durable mark with the network's hash is made before the
 * reading, and the accuracy is added to it before anything else happens, so that a resume takes it
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
   * The accuracy on the test part.
   *
   * @param network the network of the run
   * @param evaluate reads the test part
   * @throws UserError if the test part was read for another network, or the disk refuses
   */
  double accuracy(TrainedNetwork network, DoubleSupplier evaluate) {
    Path file = session.run().test();
    String hash = hash(network);
    Optional<TestRecord> former = TestRecord.read(file);
    if (former.isPresent() && !former.get().network().equals(hash)) {
      throw new UserError(
          UserError.Kind.RUN,
          file
              + ": the test part was read for another network than the one retrained now, and it is"
              + " read once only; put the run's checkpoints back or start a new run");
    }
    double accuracy =
        former
            .map(TestRecord::accuracy)
            .orElseGet(OptionalDouble::empty)
            .orElseGet(() -> read(file, hash, former.isPresent(), evaluate));
    session
        .journal()
        .append(new JournalEntry.Event("test", "the test set was read: accuracy " + accuracy));
    session.journal().sync();
    return accuracy;
  }

  private double read(Path file, String hash, boolean again, DoubleSupplier evaluate) {
    if (again) {
      session.notes().add("test_again", "the first reading left no figure: read once more");
    } else {
      new TestRecord(hash, OptionalDouble.empty()).write(disk, file);
    }
    KillPoint.reached("test.reading");
    double accuracy = evaluate.getAsDouble();
    new TestRecord(hash, OptionalDouble.of(accuracy)).write(disk, file);
    return accuracy;
  }

  /** SHA-256 over weights, statistics and standardisation. */
  private static String hash(TrainedNetwork network) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      network.weights().forEach(weight -> update(digest, weight));
      network.statistics().forEach(statistic -> update(digest, statistic));
      update(digest, network.mean());
      update(digest, network.scale());
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
