package io.tandem.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The reference files, in the folder that the system property {@code tandem.oracles} names. */
public final class Oracles {
  private Oracles() {}

  /** Reads a file, or skips the test with a message where it is absent. */
  public static JsonNode read(String name) throws IOException {
    Path file = Path.of(System.getProperty("tandem.oracles", "../shared/oracles"), name);
    Assumptions.assumeTrue(
        Files.isRegularFile(file), () -> "skipped: no reference file " + file.toAbsolutePath());
    return new ObjectMapper().readTree(file.toFile());
  }

  /** An array of numbers, flattened row-major. */
  public static double[] flat(JsonNode array) {
    if (!array.isArray()) {
      return new double[] {array.asDouble()};
    }
    List<Double> values = new ArrayList<>();
    array.forEach(
        node -> {
          for (double value : flat(node)) {
            values.add(value);
          }
        });
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
