package io.tandem.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory the machine can still give. */
public final class FreeMemory {
  private static final double KIBI = 1024.0;
  private static final Path LINUX = Path.of("/proc/meminfo");

  private FreeMemory() {}

  /** MiB; infinite where the system does not tell. */
  public static double mib() {
    try {
      for (String line : Files.readAllLines(LINUX)) {
        if (line.startsWith("MemAvailable:")) {
          return Double.parseDouble(line.replaceAll("[^0-9]", "")) / KIBI;
        }
      }
      return Double.POSITIVE_INFINITY;
    } catch (IOException | NumberFormatException unknown) {
      return Double.POSITIVE_INFINITY;
    }
  }
}
