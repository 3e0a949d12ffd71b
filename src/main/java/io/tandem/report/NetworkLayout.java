package io.tandem.report;

import io.tandem.space.Architecture;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.NullElkProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * Places the parts of a perceptron from top to bottom by the layered method of Sugiyama et al. 1981
 * as implemented by ELK: input, hidden layers, an adder behind each layer with shortcuts, output.
 *
 * @param boxes input, hidden layers and output, in this order
 * @param adders centres of the adders
 * @param edges connections
 * @param width of the whole
 * @param height of the whole
 */
record NetworkLayout(
    List<Box> boxes, List<Point> adders, List<Edge> edges, double width, double height) {
  static final double BOX_WIDTH = 216;
  static final double BOX_HEIGHT = 58;
  static final double ADDER = 24;
  private static final double GAP = 30;

  /** A rectangle of the common size, by its top left corner. */
  record Box(double x, double y) {}

  /** A place. */
  record Point(double x, double y) {}

  /** A connection through straight pieces; {@code shortcut} if it skips layers. */
  record Edge(List<Point> points, boolean shortcut) {}

  static NetworkLayout of(Architecture architecture) {
    ElkNode graph = ElkGraphUtil.createGraph();
    graph.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
    graph.setProperty(CoreOptions.DIRECTION, Direction.DOWN);
    graph.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
    graph.setProperty(CoreOptions.PADDING, new ElkPadding(0));
    graph.setProperty(CoreOptions.SPACING_NODE_NODE, GAP);
    graph.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, GAP);
    graph.setProperty(LayeredOptions.SPACING_EDGE_NODE_BETWEEN_LAYERS, GAP / 2);
    graph.setProperty(LayeredOptions.SPACING_EDGE_EDGE_BETWEEN_LAYERS, GAP / 2);
    graph.setProperty(
        LayeredOptions.NODE_PLACEMENT_STRATEGY, NodePlacementStrategy.NETWORK_SIMPLEX);
    List<ElkNode> boxes = new ArrayList<>();
    List<ElkNode> adders = new ArrayList<>();
    List<ElkEdge> shortcuts = new ArrayList<>();
    connect(graph, architecture, boxes, adders, shortcuts);
    new RecursiveGraphLayoutEngine().layout(graph, new NullElkProgressMonitor());
    return new NetworkLayout(
        boxes.stream().map(node -> new Box(node.getX(), node.getY())).toList(),
        adders.stream().map(NetworkLayout::centre).toList(),
        graph.getContainedEdges().stream()
            .map(edge -> new Edge(points(edge), shortcuts.contains(edge)))
            .toList(),
        graph.getWidth(),
        graph.getHeight());
  }

  private static void connect(
      ElkNode graph,
      Architecture architecture,
      List<ElkNode> boxes,
      List<ElkNode> adders,
      List<ElkEdge> shortcuts) {
    List<ElkNode> outputs = new ArrayList<>();
    ElkNode last = node(graph, BOX_WIDTH, BOX_HEIGHT);
    boxes.add(last);
    for (Architecture.Layer layer : architecture.layers()) {
      ElkNode box = node(graph, BOX_WIDTH, BOX_HEIGHT);
      boxes.add(box);
      main(last, box);
      last = box;
      if (!layer.skips().isEmpty()) {
        last = node(graph, ADDER, ADDER);
        adders.add(last);
        main(box, last);
        for (int earlier : layer.skips()) {
          shortcuts.add(ElkGraphUtil.createSimpleEdge(outputs.get(earlier), last));
        }
      }
      outputs.add(last);
    }
    ElkNode output = node(graph, BOX_WIDTH, BOX_HEIGHT);
    boxes.add(output);
    main(last, output);
  }

  /** The main path is kept straight. */
  private static void main(ElkNode from, ElkNode to) {
    ElkEdge edge = ElkGraphUtil.createSimpleEdge(from, to);
    edge.setProperty(LayeredOptions.PRIORITY_STRAIGHTNESS, 100);
  }

  private static ElkNode node(ElkNode graph, double width, double height) {
    ElkNode node = ElkGraphUtil.createNode(graph);
    node.setDimensions(width, height);
    return node;
  }

  private static Point centre(ElkNode node) {
    return new Point(node.getX() + node.getWidth() / 2, node.getY() + node.getHeight() / 2);
  }

  private static List<Point> points(ElkEdge edge) {
    List<Point> points = new ArrayList<>();
    for (ElkEdgeSection section : edge.getSections()) {
      points.add(new Point(section.getStartX(), section.getStartY()));
      section.getBendPoints().forEach(bend -> points.add(new Point(bend.getX(), bend.getY())));
      points.add(new Point(section.getEndX(), section.getEndY()));
    }
    return points;
  }
}
