package io.tandem.run.compare;

import io.tandem.compare.Cell;
import io.tandem.config.ConfigLoader;
import io.tandem.config.EffectiveConfig;
import io.tandem.data.Block;
import io.tandem.data.DataSource;
import io.tandem.disk.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a seed changes in a configuration: the seed itself and, where that is wanted, the block of
 * the data. Tables are divided by the seed anyway.
 *
 * @param offsetPerSeed examples or lines from one seed's block to the next; 0 if all have the same
 */
public record SeedBlocks(int offsetPerSeed) {
  private record Setting(String path, Block block) {}

  /**
   * The configuration of a cell.
   *
   * @param text effective configuration of the cell's arm, as it was saved
   * @param name what to call it in errors
   * @param cell which
   * @param places further {@code path=value} that say where the data are
   * @throws UserError if the data have no blocks
   */
  public EffectiveConfig config(String text, String name, Cell cell, List<String> places) {
    List<String> overrides = new ArrayList<>(places);
    overrides.add("seed=" + cell.seed());
    if (offsetPerSeed > 0) {
      Setting setting = setting(ConfigLoader.restore(text, name));
      long offset = setting.block().offset() + (long) offsetPerSeed * cell.block();
      overrides.add(setting.path() + ".offset=" + offset);
    }
    return ConfigLoader.restore(text, name, path -> path, overrides);
  }

  private Setting setting(EffectiveConfig config) {
    DataSource source = config.experiment().data().source();
    Setting setting =
        blocks(source)
            .orElseThrow(
                () ->
                    error(
                        "not allowed with these data, whose division follows the seed; leave it"
                            + " out"));
    if (setting.block().limit() == 0) {
      throw error(
          "expected "
              + setting.path()
              + ".limit, so that all seeds have blocks of one size; set it, for example with --set "
              + setting.path()
              + ".limit="
              + offsetPerSeed);
    }
    return setting;
  }

  private UserError error(String text) {
    return new UserError(UserError.Kind.USAGE, "--offset-per-seed " + offsetPerSeed + ": " + text);
  }

  private static Optional<Setting> blocks(DataSource source) {
    if (source instanceof DataSource.Idx idx) {
      return Optional.of(new Setting("data.idx_format", idx.block()));
    }
    if (source instanceof DataSource.Cifar cifar) {
      return Optional.of(new Setting("data.cifar_format", cifar.block()));
    }
    if (source instanceof DataSource.Images images) {
      return Optional.of(new Setting("data.images_format", images.settings().block()));
    }
    if (source instanceof DataSource.Text text) {
      return Optional.of(new Setting("data.text_format", text.settings().lines()));
    }
    return Optional.empty();
  }
}
