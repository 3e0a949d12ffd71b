package io.tandem.compare;

import io.tandem.report.chart.ChartSheet;
import io.tandem.report.chart.DotChart;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The picture of a comparison: a dot for each cell, in the order of the seeds, and the means. */
final class ComparisonChart {
  private ComparisonChart() {}

  /** The picture; empty where there is nothing to draw or the machine has no fonts. */
  static Optional<String> svg(Comparison comparison) {
    List<DotChart.Group> groups =
        comparison.arms().stream()
            .map(arm -> new DotChart.Group(arm.arm().name(), arm.values(), arm.spread().mean()))
            .toList();
    int seeds = comparison.seeds().size();
    return ChartSheet.svg(
        List.of(
            new DotChart(
                String.format(
                    Locale.ROOT,
                    "Test %s, %d %s",
                    comparison.metric().text(),
                    seeds,
                    seeds == 1 ? "seed" : "seeds"),
                "arm; dots are seeds, from left to right, lines are means",
                comparison.metric().text(),
                groups)));
  }
}
