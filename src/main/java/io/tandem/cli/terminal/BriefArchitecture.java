package io.tandem.cli.terminal;

import io.tandem.space.Architecture;
import io.tandem.space.MacroArchitecture;
import io.tandem.space.MicroArchitecture;
import io.tandem.space.PerceptronArchitecture;
import io.tandem.space.RecurrentArchitecture;
import java.util.Locale;
import java.util.stream.Collectors;

/** An architecture in a few words, for a column of a table. */
public final class BriefArchitecture {
  private BriefArchitecture() {}

  /**
   * The length of embeddings of a perceptron, if there are any, and units and activation of every
   * layer, with {@code +} and the numbers of the outputs that it adds in; of the others the
   * published encoding.
   */
  public static String of(Architecture architecture) {
    return architecture.match(
        BriefArchitecture::layers,
        MacroArchitecture::encoding,
        MicroArchitecture::encoding,
        RecurrentArchitecture::encoding);
  }

  private static String layers(PerceptronArchitecture perceptron) {
    String layers =
        perceptron.layers().stream()
            .map(
                layer ->
                    layer.units()
                        + " "
                        + layer.activation().name().toLowerCase(Locale.ROOT)
                        + layer.skips().stream()
                            .map(skip -> "+" + skip)
                            .collect(Collectors.joining()))
            .collect(Collectors.joining(", "));
    return perceptron.embedding() > 0
        ? "embedding " + perceptron.embedding() + ", " + layers
        : layers;
  }
}
