package io.tandem.report;

import io.tandem.report.LayeredGraph.Box;
import io.tandem.report.LayeredGraph.Point;
import io.tandem.space.CellOperation;
import io.tandem.space.MicroArchitecture;
import java.util.List;

/**
 * Normal and reduction cell side by side, each in a frame.
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
  }

  static CellsDrawing of(MicroArchitecture architecture, Drawing.Captions captions) {
    return new CellsDrawing(
        List.of(
            Placed.of("normal cell", architecture.normal()),
            Placed.of("reduction cell", architecture.reduction())),
        captions.input() + " in · " + captions.classes() + " classes out");
  }

  @Override
  public double width() {
    return cells.stream().mapToDouble(cell -> cell.width() + GAP).sum() - GAP;
  }

  @Override
  public double height() {
    return frame() + PADDING;
  }

  private double frame() {
    double most = cells.stream().mapToDouble(cell -> cell.layout().height()).max().orElse(0);
    return PADDING + HEAD + most + PADDING;
  }

  @Override
  public void draw(Canvas canvas) {
    double x = 0;
    for (Placed cell : cells) {
      canvas.rectangle(x, 0, cell.width(), frame(), Canvas.Paint.FRAME);
      canvas.text(x + PADDING, PADDING + 8, HEADING, Canvas.Anchor.START, cell.heading());
      double free = frame() - 2 * PADDING - HEAD - cell.layout().height();
      canvas.at(x + PADDING, PADDING + HEAD + free / 2, () -> draw(canvas, cell));
      x += cell.width() + GAP;
    }
    canvas.text(0, frame() + PADDING, SMALL, Canvas.Anchor.START, note);
  }

  private static void draw(Canvas canvas, Placed placed) {
    CellLayout layout = placed.layout();
    canvas.edges(layout.edges());
    for (int input = 0; input < layout.inputs().size(); input++) {
      box(canvas, layout.inputs().get(input), Canvas.Paint.INPUT, MicroArchitecture.name(input));
    }
    List<MicroArchitecture.Block> blocks = placed.cell().blocks();
    for (int block = 0; block < blocks.size(); block++) {
      Point adder = layout.adders().get(block);
      canvas.adder(adder);
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
