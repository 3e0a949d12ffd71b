package io.tandem.disk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The right to write into a run directory, held by one process at a time. The lock is the kernel's,
 * on the file {@code lock}: it ends with its process however that ends. Who holds it is noted
 * beside it in {@code holder.json}, which an orderly end deletes.
 */
public final class RunLock implements AutoCloseable {
  private static final String LOCK = "lock";
  private static final String HOLDER = "holder.json";
  private static final int ATTEMPTS = 10;
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

  /**
   * Directories locked by this process. A process must not open the lock file of a run that it
   * holds itself: closing it again would drop the lock (POSIX).
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Disk disk;
  private final Path directory;
  private final FileChannel channel;

  private RunLock(Disk disk, Path directory, FileChannel channel) {
    this.disk = disk;
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @param disk where to
   * @param run an existing run directory
   * @throws UserError if another process holds it, with its number and host, or the directory
   *     cannot be written
   */
  public static RunLock acquire(Disk disk, Path run) {
    Path directory = real(run);
    if (!HELD.add(directory)) {
      throw heldError(run);
    }
    try {
      FileChannel channel = lock(directory).orElseThrow(() -> heldError(run));
      try {
        AtomicFile.write(disk, directory.resolve(HOLDER), Json.pretty(self()));
        return new RunLock(disk, directory, channel);
      } catch (UserError failure) {
        channel.close();
        throw failure;
      }
    } catch (IOException failure) {
      HELD.remove(directory);
      throw DiskErrors.error(run.resolve(LOCK), failure);
    } catch (UserError failure) {
      HELD.remove(directory);
      throw failure;
    }
  }

  /**
   * Refuses an unfinished run that another process writes to, before anything else is said. Changes
   * nothing and takes nothing: whoever writes acquires the lock all the same.
   *
   * @param run an existing run
   * @throws UserError if a process holds the lock now
   */
  public static void requireFree(RunDirectory run) {
    if (!Files.exists(run.result()) && isHeld(run.path())) {
      throw heldError(run.path());
    }
  }

  /**
   * Whether a process holds the lock now. Changes nothing.
   *
   * @param run a run directory
   */
  public static boolean isHeld(Path run) {
    Path directory = real(run);
    if (HELD.contains(directory)) {
      return true;
    }
    Path file = directory.resolve(LOCK);
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        FileLock shared = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return shared == null;
    } catch (OverlappingFileLockException here) {
      return true;
    } catch (IOException noLocksHere) {
      return false;
    }
  }

  /** Whether a process noted itself as the holder and did not end in order. */
  public static boolean wasAbandoned(Path run) {
    return Files.exists(run.resolve(HOLDER));
  }

  /** The locked directory, without links. */
  public Path directory() {
    return directory;
  }

  @Override
  public void close() {
    try (channel) {
      disk.delete(directory.resolve(HOLDER));
    } catch (IOException failure) {
      throw DiskErrors.error(directory.resolve(HOLDER), failure);
    } finally {
      HELD.remove(directory);
    }
  }

  /** Somebody who only looks holds a shared lock for a moment: a few attempts outlast that. */
  private static Optional<FileChannel> lock(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        if (channel.tryLock() != null) {
          return Optional.of(channel);
        }
        LockSupport.parkNanos(PAUSE);
      }
    } catch (IOException failure) {
      channel.close();
      throw failure;
    }
    channel.close();
    return Optional.empty();
  }

  private static UserError heldError(Path run) {
    ObjectNode holder = Json.parse(RunDirectory.text(run.resolve(HOLDER))).orElseGet(Json::object);
    return new UserError(
        UserError.Kind.RUN,
        run
            + ": process "
            + holder.path("pid").asText("of unknown number")
            + " on host "
            + holder.path("host").asText("unknown")
            + " is writing to this run; wait for it, stop it, or use another directory");
  }

  private static ObjectNode self() {
    return Json.object().put("pid", ProcessHandle.current().pid()).put("host", host());
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException unnamed) {
      return "localhost";
    }
  }

  private static Path real(Path run) {
    try {
      return run.toRealPath();
    } catch (IOException absent) {
      return run.toAbsolutePath().normalize();
    }
  }
}
