package io.tandem.export;

import io.tandem.disk.Disk;
import io.tandem.disk.DiskErrors;
import io.tandem.disk.PlaceLock;
import io.tandem.disk.UserError;
import io.tandem.report.ModelVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The numbered directories that a server watches: each is complete or absent. */
public final class VersionDirectory {
  private VersionDirectory() {}

  /**
   * One more than the highest version under a directory, at least 1.
   *
   * @param base the watched directory; may be missing
   * @throws IOException if it cannot be listed
   */
  public static long next(Path base) throws IOException {
    return highest(base) + 1;
  }

  /**
   * The highest version under a directory, or 0 if there is none.
   *
   * @param base the watched directory; may be missing
   * @throws IOException if it cannot be listed
   */
  public static long highest(Path base) throws IOException {
    List<Long> versions = ModelVersions.in(base);
    return versions.isEmpty() ? 0 : versions.get(versions.size() - 1);
  }

  /** Where a version is built: beside its place, under a name that no server takes for one. */
  static Path partial(Path base, long version) {
    return base.resolve("." + version + ".partial");
  }

  /**
   * Creates the watched directory where it is missing, and keeps other processes from exporting
   * into it.
   */
  static PlaceLock lock(Disk disk, Path base) {
    try {
      disk.createDirectories(base);
      return PlaceLock.acquire(disk, base, base.resolve(".export.lock"));
    } catch (IOException failure) {
      throw DiskErrors.error(base, failure);
    }
  }

  /** Makes everything durable and moves a finished version to its place in one step. */
  static Path publish(Disk disk, Path partial, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(partial)) {
      // What is in a directory comes before it.
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        disk.sync(file);
      }
    }
    disk.move(partial, target);
    Path parent = target.toAbsolutePath().getParent();
    if (parent != null) {
      disk.sync(parent);
    }
    return target;
  }

  /**
   * The error for a version that could not be made; what there is of it is removed, as far as the
   * disk allows.
   *
   * @param disk where it is
   * @param partial where it was built
   * @param target where it was to be
   * @param failure what went wrong
   */
  static UserError failed(Disk disk, Path partial, Path target, Exception failure) {
    UserError error =
        failure instanceof IOException refused
            ? DiskErrors.error(target, refused)
            : failure instanceof UserError told
                ? told
                : new UserError(
                    UserError.Kind.RUN,
                    target
                        + ": cannot be exported: "
                        + String.valueOf(failure.getMessage())
                            .lines()
                            .findFirst()
                            .orElse("no reason")
                        + "; check space and permissions",
                    failure);
    try {
      disk.delete(partial);
    } catch (IOException remains) {
      error.addSuppressed(remains);
    }
    return error;
  }
}
