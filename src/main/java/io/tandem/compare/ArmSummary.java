package io.tandem.compare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.Json;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The results of one arm over all seeds.
 *
 * @param arm which
 * @param values of the metric by seed; of lost cells the worst there is
 * @param spread of those that have a result
 * @param lost number of cells without a result
 * @param examples mean number of training examples of a run that has a result
 * @param seconds mean of its wall-clock seconds
 * @param processorSeconds mean of its processor seconds
 */
public record ArmSummary(
    Arm arm,
    double[] values,
    Spread spread,
    int lost,
    double examples,
    double seconds,
    double processorSeconds) {
  /**
   * Sums up.
   *
   * @param metric by which arms are compared
   * @param arm which
   * @param cells its cells, one per seed
   */
  static ArmSummary of(Metric metric, Arm arm, List<CellResult> cells) {
    double[] values = cells.stream().mapToDouble(metric::worth).toArray();
    List<CellResult> kept = cells.stream().filter(cell -> cell.lost().isEmpty()).toList();
    return new ArmSummary(
        arm,
        values,
        Spread.of(values),
        cells.size() - kept.size(),
        mean(kept, CellResult::examples),
        mean(kept, CellResult::seconds),
        mean(kept, CellResult::processorSeconds));
  }

  private static double mean(List<CellResult> cells, ToDoubleFunction<CellResult> figure) {
    return Spread.of(cells.stream().mapToDouble(figure).toArray()).mean();
  }

  /** The object as stored. It has no times, so that it is the same whenever it is made. */
  ObjectNode toJson() {
    return Json.object()
        .put("arm", arm.name())
        .put("n", spread.count())
        .put("lost", lost)
        .put("mean", Json.measured(spread.mean()))
        .put("standard_deviation", Json.measured(spread.deviation()))
        .put("median", Json.measured(spread.median()))
        .put("examples", Json.measured(examples));
  }
}
