package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.cli.InProcess.Ended;
import io.tandem.data.parquet.ParquetFiles;
import io.tandem.testing.TinySearch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands work with Parquet files and databases as with CSV files. */
class TableSourcesTest {
  /** Any variable that every process has: its value is the password. */
  private static final String VARIABLE = "PATH";

  private static final int ROWS = 240;

  @TempDir private static Path folder = Path.of("");

  private static Path parquet = Path.of("");
  private static Path query = Path.of("");
  private static Path run = Path.of("");

  private static String url() {
    return "jdbc:h2:" + folder.resolve("shop");
  }

  private static void change(String... statements) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(url(), "ann", System.getenv(VARIABLE));
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  @BeforeAll
  static void searchInADatabase() throws IOException, SQLException {
    change(
        "create table goods as select i as \"n\", cast(mod(i * 7, 100) as double precision) as"
            + " \"x\", case when mod(i, 11) > 0 then 'colour ' || mod(i, 4) end as \"c\","
            + " case when mod(i, 3) = 0 then 'yes' else 'no' end as \"y\""
            + " from system_range(1, "
            + ROWS
            + ") as r(i)");
    query =
        Files.writeString(
            folder.resolve("query.pbtxt"),
            "data {\n  jdbc {\n    url: \""
                + url()
                + "\"\n    query: \"select * from goods\"\n    user: \"ann\"\n"
                + "    password_variable: \""
                + VARIABLE
                + "\"\n  }\n  format { label: \"y\" ignore: \"n\" }\n}\n");
    parquet =
        ParquetFiles.write(
            folder.resolve("goods.parquet"),
            "required int32 n; required double x; optional binary c (STRING); required binary y"
                + " (STRING); repeated int32 tags;",
            IntStream.rangeClosed(1, ROWS)
                .<Consumer<Group>>mapToObj(
                    row ->
                        group -> {
                          group.append("n", row).append("x", (double) (row * 7 % 100));
                          if (row % 11 > 0) {
                            group.add("c", "colour " + row % 4);
                          }
                          group.add("y", row % 3 == 0 ? "yes" : "no");
                        })
                .toList());
    run = folder.resolve("run");
    Ended ended = search(query, run);
    assertThat(ended.code()).as(ended.err()).isZero();
  }

  private static Ended search(Path configuration, Path out, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("search", configuration.toString(), "--out", out.toString()));
    arguments.addAll(TinySearch.arguments());
    arguments.addAll(List.of(more));
    return InProcess.run(arguments.toArray(String[]::new));
  }

  @Test
  void search_database_keepsNoPassword() throws IOException {
    String password = System.getenv(VARIABLE);
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(password);
      }
    }
    assertThat(run.resolve("config.pbtxt")).content().contains("password_variable: \"PATH\"");
  }

  @Test
  void retrain_rowsInAnotherOrder_goesOnAndWithOtherRows_isRefused() throws SQLException {
    change(
        "create table sorted as select * from goods order by \"x\" desc",
        "drop table goods",
        "alter table sorted rename to goods");
    Ended ended = InProcess.run("retrain", run.toString());
    assertThat(ended.code()).as(ended.err()).isZero();
    String fewer = "data.jdbc.query=select * from goods where \"n\" > 1";
    Ended refused = InProcess.run("retrain", run.toString(), "--set", fewer);
    assertThat(refused.code()).isEqualTo(3);
    assertThat(refused.err())
        .contains("the run began with data of SHA-256", "data.jdbc.url=URL")
        .hasLineCount(1);
  }

  @Test
  void predict_parquet_answersAsForCsv() throws IOException {
    StringBuilder csv = new StringBuilder("n,x,c,y\n");
    for (int row = 1; row <= ROWS; row++) {
      csv.append(row).append(',').append((double) (row * 7 % 100)).append(',');
      csv.append(row % 11 > 0 ? "colour " + row % 4 : "").append(',');
      csv.append(row % 3 == 0 ? "yes" : "no").append('\n');
    }
    Path same = Files.writeString(folder.resolve("goods.csv"), csv);
    String[] options = {"predict", run.toString(), "--id", "n", "--input"};
    Ended expected = predict(options, same);
    Ended answers = predict(options, parquet);
    assertThat(answers.code()).as(answers.err()).isZero();
    assertThat(answers.out()).isEqualTo(expected.out()).hasLineCount(ROWS + 1);
    String[] scored = {"predict", run.toString(), "--evaluate", "--input"};
    assertThat(predict(scored, parquet).out())
        .isEqualTo(predict(scored, same).out())
        .contains(" of " + ROWS + " right");
  }

  private static Ended predict(String[] options, Path input) {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add(input.toString());
    return InProcess.run(arguments.toArray(String[]::new));
  }

  private static void refused(Ended ended, int code, String message) {
    assertThat(ended.code()).isEqualTo(code);
    assertThat(ended.err()).isEqualTo("tandem: " + message + "\n");
  }

  @Test
  void predict_parquetThatDoesNotFit_isRefusedInOneLine() throws IOException {
    String[] options = {"predict", run.toString(), "--input"};
    Path cut =
        Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(Files.readAllBytes(parquet), 900));
    refused(
        predict(options, cut),
        3,
        cut
            + ": the Parquet file is cut short: it does not end with PAR1; copy it or write it"
            + " again");
    refused(
        predict(new String[] {"predict", run.toString(), "--delimiter", ";", "--input"}, parquet),
        2,
        "--delimiter: not allowed with a Parquet file, which is no text; leave it out");
    refused(
        predict(new String[] {"predict", run.toString(), "--id", "tags", "--input"}, parquet),
        3,
        parquet
            + ": column \"tags\" is a list, expected numbers, texts, dates or truth values; give its"
            + " values as one of these in a file of your own");
    Path other =
        ParquetFiles.write(
            folder.resolve("other.parquet"),
            "required double x; required binary colour (STRING);",
            List.of(group -> group.append("x", 1.0).append("colour", "colour 1")));
    refused(
        predict(options, other),
        3,
        other + ": no column is called \"c\" (a feature of the model); rename it");
  }

  @Test
  void inspect_parquet_writesAConfigurationThatIsValid() throws IOException {
    Path config = folder.resolve("goods.pbtxt");
    Ended ended =
        InProcess.run("inspect", parquet.toString(), "--target", "y", "--write", config.toString());
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out())
        .startsWith(parquet + ": 240 rows of 5 columns\n")
        .contains("warning: column \"tags\" is a list, which is not read; leave it out with");
    assertThat(config)
        .content()
        .contains("  parquet { file: \"goods.parquet\" }\n", "ignore: [\"n\", \"tags\"]");
    Ended checked = InProcess.run("check", config.toString());
    assertThat(checked.code()).as(checked.err()).isZero();
    assertThat(checked.out()).contains("2 classes");
    refused(
        InProcess.run("inspect", parquet.toString(), "--header", "false"),
        2,
        "--header: not allowed with " + parquet + ", which names its columns itself; leave it out");
  }

  @Test
  void inspect_configurationOfADatabase_looksAtItsTable() throws IOException {
    Ended ended = InProcess.run("inspect", query.toString());
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out())
        .startsWith(url() + ": 240 rows of 4 columns\n")
        .contains("to predict: \"y\", one of 2 classes\n");
    Path config = folder.resolve("again.pbtxt");
    assertThat(InProcess.run("inspect", query.toString(), "--write", config.toString()).code())
        .isZero();
    Ended checked = InProcess.run("check", config.toString());
    assertThat(checked.code()).as(checked.err()).isZero();

    Path digits = Files.writeString(folder.resolve("digits.pbtxt"), "seed: 2\n");
    refused(
        InProcess.run("inspect", digits.toString()),
        2,
        digits + ": has no table, expected data.csv, csv_parts, parquet or jdbc; name a table");
  }

  @Test
  void search_parquetInPlaceOfAConfiguration_saysHowToGiveIt() {
    Ended ended = InProcess.run("check", parquet.toString());
    refused(
        ended,
        2,
        parquet
            + ": is a table, not a configuration; leave it out and give --set data.parquet.file="
            + parquet);
  }

  @Test
  void inspect_compressedParquet_saysWhatItIs() throws IOException {
    Path file = folder.resolve("goods.parquet.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
      Files.copy(parquet, out);
    }
    refused(
        InProcess.run("inspect", file.toString()),
        3,
        file
            + ": is a Parquet file, which is read from a file of its own, not compressed or through"
            + " a pipe, expected one CSV file");
  }
}
