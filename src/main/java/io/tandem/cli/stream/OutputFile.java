package io.tandem.cli.stream;

import io.tandem.disk.Disk;
import io.tandem.disk.DiskErrors;
import io.tandem.disk.PlaceLock;
import io.tandem.disk.Unfinished;
import io.tandem.disk.UserError;
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
public final class OutputFile implements AutoCloseable {
  private final Disk disk;
  private final Path file;
  private final Path target;
  private final Path aside;
  private final Disk.Output output;
  private final Writer writer;
  private final Optional<PlaceLock> lock;

  private OutputFile(
      Disk disk, Path file, Path target, Path aside, Disk.Output output, Optional<PlaceLock> lock) {
    this.disk = disk;
    this.file = file;
    this.target = target;
    this.aside = aside;
    this.output = output;
    this.lock = lock;
    writer = new BufferedWriter(new OutputStreamWriter(new Stream(output), StandardCharsets.UTF_8));
  }

  /**
   * Opens it.
   *
   * @param disk where it is
   * @param file its name; what is there, or where a link leads, is replaced, but a device or pipe
   *     is written to directly
   * @throws UserError if it is a folder, the disk refuses, or another process is writing the file
   */
  public static OutputFile open(Disk disk, Path file) {
    if (Files.isDirectory(file)) {
      throw new UserError(
          UserError.Kind.USAGE,
          file
              + ": is a folder, expected a file; name one in it, as "
              + file.resolve("answers.csv"));
    }
    try {
      OutputPlace place = OutputPlace.of(file);
      return place.isWrittenDirectly()
          ? new OutputFile(
              disk, file, place.path(), place.path(), disk.append(place.path()), Optional.empty())
          : aside(disk, file, place.path());
    } catch (IOException failure) {
      throw DiskErrors.error(file, failure);
    }
  }

  /** Tells whether a path leads to the standard output of this process. */
  public static boolean isStandardOutput(Path file) {
    try {
      return OutputPlace.of(file).isStandardOutput();
    } catch (IOException unreachable) {
      // The same is said when it is opened.
      return false;
    }
  }

  private static OutputFile aside(Disk disk, Path file, Path target) throws IOException {
    Path aside = target.resolveSibling("." + target.getFileName() + ".partial");
    PlaceLock lock =
        PlaceLock.acquire(disk, file, target.resolveSibling("." + target.getFileName() + ".lock"));
    Unfinished.ofProcess().begun(aside);
    try {
      disk.delete(aside);
      return new OutputFile(disk, file, target, aside, disk.append(aside), Optional.of(lock));
    } catch (IOException failure) {
      Unfinished.ofProcess().ended(aside);
      lock.close();
      throw failure;
    }
  }

  /** What to write with. */
  public Writer writer() {
    return writer;
  }

  /** The error for a failure to write. */
  public RuntimeException error(IOException failure) {
    return aside.equals(target) && ReaderGone.isMeantBy(failure)
        ? new ReaderGone(failure)
        : DiskErrors.error(file, failure);
  }

  /**
   * Completes the file.
   *
   * @throws UserError if the disk refuses
   */
  public void commit() {
    try {
      writer.flush();
      if (!aside.equals(target)) {
        output.sync();
        disk.move(aside, target);
      }
    } catch (IOException failure) {
      throw error(failure);
    }
  }

  /** Removes what was not committed. */
  @Override
  public void close() {
    try {
      output.close();
      if (!aside.equals(target)) {
        disk.delete(aside);
      }
    } catch (IOException failure) {
      throw error(failure);
    } finally {
      Unfinished.ofProcess().ended(aside);
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
