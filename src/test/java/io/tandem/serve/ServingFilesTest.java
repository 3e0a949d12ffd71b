package io.tandem.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that a server reads have the fields that it knows, and the request is well formed. */
class ServingFilesTest {
  private static final Path TOOLS = Path.of("tools/serving");
  private static final Set<String> FIELDS =
      Set.of(
          "model_config_list",
          "config",
          "name",
          "base_path",
          "model_platform",
          "model_version_policy",
          "latest",
          "num_versions",
          "max_batch_size",
          "value",
          "batch_timeout_micros",
          "max_enqueued_batches",
          "num_batch_threads",
          "allowed_batch_sizes",
          "prometheus_config",
          "enable",
          "path");

  @TempDir Path directory;

  private static String text(String file) throws IOException {
    return Files.readString(TOOLS.resolve(file)).replaceAll("(?m)#.*$", "");
  }

  @Test
  void configs_allFields_areKnownAndBalanced() throws IOException {
    for (String file : List.of("models.config", "batching.config", "monitoring.config")) {
      String text = text(file);
      List<String> fields =
          Pattern.compile("([a-z_]+)\\s*[:{]")
              .matcher(text.replaceAll("\"[^\"]*\"", "\"\""))
              .results()
              .map(match -> match.group(1))
              .toList();
      assertThat(fields).isNotEmpty().allMatch(FIELDS::contains);
      assertThat(text.chars().filter(c -> c == '{').count())
          .isEqualTo(text.chars().filter(c -> c == '}').count());
    }
  }

  @Test
  void batching_allowedSizes_ascendAndEndAtTheLargest() throws IOException {
    String text = text("batching.config");
    List<Integer> sizes =
        Pattern.compile("allowed_batch_sizes:\\s*(\\d+)")
            .matcher(text)
            .results()
            .map(MatchResult::group)
            .map(match -> Integer.valueOf(match.replaceAll("\\D", "")))
            .toList();
    assertThat(sizes).isSorted().doesNotHaveDuplicates();
    assertThat(text).contains("max_batch_size { value: " + sizes.get(sizes.size() - 1) + " }");
  }

  @Test
  void request_wholeNumbers_areSentAsDecimals() throws Exception {
    Path rows = Files.writeString(directory.resolve("rows.csv"), "1,-2,3.5\n0,1e3,16\n");
    CompletableFuture<String> body = new CompletableFuture<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/models/tandem",
        exchange -> {
          boolean predict = exchange.getRequestURI().getPath().endsWith(":predict");
          String sent =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          byte[] answer =
              (predict
                      ? "{\"predictions\": []}"
                      : "{\"model_version_status\": [{\"state\": \"AVAILABLE\"}]}")
                  .getBytes(StandardCharsets.UTF_8);
          if (predict) {
            body.complete(sent);
          }
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try {
      Process process =
          new ProcessBuilder(
                  TOOLS.resolve("request.sh").toString(),
                  rows.toString(),
                  "127.0.0.1:" + server.getAddress().getPort())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("log").toFile())
              .start();
      assertThat(process.waitFor()).isZero();
      JsonNode sent = new ObjectMapper().readTree(body.get());
      assertThat(sent.toString()).isEqualTo("{\"instances\":[[1.0,-2.0,3.5],[0.0,1000.0,16.0]]}");
    } finally {
      server.stop(0);
    }
  }
}
