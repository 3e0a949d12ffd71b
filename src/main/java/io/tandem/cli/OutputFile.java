package io.tandem.cli;

import io.tandem.report.Disk;
import io.tandem.report.DiskErrors;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

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

  private OutputFile(Disk disk, Path file, Path aside, Disk.Output output) {
    this.disk = disk;
    this.file = file;
    this.aside = aside;
    this.output = output;
    writer = new BufferedWriter(new OutputStreamWriter(new Stream(output), StandardCharsets.UTF_8));
  }

  /**
   * Opens it.
   *
   * @param disk where it is
   * @param file its name; what is there is replaced, but a device or pipe is written to directly
   * @throws io.tandem.report.UserError if the disk refuses
   */
  static OutputFile open(Disk disk, Path file) {
    boolean direct = Files.exists(file) && !Files.isRegularFile(file);
    Path aside = direct ? file : file.resolveSibling("." + file.getFileName() + ".partial");
    try {
      if (!direct) {
        disk.delete(aside);
      }
      return new OutputFile(disk, file, aside, disk.append(aside));
    } catch (IOException failure) {
      throw DiskErrors.error(file, failure);
    }
  }

  /** What to write with. */
  Writer writer() {
    return writer;
  }

  /**
   * Completes the file.
   *
   * @throws io.tandem.report.UserError if the disk refuses
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
