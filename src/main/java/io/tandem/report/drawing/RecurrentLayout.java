package io.tandem.report.drawing;

import io.tandem.report.drawing.LayeredGraph.Box;
import io.tandem.report.drawing.LayeredGraph.Edge;
import io.tandem.space.RecurrentArchitecture;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.PortSide;
import org.eclipse.elk.graph.ElkNode;

/**
 * Places the parts of a recurrent cell from left to right: input and state, its nodes, its output.
 *
 * @param inputs first the word, then the state
 * @param nodes node 0 and those behind it
 * @param output the mean of nodes
 * @param edges connections; those to the output stand out
 * @param width of the whole
 * @param height of the whole
 */
record RecurrentLayout(
    List<Box> inputs, List<Box> nodes, Box output, List<Edge> edges, double width, double height) {
  private static final double NODE_WIDTH = 78;
  private static final double OUTPUT_WIDTH = 134;
  private static final double HEIGHT = 44;
  private static final double GAP = 24;
  private static final double BESIDE = 16;
  private static final double FROM_INPUT = 0.3;

  /**
   * Places the parts.
   *
   * @param cell the cell
   * @param outputs the nodes whose mean is the output
   */
  static RecurrentLayout of(RecurrentArchitecture cell, List<Integer> outputs) {
    LayeredGraph graph = new LayeredGraph(Direction.RIGHT, GAP, BESIDE);
    List<ElkNode> inputs =
        List.of(graph.first(NODE_WIDTH, HEIGHT), graph.first(NODE_WIDTH, HEIGHT));
    List<ElkNode> nodes = new ArrayList<>(List.of(graph.box(NODE_WIDTH, HEIGHT)));
    double along = FROM_INPUT;
    for (ElkNode input : inputs) {
      graph.arrow(
          LayeredGraph.middle(input, PortSide.EAST),
          LayeredGraph.port(nodes.get(0), PortSide.WEST, along));
      along = 1 - along;
    }
    for (RecurrentArchitecture.Node node : cell.nodes()) {
      ElkNode box = graph.box(NODE_WIDTH, HEIGHT);
      graph.arrow(
          LayeredGraph.middle(nodes.get(node.source()), PortSide.EAST),
          LayeredGraph.middle(box, PortSide.WEST));
      nodes.add(box);
    }
    ElkNode output = graph.box(OUTPUT_WIDTH, HEIGHT);
    for (int node : outputs) {
      graph.shortcut(
          LayeredGraph.middle(nodes.get(node), PortSide.EAST),
          LayeredGraph.middle(output, PortSide.WEST));
    }
    graph.place();
    return new RecurrentLayout(
        inputs.stream().map(LayeredGraph::place).toList(),
        nodes.stream().map(LayeredGraph::place).toList(),
        LayeredGraph.place(output),
        graph.edges(),
        graph.width(),
        graph.height());
  }
}
