package io.tandem.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A list of runs has room for a short name of the data of each. */
class DataSourceTest {
  private static final Path HERE = Path.of("/home/me");

  @Test
  void name_fileBelowTheFolder_isItsPathFromThere() {
    assertThat(source("/home/me/tables/irises.csv").name(HERE)).isEqualTo("tables/irises.csv");
  }

  @Test
  void name_fileElsewhere_isItsWholePath() {
    assertThat(source("/srv/irises.csv").name(HERE)).isEqualTo("/srv/irises.csv");
    assertThat(source("/home/me").name(HERE)).isEqualTo("/home/me");
  }

  @Test
  void name_ofTheDigits_isDigits() {
    assertThat(new DataSource.Digits().name(HERE)).isEqualTo("digits");
  }

  private static DataSource source(String path) {
    return new DataSource.Cifar(Path.of(path), CifarLabels.FINE, Block.ALL, 1);
  }
}
