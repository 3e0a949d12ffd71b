package io.tandem.export;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
    if (!Files.isDirectory(base)) {
      return 0;
    }
    try (Stream<Path> entries = Files.list(base)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.matches("[0-9]{1,18}"))
          .mapToLong(Long::parseLong)
          .max()
          .orElse(0);
    }
  }

  /** Where a version is built: beside its place, under a name that no server takes for one. */
  static Path partial(Path base, long version) {
    return base.resolve("." + version + ".partial");
  }

  /** Makes everything durable and moves a finished version to its place in one step. */
  static Path publish(Path partial, Path target) throws IOException {
    Files.walkFileTree(partial, new Sync());
    Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    Path parent = target.toAbsolutePath().getParent();
    if (parent != null) {
      sync(parent);
    }
    return target;
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static final class Sync extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      sync(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      sync(directory);
      return super.postVisitDirectory(directory, failure);
    }
  }
}
