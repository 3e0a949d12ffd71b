package io.tandem.report.drawing;

import io.tandem.report.drawing.LayeredGraph.Box;
import io.tandem.space.CellActivation;
import io.tandem.space.RecurrentArchitecture;
import java.util.Locale;

/**
 * A recurrent cell in a frame.
 *
 * @param cell what is drawn
 * @param layout places of all parts
 * @param looseEnds whether its output is the mean of the nodes that no node reads
 * @param note what the network of it reads and gives
 */
record RecurrentDrawing(
    RecurrentArchitecture cell, RecurrentLayout layout, boolean looseEnds, String note)
    implements NetworkDrawing {
  private static final double PADDING = 22;
  private static final double HEAD = 34;
  private static final double LINE = 18;
  private static final Canvas.Face HEADING = new Canvas.Face(15, "600", Canvas.INK);
  private static final Canvas.Face NAME = new Canvas.Face(13, "600", Canvas.INK);
  private static final Canvas.Face SMALL = new Canvas.Face(11, "400", Canvas.MUTED);

  static RecurrentDrawing of(RecurrentArchitecture cell, Drawing.Captions captions) {
    return new RecurrentDrawing(
        cell,
        RecurrentLayout.of(cell, cell.outputs(captions.looseEnds())),
        captions.looseEnds(),
        String.format(Locale.ROOT, "%s in · %,d words out", captions.input(), captions.outputs()));
  }

  @Override
  public double width() {
    return PADDING + layout.width() + PADDING;
  }

  @Override
  public double height() {
    return frame() + PADDING + LINE;
  }

  private double frame() {
    return PADDING + HEAD + layout.height() + PADDING;
  }

  @Override
  public void draw(Canvas canvas) {
    canvas.rectangle(0, 0, width(), frame(), Canvas.Paint.FRAME);
    canvas.text(PADDING, PADDING + 8, HEADING, Canvas.Anchor.START, "recurrent cell");
    canvas.at(PADDING, PADDING + HEAD, () -> parts(canvas));
    canvas.text(
        0,
        frame() + PADDING,
        SMALL,
        Canvas.Anchor.START,
        "a node that reads h(i) gives c · f(h(i) W) + (1 - c) · h(i) with its activation f, gate c");
    canvas.text(0, frame() + PADDING + LINE, SMALL, Canvas.Anchor.START, note);
  }

  private void parts(Canvas canvas) {
    canvas.edges(layout.edges());
    box(canvas, layout.inputs().get(0), Canvas.Paint.INPUT, "x(t)", "word");
    box(canvas, layout.inputs().get(1), Canvas.Paint.INPUT, "h(t-1)", "state");
    node(canvas, 0, cell.first());
    for (int node = 1; node <= cell.nodes().size(); node++) {
      node(canvas, node, cell.nodes().get(node - 1).activation());
    }
    String mean = looseEnds ? "mean of loose ends" : "mean of nodes";
    box(canvas, layout.output(), Canvas.Paint.OUTPUT, "h(t)", mean);
  }

  private void node(Canvas canvas, int node, CellActivation activation) {
    box(
        canvas,
        layout.nodes().get(node),
        paint(activation),
        SvgText.words(activation),
        "node " + node);
  }

  private static void box(Canvas canvas, Box box, Canvas.Paint paint, String name, String note) {
    double centre = box.x() + box.width() / 2;
    canvas.rectangle(box.x(), box.y(), box.width(), box.height(), paint);
    canvas.text(centre, box.y() + 19, NAME, Canvas.Anchor.MIDDLE, name);
    canvas.text(centre, box.y() + 34, SMALL, Canvas.Anchor.MIDDLE, note);
  }

  private static Canvas.Paint paint(CellActivation activation) {
    return switch (activation) {
      case TANH, SIGMOID -> Canvas.Paint.CONVOLUTION;
      case RELU -> Canvas.Paint.POOLING;
      case IDENTITY -> Canvas.Paint.INPUT;
    };
  }
}
