package io.tandem.report;

import io.tandem.space.Goal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an exported version of a model says of itself. */
public final class ModelFigures {
  /** Beside the model; a card is far smaller. */
  private static final String CARD = "assets.extra/MODEL_CARD.md";

  private static final long LARGEST = 1 << 20;

  private ModelFigures() {}

  /**
   * The figure on the test part.
   *
   * @param version directory of the version
   * @param goal which figure
   * @return empty if the version has no card, or none that says it
   */
  public static OptionalDouble test(Path version, Goal goal) {
    Path card = version.resolve(CARD);
    Pattern line =
        Pattern.compile("(?m)^- test\\." + goal.text() + ": `([0-9.]{1,20}(?:E-?[0-9]{1,3})?)`$");
    try {
      if (!Files.isRegularFile(card) || Files.size(card) > LARGEST) {
        return OptionalDouble.empty();
      }
      Matcher found = line.matcher(Files.readString(card));
      return found.find()
          ? OptionalDouble.of(Double.parseDouble(found.group(1)))
          : OptionalDouble.empty();
    } catch (IOException | NumberFormatException unreadable) {
      return OptionalDouble.empty();
    }
  }
}
