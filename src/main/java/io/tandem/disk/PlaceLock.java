package io.tandem.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The right to make something in a place outside of runs, such as a file of answers, held by one
 * process at a time. The lock is the kernel's and ends with its process however that ends; its file
 * is deleted by an orderly end, or by that of the next holder.
 */
public final class PlaceLock implements AutoCloseable {
  private static final int ATTEMPTS = 100;

  private final Disk disk;
  private final Path file;
  private final FileChannel channel;

  private PlaceLock(Disk disk, Path file, FileChannel channel) {
    this.disk = disk;
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @param disk where the file is deleted again
   * @param place what is to be made, for messages
   * @param file the lock's file; its directory exists
   * @throws UserError if another process holds it
   * @throws IOException if the file cannot be made
   */
  public static PlaceLock acquire(Disk disk, Path place, Path file) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      Optional<Object> opened = key(file);
      boolean held = false;
      try {
        held = lock(channel);
        if (!held) {
          break;
        }
        // The former holder may have deleted the file after it was opened here.
        if (opened.isPresent() && opened.equals(key(file))) {
          Unfinished.ofProcess().begun(file);
          return new PlaceLock(disk, file, channel);
        }
        held = false;
      } finally {
        if (!held) {
          channel.close();
        }
      }
    }
    throw new UserError(
        UserError.Kind.RUN,
        place + ": another process is writing there; wait for it, stop it, or name another place");
  }

  /** Where there are no locks everybody gets one, as if alone. */
  private static boolean lock(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException here) {
      return false;
    } catch (IOException noLocksHere) {
      return true;
    }
  }

  private static Optional<Object> key(Path file) throws IOException {
    try {
      @Nullable Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return Optional.of(key == null ? file : key);
    } catch (NoSuchFileException deleted) {
      return Optional.empty();
    }
  }

  /** Deletes the file, as far as the disk allows, before another process can have the lock. */
  @Override
  public void close() {
    Unfinished.ofProcess().ended(file);
    try (channel) {
      disk.delete(file);
    } catch (IOException remains) {
      // An empty file more does no harm, and what was made is there.
    }
  }
}
