package io.tandem.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tandem.disk.Disk;
import io.tandem.export.ExportFixtures;
import io.tandem.export.ExportSettings;
import io.tandem.export.SavedModelExporter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What people get back over REST is recorded in files: names, nesting and order of every reply.
 * TensorFlow Serving's own rules turn the model's tensors into JSON.
 */
class RestReplyTest {
  @TempDir static Path directory;

  private static RestReplies server;

  @BeforeAll
  static void serve() {
    Path version =
        new SavedModelExporter(new ExportSettings(List.of(1)), Disk.system())
            .export(
                ExportFixtures.servable(List.of("length", "width", "mass", "legs")),
                directory.resolve("model"),
                1,
                ExportFixtures.card());
    server = new RestReplies(version);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String text(String name) throws IOException {
    String path = "/serving/" + name + ".json";
    try (InputStream input =
        Objects.requireNonNull(RestReplyTest.class.getResourceAsStream(path), path)) {
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void assertSame(JsonNode found, JsonNode recorded) {
    assertThat(found.getNodeType()).isEqualTo(recorded.getNodeType());
    assertThat(found.size()).isEqualTo(recorded.size());
    if (recorded.isNumber()) {
      assertThat(found.doubleValue()).isCloseTo(recorded.doubleValue(), within(1e-6));
    } else if (recorded.isObject()) {
      for (Map.Entry<String, JsonNode> field : recorded.properties()) {
        assertThat(found.has(field.getKey())).as(field.getKey()).isTrue();
        assertSame(found.get(field.getKey()), field.getValue());
      }
    } else if (recorded.isArray()) {
      for (int index = 0; index < recorded.size(); index++) {
        assertSame(found.get(index), recorded.get(index));
      }
    } else {
      assertThat(found).isEqualTo(recorded);
    }
  }

  @Test
  void predict_instances_giveOneNamedObjectPerRow() throws IOException {
    assertSame(
        server.predict(text("predict-instances.request")),
        new ObjectMapper().readTree(text("predict-instances.reply")));
  }

  @Test
  void predict_inputs_giveWholeOutputs() throws IOException {
    assertSame(
        server.predict(text("predict-inputs.request")),
        new ObjectMapper().readTree(text("predict-inputs.reply")));
  }

  @Test
  void classify_examples_givePairsOfLabelAndScore() throws IOException {
    assertSame(
        server.classify(text("classify.request")),
        new ObjectMapper().readTree(text("classify.reply")));
  }

  /** The reason why the request script writes 1.0. */
  @Test
  void classify_wholeNumber_isRefusedByTheModel() throws IOException {
    String whole = text("classify.request").replace("1.0", "1");
    assertThatThrownBy(() -> server.classify(whole)).hasMessageContaining("int64");
  }
}
