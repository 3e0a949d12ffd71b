package io.tandem.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Experiments that people are told to run have to be valid, and to say what they are for. */
class ShippedConfigurationsTest {
  static Stream<Path> experiments() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("configs"))) {
      return files.filter(file -> file.toString().endsWith(".pbtxt")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void load_shippedExperiment_isValidAndSaysWhatItIsFor(Path file) throws IOException {
    Experiment experiment = ConfigLoader.load(file, List.of()).experiment();
    String text = Files.readString(file);
    assertThat(file.getFileName()).hasToString(experiment.name() + ".pbtxt");
    assertThat(text)
        .contains("# Question: ", "# Command:  ./tandem ", file.toString())
        .contains("# Expected: ", "# Time: ", "Hardware: ", "Seed: ");
  }
}
