package io.tandem.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.data.DataSource;
import io.tandem.disk.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a query needs, and that no password gets into a run. */
class JdbcChecksTest {
  private static List<String> settings(String... more) {
    List<String> settings = new ArrayList<>();
    settings.add("data.jdbc.url=jdbc:postgresql://host:5432/db?ssl=true");
    settings.add("data.jdbc.query=select a, b from t");
    settings.addAll(List.of(more));
    return settings;
  }

  private static void refused(String message, String... more) {
    assertThatThrownBy(() -> ConfigLoader.defaults(settings(more)))
        .isInstanceOf(UserError.class)
        .hasMessage(message);
  }

  @Test
  void load_query_isTheSource() {
    DataSource source =
        ConfigLoader.defaults(settings("data.jdbc.user=ann", "data.jdbc.password_variable=DB_PW"))
            .experiment()
            .data()
            .source();
    assertThat(source)
        .isInstanceOfSatisfying(
            DataSource.JdbcTable.class,
            table -> {
              assertThat(table.url()).isEqualTo("jdbc:postgresql://host:5432/db?ssl=true");
              assertThat(table.query()).isEqualTo("select a, b from t");
              assertThat(table.user()).contains("ann");
              assertThat(table.passwordVariable()).contains("DB_PW");
            });
    assertThat(source.text()).isEqualTo("jdbc:postgresql://host:5432/db");
    assertThat(source.name(Path.of("/"))).isEqualTo(source.text());
    assertThat(
            ((DataSource.JdbcTable) ConfigLoader.defaults(settings()).experiment().data().source())
                .user())
        .isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://host/db?user=ann&password=S3cret",
        "jdbc:postgresql://host/db?sslpassword=S3cret",
        "jdbc:sqlserver://host;user=ann;password=S3cret",
        "jdbc:sqlserver://host; Pwd = S3cret",
        "jdbc:mysql://ann:S3cret@host/db",
        "jdbc:mysql://address=(host=h)(password=S3cret)/db",
        "jdbc:oracle:thin:ann/S3cret@//host:1521/db",
        "jdbc:snowflake://host/?token=S3cret",
        "jdbc:h2:mem:x;PASSWORD=S3cret"
      })
  void load_passwordInTheUrl_isRefusedWithoutRepeatingIt(String url) {
    refused(
        "data.jdbc.url: has a password, which every run would keep; take it out, and name an"
            + " environment variable that has it with data.jdbc.password_variable",
        "data.jdbc.url=" + url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://[::1]:5432/db",
        "jdbc:mysql://ann@host:3306/db?useCursorFetch=true",
        "jdbc:oracle:thin:@//host:1521/db",
        "jdbc:sqlserver://host:1433;databaseName=passwords;encrypt=true",
        "jdbc:sqlite:/data/my secrets/x.db",
        "jdbc:h2:./data"
      })
  void load_urlWithoutPassword_isAllowed(String url) {
    assertThat(ConfigLoader.defaults(settings("data.jdbc.url=" + url)).text()).contains(url);
  }

  @Test
  void load_somethingMissing_isNamed() {
    refused("data.jdbc.url: missing; give one such as jdbc:postgresql://host/db", "data.jdbc.url=");
    refused(
        "data.jdbc.url: no such URL, expected one that begins with jdbc:, such as"
            + " jdbc:postgresql://host/db",
        "data.jdbc.url=postgresql://host/db");
    refused(
        "data.jdbc.query: missing; give one such as select * from measurements",
        "data.jdbc.query=");
    refused(
        "data.jdbc.password_variable: no name of an environment variable, expected one such as"
            + " DB_PASSWORD; the password itself does not belong here",
        "data.jdbc.password_variable=S3cret-word");
    assertThatThrownBy(() -> ConfigLoader.defaults(List.of("data.parquet.file=")))
        .hasMessage("data.parquet.file: missing; name a file");
  }

  @Test
  void restore_query_isNoPath() {
    EffectiveConfig saved = ConfigLoader.defaults(settings("data.jdbc.user=ann"));
    EffectiveConfig again =
        ConfigLoader.restore(
            saved.text(), "config.pbtxt", path -> Path.of("/elsewhere").resolve(path), List.of());
    assertThat(again.text()).isEqualTo(saved.text());
    EffectiveConfig moved =
        ConfigLoader.restore(
            saved.text(),
            "config.pbtxt",
            path -> path,
            List.of("data.jdbc.url=jdbc:postgresql://other/db"));
    assertThat(Places.isOne("data.jdbc.url=jdbc:postgresql://other/db")).isTrue();
    assertThat(Places.sameWithout(saved.text(), moved.text())).isTrue();
    assertThat(Places.sameWithout(saved.text(), ConfigLoader.defaults(settings("seed=2")).text()))
        .isFalse();
  }

  @Test
  void load_columnThatDivides_isAllowedWithAllTables() {
    assertThat(
            ConfigLoader.defaults(settings("data.split.group=b"))
                .experiment()
                .data()
                .source()
                .tableFormat()
                .orElseThrow()
                .split())
        .isPresent();
    ConfigLoader.defaults(
        List.of("data.parquet.file=t.parquet", "data.split.time=day", "data.format.target=y"));
  }
}
