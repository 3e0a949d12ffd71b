package io.tandem.report.drawing;

import io.tandem.report.drawing.LayeredGraph.Box;
import io.tandem.report.drawing.LayeredGraph.Edge;
import io.tandem.report.drawing.LayeredGraph.Point;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.PortSide;
import org.eclipse.elk.graph.ElkNode;

/**
 * Places the parts of a network of layers from top to bottom: input, what else is before the
 * layers, layers, an adder behind each layer with shortcuts, output.
 *
 * @param boxes input, what else is before the layers, layers and output, in this order
 * @param adders centres of the adders
 * @param edges connections
 * @param lanes connections that several layers read, without an arrow; only where there are very
 *     many shortcuts
 * @param dots where a lane is read
 * @param width of the whole
 * @param height of the whole
 */
record NetworkLayout(
    List<Box> boxes,
    List<Point> adders,
    List<Edge> edges,
    List<List<Point>> lanes,
    List<Point> dots,
    double width,
    double height) {
  static final double BOX_WIDTH = 216;
  static final double BOX_HEIGHT = 58;
  static final double GAP = 30;

  /** More shortcuts than that are a thicket of arrows. */
  private static final int MOST_ARROWS = 20;

  /**
   * Places the parts.
   *
   * @param before number of boxes before the first layer, positive
   * @param skips of each layer: which outputs before its input it adds in, counted from the box
   *     before the first layer if that is not the input
   */
  static NetworkLayout of(int before, List<List<Integer>> skips) {
    if (skips.stream().mapToInt(List::size).sum() > MOST_ARROWS) {
      return LaneLayout.of(before, skips);
    }
    LayeredGraph graph = new LayeredGraph(Direction.DOWN, GAP, GAP);
    List<ElkNode> boxes = new ArrayList<>();
    List<ElkNode> adders = new ArrayList<>();
    connect(graph, before, skips, boxes, adders);
    graph.place();
    return new NetworkLayout(
        boxes.stream().map(LayeredGraph::place).toList(),
        adders.stream().map(LayeredGraph::centre).toList(),
        graph.edges(),
        List.of(),
        List.of(),
        graph.width(),
        graph.height());
  }

  private static void connect(
      LayeredGraph graph,
      int before,
      List<List<Integer>> skips,
      List<ElkNode> boxes,
      List<ElkNode> adders) {
    List<ElkNode> outputs = new ArrayList<>();
    ElkNode last = graph.box(BOX_WIDTH, BOX_HEIGHT);
    boxes.add(last);
    for (int box = 1; box < before; box++) {
      boxes.add(graph.box(BOX_WIDTH, BOX_HEIGHT));
      main(graph, last, boxes.get(box));
      last = boxes.get(box);
      outputs.add(last);
    }
    for (List<Integer> added : skips) {
      ElkNode box = graph.box(BOX_WIDTH, BOX_HEIGHT);
      boxes.add(box);
      main(graph, last, box);
      last = box;
      if (!added.isEmpty()) {
        last = graph.adder(0);
        adders.add(last);
        main(graph, box, last);
        int count = added.size();
        for (int index = 0; index < count; index++) {
          graph.shortcut(
              LayeredGraph.middle(outputs.get(added.get(index)), PortSide.SOUTH),
              LayeredGraph.port(last, PortSide.EAST, (count - index) / (count + 1.0)));
        }
      }
      outputs.add(last);
    }
    ElkNode output = graph.box(BOX_WIDTH, BOX_HEIGHT);
    boxes.add(output);
    main(graph, last, output);
  }

  /** The main path is kept straight. */
  private static void main(LayeredGraph graph, ElkNode from, ElkNode to) {
    graph
        .arrow(LayeredGraph.middle(from, PortSide.SOUTH), LayeredGraph.middle(to, PortSide.NORTH))
        .setProperty(LayeredOptions.PRIORITY_STRAIGHTNESS, 100);
  }
}
