package io.tandem.export;

import io.tandem.report.Disk;
import io.tandem.report.UserError;
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
   * @param version an exported version
   * @param base directory that holds the versions; created where it is missing
   * @return the new version's directory
   * @throws UserError if the disk refuses or the copy answers differently
   */
  public static Path next(Path version, Path base) {
    try {
      Files.createDirectories(base);
      long number = VersionDirectory.next(base);
      Path partial = VersionDirectory.partial(base, number);
      Disk.system().delete(partial);
      copy(version, partial);
      try (SavedModelBundle original = SavedModelBundle.load(version.toString(), "serve")) {
        List<Signature> signatures = original.signatures();
        SelfTest.run(partial, original.session(), signatures, TOLERANCE);
      }
      return VersionDirectory.publish(partial, base.resolve(Long.toString(number)));
    } catch (IOException | RuntimeException failure) {
      String reason =
          String.valueOf(failure.getMessage()).lines().findFirst().orElse("unknown reason");
      throw new UserError(
          UserError.Kind.RUN,
          base + ": cannot be exported to: " + reason + "; check space and permissions",
          failure);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
