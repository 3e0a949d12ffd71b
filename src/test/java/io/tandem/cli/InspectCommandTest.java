package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a table holds, and a configuration with which it can be trained at once. */
class InspectCommandTest {
  @TempDir private Path folder = Path.of("");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  private Path table(String name, String header, String delimiter) throws IOException {
    String rows =
        IntStream.range(0, 60)
            .mapToObj(
                row ->
                    String.join(
                        delimiter,
                        "key " + row,
                        row % 7 == 0 ? "" : String.valueOf(row % 11),
                        "say \"\"hi\"\"".replace("\"\"", ""),
                        row % 2 == 0 ? "red" : "blue",
                        String.valueOf(row * 1.5)))
            .collect(Collectors.joining("\n"));
    return Files.writeString(folder.resolve(name), header + rows + "\n");
  }

  @Test
  void inspect_write_makesAConfigurationThatIsValid() throws IOException {
    Path file = table("my data.csv", "id;n;note;the \"color\";price\n".replace("\"", ""), ";");
    Path config = folder.resolve("mine.pbtxt");
    assertThat(run("inspect", file.toString(), "--write", config.toString()))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains("60 rows of 5 columns, delimiter \";\"", "to predict: \"price\", a number");
    assertThat(err.toString()).contains("wrote " + config);
    assertThat(Files.readString(config))
        .contains(
            "csv { file: \"my data.csv\" }",
            "delimiter: \";\"",
            "target: \"price\"",
            "ignore: [\"id\", \"note\"]")
        .doesNotContain("header");
    assertThat(run("check", config.toString())).as(err.toString()).isZero();
    assertThat(out.toString()).contains("1 number to predict");

    assertThat(run("inspect", file.toString(), "--write", config.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--write: " + config + " exists");
  }

  @Test
  void inspect_classesWithoutHeader_areNamedByTheirIndex() throws IOException {
    Path file = table("t.tsv", "", "\t");
    Path config = folder.resolve("t.pbtxt");
    assertThat(run("inspect", file.toString(), "--target", "3", "--write", config.toString()))
        .isZero();
    assertThat(Files.readString(config))
        .contains("header: false", "delimiter: \"tab\"", "label: \"3\"", "ignore: [\"0\", \"2\"]");
    assertThat(run("check", config.toString())).as(err.toString()).isZero();
    assertThat(out.toString()).contains("2 classes");
  }

  @Test
  void inspect_json_isOneObject() throws IOException {
    Path file = table("t.csv", "id,n,note,color,price\n", ",");
    assertThat(run("inspect", file.toString(), "-f", "json", "--target", "color")).isZero();
    JsonNode object = new ObjectMapper().readTree(out.toString());
    assertThat(object.path("rows").intValue()).isEqualTo(60);
    assertThat(object.path("columns")).hasSize(5);
    assertThat(object.path("columns").get(1).path("missing").intValue()).isEqualTo(9);
    assertThat(object.path("target").textValue()).isEqualTo("color");
    assertThat(object.path("target.is_number").booleanValue()).isFalse();
    assertThat(object.path("warnings")).isNotEmpty();
  }

  @Test
  void inspect_badInput_isOneLine() throws IOException {
    assertThat(run("inspect", folder.resolve("none.csv").toString())).isEqualTo(3);
    assertThat(err.toString()).hasLineCount(1);
    Path image =
        Files.write(
            folder.resolve("x.csv"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    assertThat(run("inspect", image.toString())).isEqualTo(3);
    assertThat(err.toString()).hasLineCount(1);
    Path file = table("t.csv", "id,n,note,color,price\n", ",");
    assertThat(run("inspect", file.toString(), "-f", "xml")).isEqualTo(2);
    assertThat(run("inspect", file.toString(), "--target", "colour")).isEqualTo(3);
    assertThat(err.toString()).contains("did you mean \"color\"?");
  }
}
