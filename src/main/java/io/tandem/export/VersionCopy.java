package io.tandem.export;

import io.tandem.disk.Disk;
import io.tandem.disk.DiskErrors;
import io.tandem.disk.PlaceLock;
import io.tandem.disk.Unfinished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Signature;

/** Publishes an exported version once more, under the next number of any directory. */
public final class VersionCopy {
  // Both are loaded the same way, so that they round alike.
  private static final float TOLERANCE = 1e-6f;

  private VersionCopy() {}

  /**
   * Copies a version aside, replays its warm-up requests against the original and moves it to its
   * place in one step.
   *
   * @param disk where the copy is written
   * @param version an exported version
   * @param base directory that holds the versions; created where it is missing
   * @return the new version's directory
   * @throws io.tandem.disk.UserError if the disk refuses, another process exports into the
   *     directory, or the copy answers differently
   */
  public static Path next(Disk disk, Path version, Path base) {
    PlaceLock lock = VersionDirectory.lock(disk, base);
    try (lock) {
      return next(disk, version, base, VersionDirectory.next(base));
    } catch (IOException failure) {
      throw DiskErrors.error(base, failure);
    }
  }

  private static Path next(Disk disk, Path version, Path base, long number) {
    Path partial = VersionDirectory.partial(base, number);
    Path target = base.resolve(Long.toString(number));
    Unfinished.ofProcess().begun(partial);
    try {
      disk.delete(partial);
      copy(disk, version, partial);
      try (SavedModelBundle original = SavedModelBundle.load(version.toString(), "serve")) {
        List<Signature> signatures = original.signatures();
        SelfTest.run(partial, original.session(), signatures, TOLERANCE);
      }
      return VersionDirectory.publish(disk, partial, target);
    } catch (IOException | RuntimeException failure) {
      throw VersionDirectory.failed(disk, partial, target, failure);
    } finally {
      Unfinished.ofProcess().ended(partial);
    }
  }

  private static void copy(Disk disk, Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copied = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          disk.createDirectories(copied);
        } else {
          disk.write(copied, Files.readAllBytes(file));
        }
      }
    }
  }
}
