package io.tandem.run.tune;

import io.tandem.audit.Meter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Time and memory of this process; memory is told by Linux only. */
final class ProcessMeter implements Meter {
  private static final double KIBI = 1024.0;
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");
  // Sets the largest resident memory to the present one (proc(5), since Linux 4.0).
  private static final String FORGET_PEAK = "5";

  private final double before = mib("VmRSS");
  private boolean watched;

  @Override
  public long nanoseconds() {
    return System.nanoTime();
  }

  @Override
  public void watchMemory() {
    try {
      Files.write(CLEAR, FORGET_PEAK.getBytes(StandardCharsets.US_ASCII));
      watched = true;
    } catch (IOException unsupported) {
      watched = false;
    }
  }

  @Override
  public double peakMib() {
    return watched ? Math.max(0, mib("VmHWM") - before) : Double.NaN;
  }

  private static double mib(String name) {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(name + ":")) {
          return Double.parseDouble(line.replaceAll("[^0-9]", "")) / KIBI;
        }
      }
      return Double.NaN;
    } catch (IOException | NumberFormatException unknown) {
      return Double.NaN;
    }
  }
}
