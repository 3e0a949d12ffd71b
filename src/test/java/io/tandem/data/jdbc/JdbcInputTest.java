package io.tandem.data.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.DataSettings;
import io.tandem.data.DataSource;
import io.tandem.data.DataSplit;
import io.tandem.data.SplitSettings;
import io.tandem.data.StoredBytes;
import io.tandem.data.row.TableInput;
import io.tandem.data.row.TableRow;
import io.tandem.data.row.TableRows;
import io.tandem.data.table.TableFiles;
import io.tandem.dialect.DialectRemedy;
import io.tandem.dialect.DialectSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Queries to H2, a database within Java. */
class JdbcInputTest {
  private static final String URL = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1";
  private static final String NAME = "jdbc:h2:mem:shop";
  private static final String PASSWORD = "S3cret-word";
  private static final CsvFormat FORMAT =
      new CsvFormat(true, "Y", ',', List.of(), List.of()).with(DialectSettings.UNKNOWN);

  private Connection connection;

  JdbcInputTest() throws SQLException {
    connection = DriverManager.getConnection(URL, "ann", PASSWORD);
  }

  @BeforeEach
  void fill() throws SQLException {
    run(
        "create table goods (n int, x double precision, c varchar(10), y varchar(5))",
        "insert into goods select i, case when mod(i, 9) > 0 then i / 7.0e0 end,"
            + " 'colour ' || mod(i, 4), case when mod(i, 3) = 0 then 'yes' else 'no' end"
            + " from system_range(1, 200) as r(i)");
  }

  @AfterEach
  void drop() throws SQLException {
    run("shutdown");
    connection.close();
  }

  private void run(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  private static DataSource.JdbcTable query(String query) {
    return new DataSource.JdbcTable(
        URL, query, Optional.of("ann"), Optional.of("SHOP_PASSWORD"), FORMAT);
  }

  private static JdbcInput ask(DataSource.JdbcTable source) {
    return JdbcInput.of(source, Map.of("SHOP_PASSWORD", PASSWORD)::get);
  }

  private static List<List<String>> texts(TableInput input, MessageDigest digest) {
    List<List<String>> texts = new ArrayList<>();
    try (TableRows rows =
        input.open(DialectSettings.UNKNOWN, Optional.empty(), DialectRemedy.OPTION, digest)) {
      for (TableRow row = rows.next(); row != null; row = rows.next()) {
        texts.add(row.texts());
      }
    }
    return texts;
  }

  private static DataSplit split(DataSource.JdbcTable source) {
    TableFiles.Inputs inputs =
        new TableFiles.Inputs() {
          @Override
          public TableInput of(DataSource asked) {
            return ask((DataSource.JdbcTable) asked);
          }

          @Override
          public TableInput of(Path file) {
            throw new IllegalArgumentException();
          }
        };
    return TableFiles.load(new DataSettings(source, new SplitSettings(0.5, 0.25, 0.25)), 3, inputs);
  }

  @Test
  void open_valuesOfAllKinds_haveTheTextsOfCsv() {
    String columns =
        "select cast(7 as smallint) as s, 9007199254740993 as l, cast(0.1 as real) as f,"
            + " cast(1 as double precision) / 3 as d, cast(12.50 as decimal(9, 2)) as m,"
            + " true as b, date '2026-01-31' as on_day, time '08:30:00' as t,"
            + " timestamp '2026-01-31 08:30:00.125' as ts,"
            + " timestamp with time zone '2026-01-31 08:30:00+02:00' as tz,"
            + " ' a b ' as c, cast(null as int) as gap, cast('long' as clob) as text,"
            + " x'01' as bytes, array[1, 2] as list";
    try (JdbcInput input = ask(query(columns))) {
      assertThat(texts(input, StoredBytes.sha256()))
          .containsExactly(
              List.of(
                  "S", "L", "F", "D", "M", "B", "ON_DAY", "T", "TS", "TZ", "C", "GAP", "TEXT",
                  "BYTES", "LIST"),
              List.of(
                  "7",
                  "9007199254740993",
                  "0.1",
                  "0.3333333333333333",
                  "12.50",
                  "true",
                  "2026-01-31",
                  "08:30:00",
                  "2026-01-31T08:30:00.125",
                  "2026-01-31T06:30:00Z",
                  "a b",
                  "",
                  "long",
                  "",
                  ""));
      try (TableRows rows =
          input.open(
              DialectSettings.UNKNOWN,
              Optional.empty(),
              DialectRemedy.OPTION,
              StoredBytes.sha256())) {
        assertThat(rows.unread()).isEqualTo(Map.of(13, "bytes", 14, "an array"));
      }
    }
  }

  @Test
  void open_digest_isThatOfNamesAndRowsInTheOrderOfTheirHashes() {
    MessageDigest digest = StoredBytes.sha256();
    try (JdbcInput input = ask(query("select 1 as n, 'é' as c union all select 2, null"))) {
      texts(input, digest);
    }
    List<byte[]> rows = new ArrayList<>(List.of(kept("1", "é"), kept("2", "")));
    rows.sort(
        (one, other) ->
            Long.compare(
                ByteBuffer.wrap(StoredBytes.sha256().digest(one)).getLong(),
                ByteBuffer.wrap(StoredBytes.sha256().digest(other)).getLong()));
    MessageDigest expected = StoredBytes.sha256();
    expected.update(kept("N", "C"));
    rows.forEach(expected::update);
    assertThat(HexFormat.of().formatHex(digest.digest()))
        .isEqualTo(HexFormat.of().formatHex(expected.digest()));
  }

  private static byte[] kept(String... texts) {
    ByteBuffer bytes = ByteBuffer.allocate(100);
    for (String text : texts) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      bytes.putInt(utf8.length).put(utf8);
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  @Test
  void load_rowsInAnotherOrder_sameHashAndSameParts() {
    DataSplit first = split(query("select * from goods order by n"));
    DataSplit second = split(query("select * from goods order by x desc, c"));
    assertThat(second.sha256()).isEqualTo(first.sha256());
    assertThat(second.train()).isEqualTo(first.train());
    assertThat(second.test()).isEqualTo(first.test());
    assertThat(first.train().rows() + first.validation().rows() + first.test().rows())
        .isEqualTo(200);
    assertThat(split(query("select * from goods where n > 1")).sha256())
        .isNotEqualTo(first.sha256());
  }

  /** The second pass, for categories and gaps, sees what the first has seen. */
  @Test
  void open_rowsChangeMeanwhile_passesSeeTheSame() throws SQLException {
    try (JdbcInput input = ask(query("select * from goods"))) {
      List<List<String>> before = texts(input, StoredBytes.sha256());
      run("delete from goods where n > 100");
      assertThat(texts(input, StoredBytes.sha256())).isEqualTo(before).hasSize(201);
    }
  }

  private static void refused(DataSource.JdbcTable source, String... parts) {
    assertThatThrownBy(() -> split(source))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(NAME + ":")
        .hasMessageContainingAll(parts)
        .hasMessageNotContaining(PASSWORD)
        .hasMessageNotContaining("\n");
  }

  @Test
  void load_mistakesInTheQuery_areSaidInOneLine() {
    refused(
        query("select x from godos"),
        "the query fails (",
        "Table \"GODOS\" not found",
        "; correct data.jdbc.query");
    refused(query("select 'S3cret-word' from"), "the query fails (", "***");
    refused(
        query("select * from goods where n < 0"),
        ": the query has no rows, expected some; change its conditions (data.jdbc.query)");
    refused(
        query("select y from goods"), ": one column, expected features and a label; add columns");
    refused(
        query("select n, x, y, x from goods"),
        ": columns 2 and 4 of the query are both called \"X\", expected different names; name one"
            + " with AS in data.jdbc.query");
    refused(query("delete from goods"), "the query fails (");
    refused(
        query("select n, array[1] as tags, y from goods"),
        ": column \"TAGS\" is an array, expected numbers, texts, dates or truth values; leave it out"
            + " with --set data.format.ignore=TAGS");
    refused(query("select n, 1 / (n - 150) as z, y from goods order by n"), "Division by zero");
  }

  @Test
  void load_badCell_isNamedByTheRowOfTheAnswer() {
    refused(
        query(
            "select n, case when n = 7 then 'what' else cast(x as varchar) end as x, y from goods"
                + " order by n"),
        ":row 7:2: \"what\" is not a number");
  }

  @Test
  void load_wrongPassword_saysWhatToCheck() {
    assertThatThrownBy(
            () -> JdbcInput.of(query("select 1"), Map.of("SHOP_PASSWORD", "other-word")::get))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(NAME + ": the database does not let the user in (")
        .hasMessageContaining("check data.jdbc.user and the variable of")
        .hasMessageNotContaining("other-word");
  }

  @Test
  void load_missingVariable_isNamed() {
    assertThatThrownBy(() -> JdbcInput.of(query("select 1"), name -> null))
        .isInstanceOf(DataException.class)
        .hasMessage(
            NAME
                + ": the environment variable \"SHOP_PASSWORD\" is not set"
                + " (data.jdbc.password_variable); set it to the user's password");
  }

  private static DataSource.JdbcTable at(String url) {
    return new DataSource.JdbcTable(url, "select 1", Optional.empty(), Optional.empty(), FORMAT);
  }

  @Test
  void load_noDriver_saysWhereItBelongs() {
    assertThatThrownBy(() -> ask(at("jdbc:nosuch://host/db?user=x")))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "jdbc:nosuch://host/db: there is no driver for \"jdbc:nosuch\"; put the database's JDBC"
                + " driver, a .jar file, on the class path with TANDEM_CLASSPATH=FILE.jar");
  }

  @Test
  void load_nobodyListens_saysSo() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/db";
    assertThatThrownBy(() -> ask(at(url)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(url + ": cannot connect (Connection to 127.0.0.1:" + port)
        .hasMessageEndingWith("); check data.jdbc.url and that the database runs");
  }
}
