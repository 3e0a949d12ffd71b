package io.tandem.graph.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Native code made for one C library may crash with another instead of failing to load. */
final class NativePlatformTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({
    "Linux,      amd64,   gnu,  true",
    "Linux,      aarch64, gnu,  true",
    "Linux,      amd64,   '',   true",
    "Linux,      amd64,   musl, false",
    "Linux,      ppc64le, gnu,  false",
    "macOS,      aarch64, '',   true",
    "macOS,      x86_64,  '',   false",
    "Windows 11, amd64,   '',   false",
  })
  void isSupported_anyPlatform_asTensorFlowHasLibraries(
      String system, String architecture, String library, boolean supported) {
    assertThat(new NativePlatform(system, architecture, library).isSupported())
        .isEqualTo(supported);
  }

  @Test
  void unsupported_platform_isNamedWithWhatIsSupportedAndWhatToDo() {
    assertThat(NativeLibrary.unsupported(new NativePlatform("Linux", "amd64", "musl")))
        .hasMessage(
            "TensorFlow has no library for Linux on amd64 with the C library musl; it has some for"
                + " Linux on x86-64 and arm64 with the GNU C library, macOS on arm64: use such a"
                + " machine, or a container of such a Linux");
  }

  /** A Debian may have musl installed beside its own. */
  @ParameterizedTest
  @CsvSource({
    "/usr/lib/x86_64-linux-gnu/libc.so.6,   gnu",
    "/lib64/ld-linux-x86-64.so.2,           gnu",
    "/lib/ld-musl-x86_64.so.1,              musl",
    "/lib/another.so,                       ''",
  })
  void library_ofAProcess_isTheOneThatItHasLoaded(String loaded, String expected)
      throws IOException {
    Path mapped =
        Files.writeString(
            folder.resolve("maps"), "7f0-7f1 r--p 00000000 08:01 1    " + loaded + "\n");
    assertThat(NativePlatform.library(mapped)).isEqualTo(expected);
    assertThat(NativePlatform.library(folder.resolve("absent"))).isEmpty();
  }

  @Test
  void current_here_isSupported() {
    assertThat(NativePlatform.current().isSupported()).isTrue();
  }
}
