package io.tandem.testing;

import io.tandem.disk.Disk;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Arrays;

/** The real disk, but the n-th operation fails, and every one after it if the disk is full. */
public final class FailingDisk implements Disk {
  /** What goes wrong. */
  public enum Failure {
    NO_SPACE,
    IO_ERROR,
    SHORT_WRITE,
    NO_PERMISSION
  }

  private final Failure failure;
  private final int failing;
  private int count;

  /** Fails at the given operation, counted from 1. */
  public FailingDisk(Failure failure, int failing) {
    this.failure = failure;
    this.failing = failing;
  }

  /** Whether the failing operation was reached. */
  public boolean hasFailed() {
    return count >= failing;
  }

  /** Operations so far. */
  public int operations() {
    return count;
  }

  private boolean fails() {
    count++;
    return count == failing || failure == Failure.NO_SPACE && count > failing;
  }

  private IOException error(Path path) {
    return switch (failure) {
      case NO_SPACE -> new IOException("No space left on device");
      case IO_ERROR, SHORT_WRITE -> new IOException("Input/output error");
      case NO_PERMISSION -> new AccessDeniedException(path.toString());
    };
  }

  private void check(Path path) throws IOException {
    if (fails()) {
      throw error(path);
    }
  }

  @Override
  public Output append(Path file) throws IOException {
    check(file);
    Output output = Disk.system().append(file);
    return new Output() {
      @Override
      public void write(byte[] data) throws IOException {
        if (fails()) {
          if (failure == Failure.SHORT_WRITE || failure == Failure.NO_SPACE) {
            output.write(Arrays.copyOf(data, data.length / 2));
          }
          throw error(file);
        }
        output.write(data);
      }

      @Override
      public void sync() throws IOException {
        check(file);
        output.sync();
      }

      @Override
      public void truncate(long size) throws IOException {
        output.truncate(size);
      }

      @Override
      public void close() throws IOException {
        output.close();
      }
    };
  }

  @Override
  public void sync(Path path) throws IOException {
    check(path);
    Disk.system().sync(path);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    check(to);
    Disk.system().move(from, to);
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
    check(directory);
    Disk.system().createDirectories(directory);
  }

  @Override
  public void delete(Path path) throws IOException {
    Disk.system().delete(path);
  }
}
