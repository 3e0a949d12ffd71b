package io.tandem.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/** A file that is complete or absent: written aside, made durable, then renamed. */
public final class AtomicFile {
  private AtomicFile() {}

  /**
   * Writes a file in one visible step; on failure the former content stays.
   *
   * @param disk where to
   * @param file the file; its directory exists
   * @param content the whole content, written as UTF-8
   * @throws UserError if the disk refuses
   */
  public static void write(Disk disk, Path file, String content) {
    write(disk, file, content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes a file in one visible step; on failure the former content stays.
   *
   * @param disk where to
   * @param file the file; its directory exists
   * @param content the whole content
   * @throws UserError if the disk refuses
   */
  public static void write(Disk disk, Path file, byte[] content) {
    Path aside = file.resolveSibling("." + file.getFileName() + ".partial");
    try {
      disk.write(aside, content);
      disk.sync(aside);
      KillPoint.reached(file.getFileName() + ".before-rename");
      disk.move(aside, file);
      KillPoint.reached(file.getFileName() + ".after-rename");
      disk.sync(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    } catch (IOException failure) {
      throw DiskErrors.error(file, failure);
    }
  }
}
