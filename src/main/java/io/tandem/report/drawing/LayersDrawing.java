package io.tandem.report.drawing;

import io.tandem.report.drawing.LayeredGraph.Box;
import io.tandem.space.ConvolutionOperation;
import io.tandem.space.MacroArchitecture;
import io.tandem.space.PerceptronArchitecture;
import java.util.ArrayList;
import java.util.List;

/**
 * The layers of a network from top to bottom, with shortcuts into round adders.
 *
 * @param layout places of all parts
 * @param labels what is in the boxes
 */
record LayersDrawing(NetworkLayout layout, List<Label> labels) implements NetworkDrawing {

  /**
   * What is in a box.
   *
   * @param paint its colours
   * @param head first line
   * @param note second line
   * @param share the layer's width relative to the widest, shown as a bar; 0 for none
   */
  private record Label(Canvas.Paint paint, String head, String note, double share) {}

  static LayersDrawing of(PerceptronArchitecture architecture, Drawing.Captions captions) {
    List<PerceptronArchitecture.Layer> layers = architecture.layers();
    int widest = layers.stream().mapToInt(PerceptronArchitecture.Layer::units).max().orElse(1);
    List<Label> labels = new ArrayList<>(List.of(input(captions)));
    for (int index = 0; index < layers.size(); index++) {
      PerceptronArchitecture.Layer layer = layers.get(index);
      String note = "layer " + index;
      if (layer.dropout() > 0) {
        note += " · dropout " + layer.dropout();
      }
      labels.add(
          new Label(
              Canvas.Paint.CONVOLUTION,
              layer.units() + " units · " + SvgText.words(layer.activation()),
              note,
              (double) layer.units() / widest));
    }
    labels.add(output(captions.numbers() ? "linear" : "softmax", captions));
    return new LayersDrawing(
        NetworkLayout.of(1, layers.stream().map(PerceptronArchitecture.Layer::skips).toList()),
        labels);
  }

  static LayersDrawing of(MacroArchitecture architecture, Drawing.Captions captions) {
    List<MacroArchitecture.Layer> layers = architecture.layers();
    List<Integer> reductions = MacroArchitecture.reductions(layers.size());
    List<Label> labels = new ArrayList<>(List.of(input(captions)));
    labels.add(new Label(Canvas.Paint.CONVOLUTION, "conv 3x3", "stem", 0));
    for (int index = 0; index < layers.size(); index++) {
      ConvolutionOperation operation = layers.get(index).operation();
      String note = "layer " + index;
      if (reductions.contains(index + 1)) {
        note += " · then half the size";
      }
      Canvas.Paint paint = operation.isPooling() ? Canvas.Paint.POOLING : Canvas.Paint.CONVOLUTION;
      labels.add(new Label(paint, SvgText.words(operation), note, 0));
    }
    labels.add(output("mean · linear · softmax", captions));
    return new LayersDrawing(
        NetworkLayout.of(2, layers.stream().map(MacroArchitecture.Layer::skips).toList()), labels);
  }

  private static Label input(Drawing.Captions captions) {
    return new Label(Canvas.Paint.INPUT, "input", captions.input(), 0);
  }

  private static Label output(String last, Drawing.Captions captions) {
    return new Label(Canvas.Paint.OUTPUT, last, "output · " + captions.predicted(), 0);
  }

  @Override
  public double width() {
    return layout.width();
  }

  @Override
  public double height() {
    return layout.height();
  }

  @Override
  public void draw(Canvas canvas) {
    canvas.lanes(layout.lanes(), layout.dots());
    canvas.edges(layout.edges());
    canvas.adders(layout.adders());
    for (int index = 0; index < labels.size(); index++) {
      box(canvas, layout.boxes().get(index), labels.get(index));
    }
  }

  private static void box(Canvas canvas, Box box, Label label) {
    double centre = box.x() + box.width() / 2;
    canvas.rectangle(box.x(), box.y(), box.width(), box.height(), label.paint());
    canvas.text(
        centre,
        box.y() + 25,
        new Canvas.Face(15, "600", Canvas.INK),
        Canvas.Anchor.MIDDLE,
        label.head());
    canvas.text(
        centre,
        box.y() + 43,
        new Canvas.Face(12, "400", Canvas.MUTED),
        Canvas.Anchor.MIDDLE,
        label.note());
    if (label.share() > 0) {
      double length = label.share() * (box.width() - 4 * Canvas.CORNER);
      canvas.bar(centre, box.y() + box.height() - 7, length, label.paint());
    }
  }
}
