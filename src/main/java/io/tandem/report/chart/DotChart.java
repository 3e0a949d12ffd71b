package io.tandem.report.chart;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;

/**
 * Values of groups side by side over a common axis: a dot for each and a line at the mean.
 *
 * @param title heading
 * @param groupsAre what the groups are, below them
 * @param unit of the values
 * @param groups from left to right; values that are not finite are left out
 */
public record DotChart(String title, String groupsAre, String unit, List<Group> groups)
    implements SheetChart {
  /** Half of the width of a group that its dots take, of a distance of 1 between groups. */
  private static final double HALF = 0.18;

  /** A character of a number at a tick is at most this wide, pixels, and of a name on average. */
  private static final double CHARACTER = 7.2;

  /**
   * One group.
   *
   * @param name below it
   * @param values from left to right
   * @param mean where the line is; NaN for none
   */
  public record Group(String name, double[] values, double mean) {}

  /** Copies the list. */
  public DotChart {
    groups = List.copyOf(groups);
  }

  @Override
  public boolean isBlank() {
    return values().noneMatch(Double::isFinite);
  }

  @Override
  public XYChart draw(OutlinedTexts texts) {
    return DrawnDots.of(this, texts);
  }

  @Override
  public double left() {
    return 0.5;
  }

  /** Below the axis are numbers of groups, from 1; they give way to names. */
  @Override
  public String atStep(String number) {
    int group = DrawnDots.group(number);
    if (group < 1 || group > groups.size()) {
      return "";
    }
    String name = groups.get(group - 1).name();
    int room = (int) (DrawnDots.WIDTH_OF_PLOT / groups.size() / CHARACTER);
    return name.length() <= room ? name : name.substring(0, Math.max(1, room - 3)) + "...";
  }

  private DoubleStream values() {
    return groups.stream().flatMapToDouble(group -> Arrays.stream(group.values()));
  }

  /** The axis that fits all values. */
  ValueAxis axis() {
    return ValueAxis.of(values().filter(Double::isFinite).toArray(), false);
  }

  /**
   * The dots of a group.
   *
   * @param index of the group, from 0
   */
  Curve dots(int index) {
    double[] values = groups.get(index).values();
    double[] places =
        IntStream.range(0, values.length).mapToDouble(place -> at(index, place, values)).toArray();
    return new Curve(groups.get(index).name(), places, values);
  }

  private static double at(int index, int place, double[] values) {
    double share = values.length == 1 ? 0 : 2.0 * place / (values.length - 1) - 1;
    return index + 1 + HALF * share;
  }

  /** The lines at the means, with a gap after each. */
  Curve means() {
    double[] places = new double[3 * groups.size()];
    double[] values = new double[3 * groups.size()];
    for (int index = 0; index < groups.size(); index++) {
      double mean = groups.get(index).mean();
      for (int part = 0; part < 3; part++) {
        places[3 * index + part] = index + 1 + (part == 0 ? -1 : 1) * 1.5 * HALF;
        values[3 * index + part] = part == 2 ? Double.NaN : mean;
      }
    }
    return new Curve("mean", places, values);
  }
}
