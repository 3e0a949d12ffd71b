package io.tandem.compare;

import com.sun.management.OperatingSystemMXBean;
import io.tandem.disk.AtomicFile;
import io.tandem.disk.Disk;
import io.tandem.disk.Json;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * The processor time of all threads that work on a run, over all sessions; a file in the run's
 * directory. It is written every few seconds, so that a session that is killed loses no more.
 */
public final class ProcessorTime {
  private static final double EVERY = 5;
  private static final double NANOSECONDS = 1e9;
  private static final String SECONDS = "seconds";

  private final Disk disk;
  private final Path file;
  private final LongSupplier nanoseconds;
  private final long begin;
  private final double before;
  private double written;

  /**
   * Begins to count.
   *
   * @param disk where to
   * @param file in an existing directory; what it says already is counted too
   */
  public ProcessorTime(Disk disk, Path file) {
    this(disk, file, ProcessorTime::ofProcess);
  }

  /** Counts by a clock of the processor, in nanoseconds. */
  ProcessorTime(Disk disk, Path file, LongSupplier nanoseconds) {
    this.disk = disk;
    this.file = file;
    this.nanoseconds = nanoseconds;
    begin = nanoseconds.getAsLong();
    double former = read(file);
    before = Double.isNaN(former) ? 0 : former;
    written = before;
  }

  private static long ofProcess() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  /** Writes the time down if it has been a while. */
  public void keep() {
    if (seconds() - written >= EVERY) {
      write();
    }
  }

  /**
   * Writes the time down.
   *
   * @throws io.tandem.disk.UserError if the disk refuses
   */
  public void write() {
    written = seconds();
    AtomicFile.write(disk, file, Json.pretty(Json.object().put(SECONDS, written)));
  }

  private double seconds() {
    return before + (nanoseconds.getAsLong() - begin) / NANOSECONDS;
  }

  /** What a file says; NaN if it says nothing. */
  static double read(Path file) {
    try {
      return Json.parse(Files.readString(file))
          .map(object -> Json.number(object, SECONDS))
          .orElse(Double.NaN);
    } catch (IOException absent) {
      return Double.NaN;
    }
  }
}
