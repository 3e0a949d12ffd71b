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

  /** Dates and booleans, and a declaration only where the rows leave something open. */
  @Test
  void inspect_datesAndBooleans_areNamed() throws IOException {
    String rows =
        IntStream.range(0, 60)
            .mapToObj(
                row ->
                    String.format(
                        "2026-%02d-%02d 08:%02d,%s,%02d/%02d/2026,%s,%d",
                        1 + row % 12,
                        1 + row % 28,
                        row,
                        row % 3 == 0 ? "yes" : "no",
                        1 + row % 12,
                        1 + row % 11,
                        row == 7 ? "soon" : "2026-02-" + (10 + row % 19),
                        row % 2))
            .collect(Collectors.joining("\n"));
    Path file = Files.writeString(folder.resolve("d.csv"), "t,paid,due,left,y\n" + rows + "\n");
    Path config = folder.resolve("d.pbtxt");
    assertThat(run("inspect", file.toString(), "--write", config.toString())).isZero();
    assertThat(out.toString())
        .containsPattern("t +date +60 +2026-01-01T08:00 to 2026-12-24T08:23")
        .containsPattern("paid +boolean +2 +no 40, yes 20")
        .contains(
            "warning: column \"due\" has dates such as \"12/01/2026\", in which day and month cannot"
                + " be told apart; say which is first with format.date_order",
            "warning: column \"left\" has 59 dates in 60 rows; training takes it for dates only if"
                + " format.missing or format.column_missing has what the others are");
    assertThat(Files.readString(config))
        .contains("date_order: DMY  # or MDY: 12/01/2026 can be read both ways")
        .doesNotContain(" date:", "boolean");
    assertThat(run("check", config.toString())).as(err.toString()).isZero();
    assertThat(err.toString())
        .contains("booleans \"paid\"; dates \"t\" (as 2026-01-31), \"due\" (as 31/01/2026)");
    assertThat(run("check", config.toString(), "--set", "data.format.date_order=AS_FOUND"))
        .isEqualTo(3);
    assertThat(err.toString())
        .hasLineCount(1)
        .contains("use --set data.format.date_order=DMY or MDY");

    assertThat(run("inspect", file.toString(), "-f", "json")).isZero();
    JsonNode first = new ObjectMapper().readTree(out.toString()).path("columns").get(0);
    assertThat(first.path("type").textValue()).isEqualTo("date");
    assertThat(first.path("first").textValue()).isEqualTo("2026-01-01T08:00");
  }

  /** A table as Excel writes it in a German Windows. */
  @Test
  void inspect_tableOfAnotherCountry_findsHowItIsWritten() throws IOException {
    String rows =
        IntStream.range(0, 60)
            .mapToObj(row -> row + ",5;1." + (100 + row) + ",25;" + (row % 2 == 0 ? "grün" : "rot"))
            .collect(Collectors.joining(";\r\n", "a;b;Größe;\r\n", ";\r\n"));
    Path file = folder.resolve("t.csv");
    Files.write(file, rows.getBytes("windows-1252"));
    Path config = folder.resolve("t.pbtxt");
    assertThat(run("inspect", file.toString(), "--write", config.toString()))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains(
            "60 rows of 3 columns, delimiter \";\", decimal comma, points between thousands,"
                + " encoding windows-1252, the first row names the columns",
            "the text is not UTF-8 and is read as windows-1252, which is a guess; look whether"
                + " words such as \"Größe\" are right, or name another with --encoding",
            "an empty last column (left out)");
    assertThat(Files.readString(config))
        .contains(
            "    delimiter: \";\"\n    decimal: \",\"\n    thousands: \".\"\n"
                + "    encoding: \"windows-1252\"\n    label: \"Größe\"");
    out.getBuffer().setLength(0);
    assertThat(run("check", config.toString())).as(err.toString()).isZero();
    assertThat(out.toString()).contains("grün", "rot");

    out.getBuffer().setLength(0);
    assertThat(run("inspect", file.toString(), "-f", "json")).isZero();
    JsonNode object = new ObjectMapper().readTree(out.toString());
    assertThat(object.path("decimal").textValue()).isEqualTo(",");
    assertThat(object.path("thousands").textValue()).isEqualTo(".");
    assertThat(object.path("quote").textValue()).isEqualTo("\"");
    assertThat(object.path("encoding").textValue()).isEqualTo("windows-1252");
    assertThat(object.path("columns").get(1).path("max").doubleValue()).isEqualTo(1159.25);
  }

  @Test
  void inspect_numbersThatMayBeTwo_areNamed() throws IOException {
    Path file = folder.resolve("t.csv");
    Files.writeString(file, "a;b\n" + "1,234;x\n5,678;y\n".repeat(5));
    assertThat(run("inspect", file.toString())).isZero();
    assertThat(out.toString())
        .contains(
            "warning: column \"a\", line 2: \"1,234\" has a comma, which stands for the decimal"
                + " point or between thousands; use --decimal , if it is");
    out.getBuffer().setLength(0);
    assertThat(run("inspect", file.toString(), "--decimal", ",")).isZero();
    assertThat(out.toString()).contains("decimal comma").doesNotContain("stands for");
  }

  @Test
  void inspect_badDialect_namesTheOption() throws IOException {
    Path file = table("t.csv", "id,n,note,color,price\n", ",");
    assertThat(run("inspect", file.toString(), "--encoding", "windows-125")).isEqualTo(2);
    assertThat(err.toString()).contains("--encoding", "did you mean windows-125");
    assertThat(run("inspect", file.toString(), "--decimal", ";")).isEqualTo(2);
    assertThat(err.toString()).contains("--decimal", "expected a point or a comma");
    assertThat(run("inspect", file.toString(), "--decimal", ",", "--thousands", ",")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--decimal, --thousands: \",\" is the decimal mark and the mark between");
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
