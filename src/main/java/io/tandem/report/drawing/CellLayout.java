package io.tandem.report.drawing;

import io.tandem.report.drawing.LayeredGraph.Box;
import io.tandem.report.drawing.LayeredGraph.Edge;
import io.tandem.report.drawing.LayeredGraph.Point;
import io.tandem.space.CellOperation;
import io.tandem.space.MicroArchitecture;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.PortConstraints;
import org.eclipse.elk.core.options.PortSide;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.ElkPort;

/**
 * Places the parts of a cell from left to right: its inputs, of every block two operations and an
 * adder, its output.
 *
 * @param inputs as the sources of a block are numbered
 * @param operations two of every block
 * @param adders centres of the adders, one of every block
 * @param output the output
 * @param edges connections; what reads the cell before the previous one stands out
 * @param width of the whole
 * @param height of the whole
 */
record CellLayout(
    List<Box> inputs,
    List<Box> operations,
    List<Point> adders,
    Box output,
    List<Edge> edges,
    double width,
    double height) {
  private static final double OPERATION_WIDTH = 148;
  private static final double IDENTITY_WIDTH = 80;
  private static final double OPERATION_HEIGHT = 30;
  private static final double END_WIDTH = 116;
  private static final double END_HEIGHT = 44;
  private static final double GAP = 28;
  private static final double BESIDE = 14;
  private static final double NAME_HEIGHT = 12;

  /** Places the parts. */
  static CellLayout of(MicroArchitecture.Cell cell) {
    LayeredGraph graph = new LayeredGraph(Direction.RIGHT, GAP, BESIDE);
    List<ElkNode> sources = new ArrayList<>();
    for (int input = 0; input < MicroArchitecture.INPUTS; input++) {
      sources.add(graph.first(END_WIDTH, END_HEIGHT));
    }
    List<ElkNode> operations = new ArrayList<>();
    for (MicroArchitecture.Block block : cell.blocks()) {
      ElkNode adder = graph.adder(NAME_HEIGHT);
      // The order of its two values means nothing.
      adder.setProperty(CoreOptions.PORT_CONSTRAINTS, PortConstraints.FIXED_SIDE);
      double along = 0.25;
      for (MicroArchitecture.Value value : block.values()) {
        ElkNode operation = graph.box(width(value.operation()), OPERATION_HEIGHT);
        operations.add(operation);
        read(graph, sources, value.source(), operation);
        graph.arrow(
            LayeredGraph.middle(operation, PortSide.EAST),
            LayeredGraph.port(adder, PortSide.WEST, along));
        along = 1 - along;
      }
      sources.add(adder);
    }
    ElkNode output = graph.box(END_WIDTH, END_HEIGHT);
    for (int end : cell.looseEnds()) {
      read(graph, sources, MicroArchitecture.INPUTS + end, output);
    }
    graph.place();
    return new CellLayout(
        sources.stream().limit(MicroArchitecture.INPUTS).map(LayeredGraph::place).toList(),
        operations.stream().map(LayeredGraph::place).toList(),
        sources.stream().skip(MicroArchitecture.INPUTS).map(LayeredGraph::centre).toList(),
        LayeredGraph.place(output),
        graph.edges(),
        graph.width(),
        graph.height());
  }

  private static double width(CellOperation operation) {
    return operation == CellOperation.IDENTITY ? IDENTITY_WIDTH : OPERATION_WIDTH;
  }

  private static void read(LayeredGraph graph, List<ElkNode> sources, int source, ElkNode reader) {
    ElkPort from = LayeredGraph.middle(sources.get(source), PortSide.EAST);
    ElkPort to = LayeredGraph.middle(reader, PortSide.WEST);
    if (source == MicroArchitecture.BEFORE_PREVIOUS) {
      graph.shortcut(from, to);
    } else {
      graph.arrow(from, to);
    }
  }
}
