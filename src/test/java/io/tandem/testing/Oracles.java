package io.tandem.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The reference files in {@code src/test/resources/oracles}. */
public final class Oracles {
  private Oracles() {}

  /** Reads a file. */
  public static JsonNode read(String name) throws IOException {
    try (InputStream file = Oracles.class.getResourceAsStream("/oracles/" + name)) {
      return new ObjectMapper().readTree(Objects.requireNonNull(file, name));
    }
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
