package io.tandem.report.drawing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.elk.alg.layered.options.LayerConstraint;
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
 * Boxes, adders and arrows that are placed by the layered method of Sugiyama et al. 1981 as
 * implemented by ELK. First everything is added, then {@link #place} is called, then places are
 * read.
 */
final class LayeredGraph {
  /** Diameter of an adder. */
  static final double ADDER = 24;

  /** A rectangle by its top left corner. */
  record Box(double x, double y, double width, double height) {}

  /** A place. */
  record Point(double x, double y) {}

  /** A connection through straight pieces; {@code shortcut} if it stands out. */
  record Edge(List<Point> points, boolean shortcut) {}

  private final ElkNode graph = ElkGraphUtil.createGraph();
  private final Set<ElkNode> adders = new HashSet<>();
  private final Set<ElkEdge> shortcuts = new HashSet<>();

  /**
   * Begins an empty graph.
   *
   * @param direction where arrows point
   * @param gap between parts behind one another, pixels
   * @param beside gap between parts beside one another, pixels
   */
  LayeredGraph(Direction direction, double gap, double beside) {
    graph.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
    graph.setProperty(CoreOptions.DIRECTION, direction);
    graph.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
    graph.setProperty(CoreOptions.PADDING, new ElkPadding(0));
    graph.setProperty(CoreOptions.SEPARATE_CONNECTED_COMPONENTS, false);
    graph.setProperty(CoreOptions.SPACING_NODE_NODE, beside);
    graph.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, gap);
    graph.setProperty(LayeredOptions.SPACING_EDGE_NODE_BETWEEN_LAYERS, gap / 2);
    graph.setProperty(LayeredOptions.SPACING_EDGE_EDGE_BETWEEN_LAYERS, gap / 2);
    graph.setProperty(
        LayeredOptions.NODE_PLACEMENT_STRATEGY, NodePlacementStrategy.NETWORK_SIMPLEX);
  }

  /** Adds a box. */
  ElkNode box(double width, double height) {
    ElkNode node = ElkGraphUtil.createNode(graph);
    node.setDimensions(width, height);
    node.setProperty(CoreOptions.PORT_CONSTRAINTS, PortConstraints.FIXED_POS);
    return node;
  }

  /** Adds a box that nothing is placed before. */
  ElkNode first(double width, double height) {
    ElkNode node = box(width, height);
    node.setProperty(LayeredOptions.LAYERING_LAYER_CONSTRAINT, LayerConstraint.FIRST);
    return node;
  }

  /**
   * Adds an adder.
   *
   * @param room that is kept free above and below it, pixels
   */
  ElkNode adder(double room) {
    ElkNode node = box(ADDER, room + ADDER + room);
    adders.add(node);
    return node;
  }

  /** The one port in the middle of a side: all that meet the part there meet in one point. */
  static ElkPort middle(ElkNode node, PortSide side) {
    return node.getPorts().stream()
        .filter(port -> port.getProperty(CoreOptions.PORT_SIDE) == side)
        .findFirst()
        .orElseGet(() -> port(node, side, 0.5));
  }

  /** A new port at a share of a side's length. */
  static ElkPort port(ElkNode node, PortSide side, double along) {
    ElkPort port = ElkGraphUtil.createPort(node);
    port.setProperty(CoreOptions.PORT_SIDE, side);
    switch (side) {
      case EAST -> port.setLocation(node.getWidth(), along * node.getHeight());
      case WEST -> port.setLocation(0, along * node.getHeight());
      case SOUTH -> port.setLocation(along * node.getWidth(), node.getHeight());
      case NORTH, UNDEFINED -> port.setLocation(along * node.getWidth(), 0);
    }
    return port;
  }

  /** Adds an arrow. */
  ElkEdge arrow(ElkPort from, ElkPort to) {
    return ElkGraphUtil.createSimpleEdge(from, to);
  }

  /** Adds an arrow that stands out. */
  void shortcut(ElkPort from, ElkPort to) {
    shortcuts.add(arrow(from, to));
  }

  /** Places everything. */
  void place() {
    new RecursiveGraphLayoutEngine().layout(graph, new NullElkProgressMonitor());
  }

  double width() {
    return graph.getWidth();
  }

  double height() {
    return graph.getHeight();
  }

  /** Where a box is. */
  static Box place(ElkNode node) {
    return new Box(node.getX(), node.getY(), node.getWidth(), node.getHeight());
  }

  /** Where the centre of an adder is. */
  static Point centre(ElkNode node) {
    return new Point(node.getX() + node.getWidth() / 2, node.getY() + node.getHeight() / 2);
  }

  /** All arrows, in the order in which they were added. */
  List<Edge> edges() {
    return graph.getContainedEdges().stream()
        .map(edge -> new Edge(points(edge), shortcuts.contains(edge)))
        .toList();
  }

  private List<Point> points(ElkEdge edge) {
    List<Point> points = new ArrayList<>();
    for (ElkEdgeSection section : edge.getSections()) {
      points.add(new Point(section.getStartX(), section.getStartY()));
      section.getBendPoints().forEach(bend -> points.add(new Point(bend.getX(), bend.getY())));
      points.add(new Point(section.getEndX(), section.getEndY()));
    }
    if (edge.getTargets().get(0) instanceof ElkPort port && adders.contains(port.getParent())) {
      points.add(onCircle(points.remove(points.size() - 1), port));
    }
    return points;
  }

  /** An arrow at an adder's side ends on the circle, not on the square around it. */
  private static Point onCircle(Point end, ElkPort port) {
    double radius = ADDER / 2;
    double off = port.getY() - port.getParent().getHeight() / 2;
    double inwards = radius - Math.sqrt(Math.max(0, radius * radius - off * off));
    return switch (port.getProperty(CoreOptions.PORT_SIDE)) {
      case EAST -> new Point(end.x() - inwards, end.y());
      case WEST -> new Point(end.x() + inwards, end.y());
      case NORTH, SOUTH, UNDEFINED -> end;
    };
  }
}
