package io.tandem.graph.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The platform that native code has to be made for.
 *
 * @param system operating system: {@code Linux}, {@code macOS}, or as Java calls it
 * @param architecture of the processor, as Java calls it
 * @param library the C library on Linux: {@code gnu}, {@code musl}, or empty where it is another or
 *     unknown
 */
record NativePlatform(String system, String architecture, String library) {
  /** Platforms that TensorFlow has a library for, in words. */
  static final String SUPPORTED =
      "Linux on x86-64 and arm64 with the GNU C library, macOS on arm64";

  private static final Path MAPPED = Path.of("/proc/self/maps");

  /** The one that this Java runs on. */
  static NativePlatform current() {
    String name = System.getProperty("os.name", "");
    String system = name.startsWith("Mac") ? "macOS" : name;
    return new NativePlatform(
        system, System.getProperty("os.arch", ""), system.equals("Linux") ? library(MAPPED) : "");
  }

  /** The C library among those that a process has loaded; a system may have several installed. */
  static String library(Path mapped) {
    String files;
    try {
      files = new String(Files.readAllBytes(mapped), StandardCharsets.ISO_8859_1);
    } catch (IOException unknown) {
      return "";
    }
    if (files.contains("/ld-musl-")) {
      return "musl";
    }
    return files.contains("/ld-linux") || files.contains("/libc.so.6") ? "gnu" : "";
  }

  /** Whether TensorFlow has a library for it, as far as that is known. */
  boolean isSupported() {
    boolean arm = architecture.equals("aarch64");
    return switch (system) {
      case "Linux" -> (arm || architecture.equals("amd64")) && !library.equals("musl");
      case "macOS" -> arm;
      default -> false;
    };
  }

  /** It in words, for example {@code Linux on amd64 with the C library musl}. */
  String text() {
    return system
        + " on "
        + architecture
        + (library.isEmpty() ? "" : " with the C library " + library);
  }
}
