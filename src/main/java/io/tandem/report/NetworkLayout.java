package io.tandem.report;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.PortConstraints;
import org.eclipse.elk.core.options.PortSide;
import org.eclipse.elk.core.util.NullElkProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.ElkPort;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * Places the parts of a network from top to bottom by the layered method of Sugiyama et al. 1981 as
 * implemented by ELK: input, what else is before the layers, layers, an adder behind each layer
 * with shortcuts, output.
 *
 * @param boxes input, what else is before the layers, layers and output, in this order
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

  /**
   * Places the parts.
   *
   * @param before number of boxes before the first layer, positive
   * @param skips of each layer: which outputs before its input it adds in, counted from the box
   *     before the first layer if that is not the input
   */
  static NetworkLayout of(int before, List<List<Integer>> skips) {
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
    connect(graph, before, skips, boxes, adders, shortcuts);
    new RecursiveGraphLayoutEngine().layout(graph, new NullElkProgressMonitor());
    return new NetworkLayout(
        boxes.stream().map(node -> new Box(node.getX(), node.getY())).toList(),
        adders.stream().map(NetworkLayout::centre).toList(),
        graph.getContainedEdges().stream()
            .map(edge -> edge(edge, shortcuts.contains(edge)))
            .toList(),
        graph.getWidth(),
        graph.getHeight());
  }

  private static void connect(
      ElkNode graph,
      int before,
      List<List<Integer>> skips,
      List<ElkNode> boxes,
      List<ElkNode> adders,
      List<ElkEdge> shortcuts) {
    List<ElkNode> outputs = new ArrayList<>();
    ElkNode last = node(graph, BOX_WIDTH, BOX_HEIGHT);
    boxes.add(last);
    for (int box = 1; box < before; box++) {
      boxes.add(node(graph, BOX_WIDTH, BOX_HEIGHT));
      main(last, boxes.get(box));
      last = boxes.get(box);
      outputs.add(last);
    }
    for (List<Integer> added : skips) {
      ElkNode box = node(graph, BOX_WIDTH, BOX_HEIGHT);
      boxes.add(box);
      main(last, box);
      last = box;
      if (!added.isEmpty()) {
        last = node(graph, ADDER, ADDER);
        adders.add(last);
        main(box, last);
        int count = added.size();
        for (int index = 0; index < count; index++) {
          ElkPort from = port(outputs.get(added.get(index)), PortSide.SOUTH, 0.5);
          ElkPort to = port(last, PortSide.EAST, (count - index) / (count + 1.0));
          shortcuts.add(ElkGraphUtil.createSimpleEdge(from, to));
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
    ElkPort start = port(from, PortSide.SOUTH, 0.5);
    ElkEdge edge = ElkGraphUtil.createSimpleEdge(start, port(to, PortSide.NORTH, 0.5));
    edge.setProperty(LayeredOptions.PRIORITY_STRAIGHTNESS, 100);
  }

  /**
   * Where edges meet a part: at a share of a side's length. All that leave a part leave together.
   */
  private static ElkPort port(ElkNode node, PortSide side, double along) {
    for (ElkPort port : node.getPorts()) {
      if (port.getProperty(CoreOptions.PORT_SIDE) == side && side != PortSide.EAST) {
        return port;
      }
    }
    ElkPort port = ElkGraphUtil.createPort(node);
    port.setProperty(CoreOptions.PORT_SIDE, side);
    port.setX(side == PortSide.EAST ? node.getWidth() : along * node.getWidth());
    port.setY(
        switch (side) {
          case EAST -> along * node.getHeight();
          case SOUTH -> node.getHeight();
          case NORTH, WEST, UNDEFINED -> 0;
        });
    return port;
  }

  private static ElkNode node(ElkNode graph, double width, double height) {
    ElkNode node = ElkGraphUtil.createNode(graph);
    node.setDimensions(width, height);
    node.setProperty(CoreOptions.PORT_CONSTRAINTS, PortConstraints.FIXED_POS);
    return node;
  }

  private static Point centre(ElkNode node) {
    return new Point(node.getX() + node.getWidth() / 2, node.getY() + node.getHeight() / 2);
  }

  /** A shortcut ends on the circle, not on the square around it. */
  private static Edge edge(ElkEdge edge, boolean shortcut) {
    List<Point> points = points(edge);
    if (shortcut && edge.getTargets().get(0) instanceof ElkPort port) {
      double radius = ADDER / 2;
      double off = port.getY() - radius;
      Point end = points.remove(points.size() - 1);
      points.add(new Point(end.x() - radius + Math.sqrt(radius * radius - off * off), end.y()));
    }
    return new Edge(points, shortcut);
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
