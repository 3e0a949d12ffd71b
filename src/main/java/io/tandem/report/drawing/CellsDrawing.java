package io.tandem.report.drawing;

import io.tandem.report.drawing.LayeredGraph.Box;
import io.tandem.report.drawing.LayeredGraph.Point;
import io.tandem.space.CellOperation;
import io.tandem.space.MicroArchitecture;
import java.util.List;

/**
 * Normal cell above reduction cell, each in a frame: side by side they are too wide for a page.
 *
 * @param cells both
 * @param note what the network of them reads and gives
 */
record CellsDrawing(List<Placed> cells, String note) implements NetworkDrawing {
  private static final double GAP = 28;
  private static final double PADDING = 22;
  private static final double HEAD = 34;
  private static final Canvas.Face HEADING = new Canvas.Face(15, "600", Canvas.INK);
  private static final Canvas.Face NAME = new Canvas.Face(13, "600", Canvas.INK);
  private static final Canvas.Face SMALL = new Canvas.Face(11, "400", Canvas.MUTED);

  /** A cell with its heading and places. */
  private record Placed(String heading, MicroArchitecture.Cell cell, CellLayout layout) {
    static Placed of(String heading, MicroArchitecture.Cell cell) {
      return new Placed(heading, cell, CellLayout.of(cell));
    }

    double width() {
      return PADDING + layout.width() + PADDING;
    }

    double height() {
      return PADDING + HEAD + layout.height() + PADDING;
    }
  }

  static CellsDrawing of(MicroArchitecture architecture, Drawing.Captions captions) {
    return new CellsDrawing(
        List.of(
            Placed.of("normal cell", architecture.normal()),
            Placed.of("reduction cell", architecture.reduction())),
        captions.input() + " in · " + captions.predicted() + " out");
  }

  @Override
  public double width() {
    return cells.stream().mapToDouble(Placed::width).max().orElse(0);
  }

  @Override
  public double height() {
    return frames() + PADDING;
  }

  private double frames() {
    return cells.stream().mapToDouble(cell -> cell.height() + GAP).sum() - GAP;
  }

  @Override
  public void draw(Canvas canvas) {
    double y = 0;
    for (Placed cell : cells) {
      canvas.rectangle(0, y, width(), cell.height(), Canvas.Paint.FRAME);
      canvas.text(PADDING, y + PADDING + 8, HEADING, Canvas.Anchor.START, cell.heading());
      canvas.at(PADDING, y + PADDING + HEAD, () -> draw(canvas, cell));
      y += cell.height() + GAP;
    }
    canvas.text(0, frames() + PADDING, SMALL, Canvas.Anchor.START, note);
  }

  private static void draw(Canvas canvas, Placed placed) {
    CellLayout layout = placed.layout();
    canvas.edges(layout.edges());
    for (int input = 0; input < layout.inputs().size(); input++) {
      box(canvas, layout.inputs().get(input), Canvas.Paint.INPUT, MicroArchitecture.name(input));
    }
    canvas.adders(layout.adders());
    List<MicroArchitecture.Block> blocks = placed.cell().blocks();
    for (int block = 0; block < blocks.size(); block++) {
      Point adder = layout.adders().get(block);
      String name = MicroArchitecture.name(MicroArchitecture.INPUTS + block);
      canvas.text(
          adder.x(), adder.y() - LayeredGraph.ADDER / 2 - 4, SMALL, Canvas.Anchor.MIDDLE, name);
      for (int value = 0; value < 2; value++) {
        CellOperation operation = blocks.get(block).values().get(value).operation();
        Box box = layout.operations().get(2 * block + value);
        box(canvas, box, paint(operation), SvgText.words(operation));
      }
    }
    Box output = layout.output();
    double centre = output.x() + output.width() / 2;
    canvas.rectangle(output.x(), output.y(), output.width(), output.height(), Canvas.Paint.OUTPUT);
    canvas.text(centre, output.y() + 19, NAME, Canvas.Anchor.MIDDLE, "cell k");
    canvas.text(centre, output.y() + 34, SMALL, Canvas.Anchor.MIDDLE, "joined · conv 1x1");
  }

  private static void box(Canvas canvas, Box box, Canvas.Paint paint, String name) {
    canvas.rectangle(box.x(), box.y(), box.width(), box.height(), paint);
    double middle = box.y() + box.height() / 2 + 5;
    canvas.text(box.x() + box.width() / 2, middle, NAME, Canvas.Anchor.MIDDLE, name);
  }

  private static Canvas.Paint paint(CellOperation operation) {
    return switch (operation) {
      case SEPARABLE_3X3, SEPARABLE_5X5 -> Canvas.Paint.CONVOLUTION;
      case AVERAGE_POOL_3X3, MAX_POOL_3X3 -> Canvas.Paint.POOLING;
      case IDENTITY -> Canvas.Paint.INPUT;
    };
  }
}
