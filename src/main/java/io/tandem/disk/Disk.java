package io.tandem.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Every operation by which a run changes the disk. Tests put a disk in its place that fails at the
 * n-th operation; {@link #system()} is the real one.
 */
public interface Disk {
  /** The file system of this machine. */
  static Disk system() {
    return SystemDisk.INSTANCE;
  }

  /**
   * Opens a file for writing at its end and creates it where it is missing.
   *
   * @param file the file; its directory exists
   * @throws IOException if it cannot be opened
   */
  Output append(Path file) throws IOException;

  /**
   * Writes a file that is not there yet, or anew. It is not durable before it is synced.
   *
   * @param file the file; its directory exists
   * @param content the whole content
   * @throws IOException if not all was written; some may have been
   */
  default void write(Path file, byte[] content) throws IOException {
    delete(file);
    try (Output output = append(file)) {
      output.write(content);
    }
  }

  /**
   * Makes the content of a file or the entries of a directory durable.
   *
   * @param path an existing file or directory
   * @throws IOException if the device refuses
   */
  void sync(Path path) throws IOException;

  /**
   * Renames in one step, replacing a file or an empty directory at the target.
   *
   * @param from an existing path
   * @param to a path on the same file system
   * @throws IOException if nothing was renamed
   */
  void move(Path from, Path to) throws IOException;

  /**
   * Creates a directory and its missing parents.
   *
   * @param directory the directory
   * @throws IOException if it cannot be created
   */
  void createDirectories(Path directory) throws IOException;

  /**
   * Deletes a file or a directory with all that it holds; does nothing where there is none.
   *
   * @param path what to delete; a link is deleted, not followed
   * @throws IOException if something remains
   */
  void delete(Path path) throws IOException;

  /** An open file that grows at its end. */
  interface Output extends Closeable {
    /**
     * Writes all bytes.
     *
     * @param data the bytes
     * @throws IOException if not all were written; some may have been
     */
    void write(byte[] data) throws IOException;

    /**
     * Makes what was written durable.
     *
     * @throws IOException if the device refuses
     */
    void sync() throws IOException;

    /**
     * Cuts the file.
     *
     * @param size its new length in bytes, at most the present one
     * @throws IOException if it was not cut
     */
    void truncate(long size) throws IOException;
  }
}
