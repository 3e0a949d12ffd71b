package io.tandem.report.drawing;

import io.tandem.space.Candidate;
import io.tandem.space.PerceptronArchitecture.Input;
import java.util.Locale;
import java.util.Optional;

/** A picture of a network and its optimizer as SVG: the network, and beside it a card. */
public final class Drawing {
  private static final double MARGIN = 32;
  private static final double HEADER = 62;
  private static final double GAP = 48;

  private Drawing() {}

  /**
   * What is written beside the parts.
   *
   * @param input what goes in, for example {@code 64 features}
   * @param weights number of trainable weights
   * @param common what is not chosen, for example {@code 24 filters}; empty if there is nothing
   * @param outputs number of classes; of a language model of different words, and where numbers are
   *     predicted of these
   * @param looseEnds whether the output of a recurrent cell is the mean of the nodes that no node
   *     reads, instead of that of all but node 0
   * @param numbers whether numbers are predicted
   */
  public record Captions(
      String input,
      long weights,
      Optional<String> common,
      int outputs,
      boolean looseEnds,
      boolean numbers) {
    /**
     * What is written beside the parts of a network that is no recurrent cell.
     *
     * @param input what goes in, for example {@code 64 features}
     * @param weights number of trainable weights
     * @param common what is not chosen, for example {@code 24 filters}; empty if there is nothing
     * @param outputs number of classes, or of numbers
     * @param numbers whether numbers are predicted
     */
    public Captions(
        String input, long weights, Optional<String> common, int outputs, boolean numbers) {
      this(input, weights, common, outputs, false, numbers);
    }

    /** Its outputs, for example {@code 10 classes}. */
    String predicted() {
      if (!numbers) {
        return outputs + " classes";
      }
      return outputs == 1 ? "1 number" : outputs + " numbers";
    }
  }

  /**
   * Draws a candidate whose network is a perceptron.
   *
   * @param candidate network and optimizer
   * @param features number of input features
   * @param classes number of classes
   * @param title heading; any text, it is escaped
   */
  public static String svg(Candidate candidate, int features, int classes, String title) {
    long weights = candidate.architecture().perceptron().parameters(Input.of(features), classes);
    return svg(
        candidate,
        new Captions(features + " features", weights, Optional.empty(), classes, false),
        title);
  }

  /**
   * Draws a candidate.
   *
   * @param candidate network and optimizer
   * @param captions what is written beside the parts
   * @param title heading; any text, it is escaped
   */
  public static String svg(Candidate candidate, Captions captions, String title) {
    NetworkDrawing network =
        candidate
            .architecture()
            .match(
                perceptron -> LayersDrawing.of(perceptron, captions),
                macro -> LayersDrawing.of(macro, captions),
                micro -> CellsDrawing.of(micro, captions),
                recurrent -> RecurrentDrawing.of(recurrent, captions));
    OptimizerCard card = OptimizerCard.of(candidate.optimizer());
    double width = MARGIN + network.width() + GAP + OptimizerCard.WIDTH + MARGIN;
    double height = MARGIN + HEADER + Math.max(network.height(), card.height()) + MARGIN;
    Canvas canvas = new Canvas(width, height);
    canvas.text(
        MARGIN, MARGIN + 18, new Canvas.Face(20, "700", Canvas.INK), Canvas.Anchor.START, title);
    String weights = String.format(Locale.ROOT, "%,d trainable weights", captions.weights());
    canvas.text(
        MARGIN,
        MARGIN + 40,
        new Canvas.Face(13, "400", Canvas.MUTED),
        Canvas.Anchor.START,
        weights + captions.common().map(common -> " · " + common).orElse(""));
    canvas.at(MARGIN, MARGIN + HEADER, () -> network.draw(canvas));
    card.draw(canvas, MARGIN + network.width() + GAP, MARGIN + HEADER);
    return canvas.finish();
  }
}
