package io.tandem.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

  /** The server has no authentication: what keeps it in is here. */
  @Test
  void compose_server_isShutIn() throws IOException {
    String text = text("compose.yaml");
    assertThat(text)
        .contains("read_only: true", "cap_drop: [ALL]", "no-new-privileges:true")
        .containsPattern("user: \"[1-9][0-9]*:[1-9][0-9]*\"");
    assertThat(matches(text, "(?m)^ *- \"([^\"]*:850[01])\"$"))
        .containsExactly("127.0.0.1:8500:8500", "127.0.0.1:8501:8501");
    assertThat(matches(text, "(?m)^ *- \"([^\"]*/(?:models|config)[^\"]*)\"$"))
        .hasSize(2)
        .allMatch(volume -> volume.endsWith(":ro"));
    assertThat(matches(text, "- --([a-z_]+)="))
        .containsExactlyInAnyOrder(
            "port",
            "rest_api_port",
            "model_config_file",
            "enable_batching",
            "batching_parameters_file",
            "monitoring_config_file",
            "allow_version_labels_for_unavailable_models",
            "max_num_load_retries",
            "enable_profiler");
    assertThat(text).contains("--max_num_load_retries=0", "--enable_profiler=false");
    for (String file : matches(text, "=/config/(\\S+)")) {
      assertThat(TOOLS.resolve(file)).isNotEmptyFile();
    }
    assertThat(text("models.config")).contains("base_path: \"/models/tandem\"");
  }

  private static List<String> matches(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(found -> found.group(1)).toList();
  }

  /** A whole number in an Example is an int64 to the server, which the model does not take. */
  @Test
  void request_wholeNumbers_areSentAsDecimals() throws Exception {
    try (FakeServer server = new FakeServer("LOADING", "AVAILABLE")) {
      assertThat(request(server, "1,-2,3.5\n0,1e3,16\n").code()).isZero();
      assertThat(server.received("predict"))
          .isEqualTo("{\"instances\":[[1.0,-2.0,3.5],[0.0,1000.0,16.0]]}");
      assertThat(server.asked()).isGreaterThanOrEqualTo(2);
    }
    try (FakeServer server = new FakeServer("AVAILABLE")) {
      Answer answer = request(server, "1,-2,3.5\n", "tandem", "classify");
      assertThat(answer.text()).isEqualTo(FakeServer.REPLY + "\n");
      assertThat(server.received("classify"))
          .isEqualTo(
              "{\"signature_name\":\"classify\",\"examples\":"
                  + "[{\"column0\":1.0,\"column1\":-2.0,\"column2\":3.5}]}");
    }
  }

  @Test
  void request_header_namesTheFeatures() throws Exception {
    try (FakeServer server = new FakeServer("AVAILABLE")) {
      request(server, "\ufeffwidth,\"a \"\"b\"\"\"\n1,2\n");
      assertThat(server.received("classify"))
          .isEqualTo(
              "{\"signature_name\":\"classify\",\"examples\":"
                  + "[{\"width\":1.0,\"a \\\"b\\\"\":2.0}]}");
    }
  }

  /** By position, columns in another order would be answered wrongly without a word. */
  @Test
  void request_namedColumnsByPosition_isRefused() throws Exception {
    try (FakeServer server = new FakeServer("AVAILABLE")) {
      Answer answer = request(server, "width,height\n1,2\n", "tandem", "predict");
      assertThat(answer.code()).isEqualTo(2);
      assertThat(answer.text()).contains("rows.csv", "classify").doesNotContain("\n\n");
      assertThat(server.asked()).isZero();
    }
  }

  @Test
  void request_versionThatFailedToLoad_isSaidAtOnce() throws Exception {
    try (FakeServer server = new FakeServer("END")) {
      Answer answer = request(server, "1\n");
      assertThat(answer.code()).isEqualTo(4);
      assertThat(answer.text()).contains("did not load", "log");
    }
  }

  @Test
  void request_refused_isShownWithAnExitCode() throws Exception {
    try (FakeServer server = new FakeServer("AVAILABLE")) {
      server.refuse("{\"error\": \"input must be 2-dimensional\"}");
      Answer answer = request(server, "1\n");
      assertThat(answer.code()).isNotZero();
      assertThat(answer.text()).contains("{\"error\": \"input must be 2-dimensional\"}");
    }
  }

  private record Answer(int code, String text) {}

  private Answer request(FakeServer server, String rows, String... more) throws Exception {
    Path file = Files.writeString(directory.resolve("rows.csv"), rows);
    Path log = directory.resolve("log");
    List<String> command = new ArrayList<>();
    command.add(TOOLS.resolve("request.sh").toString());
    command.add(file.toString());
    command.add(server.address());
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new Answer(process.waitFor(), Files.readString(log));
  }
}
