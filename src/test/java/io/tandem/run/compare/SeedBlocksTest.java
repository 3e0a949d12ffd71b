package io.tandem.run.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tandem.compare.Arm;
import io.tandem.compare.Cell;
import io.tandem.config.ConfigLoader;
import io.tandem.config.EffectiveConfig;
import io.tandem.data.Block;
import io.tandem.data.DataSource;
import io.tandem.disk.UserError;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Seeds with the same images would differ less than the runs of independent samples. */
final class SeedBlocksTest {
  private static final Cell THIRD = new Cell(3, new Arm("joint", List.of()), 23, 2);

  private static EffectiveConfig config(String... overrides) {
    EffectiveConfig given = ConfigLoader.defaults(List.of(overrides));
    return new SeedBlocks(5000).config(given.text(), "arm", THIRD, List.of());
  }

  @Test
  void config_imageFiles_getTheBlockOfTheirSeed() {
    EffectiveConfig found =
        config(
            "data.images.path=/a", "data.images_format.limit=4000", "data.images_format.offset=7");
    DataSource.Images images = (DataSource.Images) found.experiment().data().source();
    assertThat(images.settings().block()).isEqualTo(new Block(10007, 4000));
    assertThat(found.experiment().seed()).isEqualTo(23);
  }

  @Test
  void config_imageFilesWithoutALimit_areRefused() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> config("data.images.path=/a"))
        .withMessageContaining("--offset-per-seed 5000: expected data.images_format.limit");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> config("data.csv.file=/a"))
        .withMessageContaining("--offset-per-seed 5000: not allowed with these data");
  }
}
