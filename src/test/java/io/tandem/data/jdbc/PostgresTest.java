package io.tandem.data.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.DataSource;
import io.tandem.data.StoredBytes;
import io.tandem.data.row.TableRow;
import io.tandem.data.row.TableRows;
import io.tandem.dialect.DialectRemedy;
import io.tandem.dialect.DialectSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries to a PostgreSQL server that the test starts. */
@DisplayName("PostgreSQL, where a server is installed")
class PostgresTest {
  private static final String PASSWORD = "pg-s3cret";

  @TempDir private static Path folder = Path.of("");

  private static Path programs = Path.of("");
  private static String url = "";

  /** Debian keeps the server's programs by version, others on the path. */
  private static Optional<Path> installed() throws IOException {
    List<Path> places = new ArrayList<>();
    Path versions = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(versions)) {
      try (Stream<Path> found = Files.list(versions)) {
        found.map(version -> version.resolve("bin")).forEach(places::add);
      }
    }
    for (String place : String.valueOf(System.getenv("PATH")).split(":", -1)) {
      places.add(Path.of(place));
    }
    return places.stream()
        .filter(place -> Files.isExecutable(place.resolve("initdb")))
        .filter(place -> Files.isExecutable(place.resolve("pg_ctl")))
        .findFirst();
  }

  /** The server refuses to run as root. */
  private static List<String> command(String... words) {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(programs.resolve(words[0]).toString());
    command.addAll(List.of(words).subList(1, words.length));
    return command;
  }

  private static int run(String... words) throws IOException, InterruptedException {
    return new ProcessBuilder(command(words))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start()
        .waitFor();
  }

  @BeforeAll
  static void start() throws IOException, InterruptedException, SQLException {
    Optional<Path> found = installed();
    assumeTrue(
        found.isPresent(), "no PostgreSQL server is installed (initdb, pg_ctl): nothing is tested");
    programs = found.orElseThrow();
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    String data = folder.resolve("data").toString();
    assertThat(
            run("initdb", "-D", data, "-U", "ann", "-A", "scram-sha-256", "--pwfile=" + password))
        .as(Files.readString(folder.resolve("output")))
        .isZero();
    assertThat(
            run(
                "pg_ctl",
                "-D",
                data,
                "-w",
                "-l",
                folder.resolve("data/log").toString(),
                "-o",
                "-h 127.0.0.1 -p " + port + " -k " + folder,
                "start"))
        .as(Files.readString(folder.resolve("output")))
        .isZero();
    url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    try (Connection connection = DriverManager.getConnection(url, "ann", PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table kinds as select 1::smallint as i, 0.1::real as f, 1/3::float8 as d,"
              + " 12.50::numeric(9, 2) as m, true as b, date '2026-01-31' as day,"
              + " timestamp '2026-01-31 08:30' as ts,"
              + " timestamptz '2026-01-31 08:30+02' as tz, 'x'::char(4) as c, 'é'::text as t,"
              + " null::int as gap, '{\"a\": 1}'::jsonb as j, '\\x01'::bytea as bytes,"
              + " array[1, 2] as list");
      statement.execute(
          "create table many as select i, i % 7 as x, repeat('a', 200) as t, i % 2 as y"
              + " from generate_series(1, 5000) as r(i)");
    }
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    if (!url.isEmpty()) {
      assertThat(run("pg_ctl", "-D", folder.resolve("data").toString(), "-m", "immediate", "stop"))
          .isZero();
    }
  }

  private static JdbcInput ask(String query, String password) {
    return JdbcInput.of(
        new DataSource.JdbcTable(
            url,
            query,
            Optional.of("ann"),
            Optional.of("PG"),
            new CsvFormat(true, "y", ',', List.of(), List.of()).with(DialectSettings.UNKNOWN)),
        Map.of("PG", password)::get);
  }

  private static List<List<String>> texts(JdbcInput input) {
    List<List<String>> texts = new ArrayList<>();
    try (TableRows rows =
        input.open(
            DialectSettings.UNKNOWN,
            Optional.empty(),
            DialectRemedy.OPTION,
            StoredBytes.sha256())) {
      for (TableRow row = rows.next(); row != null; row = rows.next()) {
        texts.add(row.texts());
      }
    }
    return texts;
  }

  @Test
  void open_valuesOfAllKinds_haveTheTextsOfCsv() {
    try (JdbcInput input = ask("select * from kinds", PASSWORD)) {
      assertThat(texts(input).get(1))
          .containsExactly(
              "1",
              "0.1",
              "0.3333333333333333",
              "12.50",
              "true",
              "2026-01-31",
              "2026-01-31T08:30:00",
              "2026-01-31T06:30:00Z",
              "x",
              "é",
              "",
              "{\"a\": 1}",
              "",
              "");
    }
  }

  @Test
  void open_manyRows_areAllThere() {
    try (JdbcInput input = ask("select * from many", PASSWORD)) {
      assertThat(texts(input)).hasSize(5001).doesNotHaveDuplicates();
    }
  }

  @Test
  void open_mistakes_areSaidInOneLine() {
    assertThatThrownBy(() -> ask("select 1", "wrong-word"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(url + ": the database does not let the user in (FATAL:")
        .hasMessageNotContaining("wrong-word");
    assertThatThrownBy(() -> ask("select i, nothing from many", PASSWORD))
        .isInstanceOf(DataException.class)
        .hasMessage(
            url
                + ": the query fails (ERROR: column \"nothing\" does not exist; Position: 11);"
                + " correct data.jdbc.query");
    assertThatThrownBy(() -> ask("select 1 / (i - 4000) from many", PASSWORD))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(url + ":row ")
        .hasMessageContaining("division by zero");
    assertThatThrownBy(() -> ask("delete from many", PASSWORD))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("cannot execute DELETE in a read-only transaction");
  }
}
