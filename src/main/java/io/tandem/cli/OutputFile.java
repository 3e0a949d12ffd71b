package io.tandem.cli;

import io.tandem.report.Disk;
import io.tandem.report.DiskErrors;
import io.tandem.report.PlaceLock;
import io.tandem.report.UserError;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A file that a command writes its answer to, in UTF-8. It is written under another name and
 * appears, complete, when it is committed; a command that fails leaves the former file.
 */
final class OutputFile implements AutoCloseable {
  private final Disk disk;
  private final Path file;
  private final Path aside;
  private final Disk.Output output;
  private final Writer writer;
  private final Optional<PlaceLock> lock;

  private OutputFile(
      Disk disk, Path file, Path aside, Disk.Output output, Optional<PlaceLock> lock) {
    this.disk = disk;
    this.file = file;
    this.aside = aside;
    this.output = output;
    this.lock = lock;
    writer = new BufferedWriter(new OutputStreamWriter(new Stream(output), StandardCharsets.UTF_8));
  }

  /**
   * Opens it.
   *
   * @param disk where it is
   * @param file its name; what is there is replaced, but a device or pipe is written to directly
   * @throws UserError if it is a folder, the disk refuses, or another process is writing the file
   */
  static OutputFile open(Disk disk, Path file) {
    if (Files.isDirectory(file)) {
      throw new UserError(
          UserError.Kind.USAGE,
          file
              + ": is a folder, expected a file; name one in it, as "
              + file.resolve("answers.csv"));
    }
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        return new OutputFile(disk, file, file, disk.append(file), Optional.empty());
      }
      return aside(disk, file);
    } catch (IOException failure) {
      throw DiskErrors.error(file, failure);
    }
  }

  private static OutputFile aside(Disk disk, Path file) throws IOException {
    Path aside = file.resolveSibling("." + file.getFileName() + ".partial");
    PlaceLock lock =
        PlaceLock.acquire(disk, file, file.resolveSibling("." + file.getFileName() + ".lock"));
    try {
      disk.delete(aside);
      return new OutputFile(disk, file, aside, disk.append(aside), Optional.of(lock));
    } catch (IOException failure) {
      lock.close();
      throw failure;
    }
  }

  /** What to write with. */
  Writer writer() {
    return writer;
  }

  /**
   * Completes the file.
   *
   * @throws UserError if the disk refuses
   */
  void commit() {
    try {
      writer.flush();
      if (!aside.equals(file)) {
        output.sync();
        disk.move(aside, file);
      }
    } catch (IOException failure) {
      throw DiskErrors.error(file, failure);
    }
  }

  /** Removes what was not committed. */
  @Override
  public void close() {
    try {
      output.close();
      if (!aside.equals(file)) {
        disk.delete(aside);
      }
    } catch (IOException failure) {
      throw DiskErrors.error(file, failure);
    } finally {
      lock.ifPresent(PlaceLock::close);
    }
  }

  /** Bytes to the disk. */
  private static final class Stream extends OutputStream {
    private final Disk.Output output;

    Stream(Disk.Output output) {
      this.output = output;
    }

    @Override
    public void write(int one) throws IOException {
      output.write(new byte[] {(byte) one});
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      output.write(Arrays.copyOfRange(bytes, offset, offset + length));
    }
  }
}
