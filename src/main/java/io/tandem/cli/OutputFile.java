package io.tandem.cli;

import io.tandem.report.DiskErrors;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that a command writes its answer to, in UTF-8. It is written under another name and
 * appears, complete, when it is committed; a command that fails leaves the former file.
 */
final class OutputFile implements AutoCloseable {
  private final Path file;
  private final Path aside;
  private final Writer writer;

  private OutputFile(Path file, Path aside, Writer writer) {
    this.file = file;
    this.aside = aside;
    this.writer = writer;
  }

  /**
   * Opens it.
   *
   * @param file its name; what is there is replaced, but a device or pipe is written to directly
   * @throws io.tandem.report.UserError if the disk refuses
   */
  static OutputFile open(Path file) {
    boolean direct = Files.exists(file) && !Files.isRegularFile(file);
    Path aside = direct ? file : file.resolveSibling("." + file.getFileName() + ".partial");
    try {
      return new OutputFile(file, aside, Files.newBufferedWriter(aside, StandardCharsets.UTF_8));
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
      writer.close();
      if (!aside.equals(file)) {
        Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException failure) {
      throw DiskErrors.error(file, failure);
    }
  }

  /** Removes what was not committed. */
  @Override
  public void close() {
    try {
      writer.close();
      if (!aside.equals(file)) {
        Files.deleteIfExists(aside);
      }
    } catch (IOException failure) {
      throw DiskErrors.error(file, failure);
    }
  }
}
