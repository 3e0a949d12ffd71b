package io.tandem.cli;

import io.tandem.config.ConfigLoader;
import io.tandem.config.EffectiveConfig;
import io.tandem.config.Places;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The configuration that a command works on; add it with {@code @Mixin}. */
final class ConfigOptions {
  @Parameters(
      arity = "0..1",
      paramLabel = "CONFIG",
      description =
          "Experiment file (default: configs/digits.pbtxt of the installation, or only the defaults"
              + " if --set names other data).")
  private @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description =
          "Overrides a setting, for example --set seed=2 or --set response=none. A list is"
              + " a,b,c; of two for one path, the later one holds, lists included.")
  private List<String> overrides = new ArrayList<>();

  /** Whether a file or an override was given. */
  boolean given() {
    return file != null || !overrides.isEmpty();
  }

  /** Whether all that was given says where the data are. */
  boolean onlyPlaces() {
    return file == null && overrides.stream().allMatch(Places::isOne);
  }

  /** The overrides, as typed. */
  List<String> overrides() {
    return List.copyOf(overrides);
  }

  /** Reads and checks the configuration. */
  EffectiveConfig load() {
    return load(List.of());
  }

  /**
   * Reads and checks the configuration.
   *
   * @param more overrides beside those of the options, after them
   */
  EffectiveConfig load(List<String> more) {
    List<String> all = new ArrayList<>(overrides);
    all.addAll(more);
    Optional<Path> configuration = configuration();
    return configuration.isPresent()
        ? ConfigLoader.load(configuration.get(), all)
        : ConfigLoader.defaults(all);
  }

  /** Reads and checks the configuration for a command whose networks are fully connected. */
  EffectiveConfig loadFullyConnected() {
    return ConfigLoader.fullyConnected(configuration(), overrides);
  }

  /** The file, or the experiment that is shipped, unless there are other data. */
  private Optional<Path> configuration() {
    if (file != null) {
      return Optional.of(file);
    }
    Path shipped = Path.of(System.getProperty("tandem.home", "."), "configs", "digits.pbtxt");
    return Files.exists(shipped) && overrides.stream().noneMatch(Places::isOne)
        ? Optional.of(shipped.normalize())
        : Optional.empty();
  }
}
