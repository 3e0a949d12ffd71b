package io.tandem.report.drawing;

import io.tandem.report.drawing.LayeredGraph.Box;
import io.tandem.report.drawing.LayeredGraph.Edge;
import io.tandem.report.drawing.LayeredGraph.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Places the parts of a network with very many shortcuts: its boxes in a column, to the right of it
 * a vertical lane for every output that is added in later, and a dot on the lane wherever it is.
 * Arrows of their own would be a thicket, and their layout takes minutes or a deep stack.
 */
final class LaneLayout {
  private static final double BETWEEN_LANES = 10;
  private static final double FIRST_LANE = 40;
  private static final double BELOW = 8;

  /** An adder with the numbers of the outputs that it adds in. */
  private record Reading(Point adder, List<Integer> sources) {}

  private final List<Reading> readings = new ArrayList<>();
  private final List<Box> boxes = new ArrayList<>();
  private final List<Point> adders = new ArrayList<>();
  private final List<Edge> edges = new ArrayList<>();
  private final List<List<Point>> lanes = new ArrayList<>();
  private final List<Point> dots = new ArrayList<>();

  /** Height of the last adder that reads an output, by the output's number. */
  private final TreeMap<Integer, Double> lastReader = new TreeMap<>();

  private final List<Point> outputs = new ArrayList<>();
  private double y;

  private LaneLayout() {}

  /** Places the parts; the arguments are those of {@link NetworkLayout#of}. */
  static NetworkLayout of(int before, List<List<Integer>> skips) {
    LaneLayout layout = new LaneLayout();
    layout.column(before, skips);
    layout.lanes();
    return new NetworkLayout(
        layout.boxes,
        layout.adders,
        layout.edges,
        layout.lanes,
        layout.dots,
        NetworkLayout.BOX_WIDTH + FIRST_LANE + BETWEEN_LANES * layout.lanes.size(),
        layout.y - NetworkLayout.GAP);
  }

  private void column(int before, List<List<Integer>> skips) {
    for (int box = 0; box < before; box++) {
      box();
      if (box > 0) {
        output();
      }
    }
    for (List<Integer> added : skips) {
      box();
      if (!added.isEmpty()) {
        adder(added);
      }
      output();
    }
    box();
  }

  private void box() {
    arrive();
    boxes.add(new Box(0, y, NetworkLayout.BOX_WIDTH, NetworkLayout.BOX_HEIGHT));
    y += NetworkLayout.BOX_HEIGHT + NetworkLayout.GAP;
  }

  private void adder(List<Integer> added) {
    arrive();
    Point centre = new Point(NetworkLayout.BOX_WIDTH / 2, y + LayeredGraph.ADDER / 2);
    adders.add(centre);
    readings.add(new Reading(centre, added));
    added.forEach(source -> lastReader.put(source, centre.y()));
    y += LayeredGraph.ADDER + NetworkLayout.GAP;
  }

  /** The arrow into the part that is placed next. */
  private void arrive() {
    if (y > 0) {
      double middle = NetworkLayout.BOX_WIDTH / 2;
      edges.add(
          new Edge(List.of(new Point(middle, y - NetworkLayout.GAP), new Point(middle, y)), false));
    }
  }

  private void output() {
    outputs.add(new Point(NetworkLayout.BOX_WIDTH / 2, y - NetworkLayout.GAP + BELOW));
  }

  /** Later outputs have the lanes further to the left, so that no output crosses a lane. */
  private void lanes() {
    double[] x = new double[outputs.size()];
    for (Map.Entry<Integer, Double> read : lastReader.descendingMap().entrySet()) {
      int source = read.getKey();
      x[source] = NetworkLayout.BOX_WIDTH + FIRST_LANE + BETWEEN_LANES * lanes.size();
      Point output = outputs.get(source);
      lanes.add(
          List.of(output, new Point(x[source], output.y()), new Point(x[source], read.getValue())));
    }
    for (Reading reading : readings) {
      Point adder = reading.adder();
      double furthest = 0;
      for (int source : reading.sources()) {
        dots.add(new Point(x[source], adder.y()));
        furthest = Math.max(furthest, x[source]);
      }
      Point end = new Point(adder.x() + LayeredGraph.ADDER / 2, adder.y());
      edges.add(new Edge(List.of(new Point(furthest, adder.y()), end), true));
    }
  }
}
