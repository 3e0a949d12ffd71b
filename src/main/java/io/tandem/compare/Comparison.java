package io.tandem.compare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * The outcome of a comparison; the file {@code comparison.json}.
 *
 * @param metric by which arms are compared
 * @param seeds of the pairs
 * @param arms one after another, the reference first
 * @param againstReference every other arm against the reference, corrected together
 * @param pairs every two arms, corrected together
 */
public record Comparison(
    Metric metric,
    List<Long> seeds,
    List<ArmSummary> arms,
    List<Pair> againstReference,
    List<Pair> pairs) {
  /**
   * Computes it.
   *
   * @param metric by which arms are compared
   * @param manifest of the comparison
   * @param cells one result for every cell of it
   */
  static Comparison of(Metric metric, ComparisonManifest manifest, List<CellResult> cells) {
    List<ArmSummary> arms =
        manifest.arms().stream().map(arm -> ArmSummary.of(metric, arm, ofArm(cells, arm))).toList();
    List<Pair> against = new ArrayList<>();
    List<Pair> pairs = new ArrayList<>();
    for (int first = 0; first < arms.size(); first++) {
      for (int second = first + 1; second < arms.size(); second++) {
        pairs.add(pair(metric, arms.get(first), arms.get(second)));
        if (first == 0) {
          against.add(pair(metric, arms.get(second), arms.get(0)));
        }
      }
    }
    return new Comparison(
        metric, manifest.seeds(), arms, Pair.corrected(against), Pair.corrected(pairs));
  }

  private static List<CellResult> ofArm(List<CellResult> cells, Arm arm) {
    return cells.stream().filter(result -> result.cell().arm().equals(arm)).toList();
  }

  private static Pair pair(Metric metric, ArmSummary arm, ArmSummary against) {
    return Pair.of(metric, arm.arm().name(), against.arm().name(), arm.values(), against.values());
  }

  /**
   * The smallest p-value that the test can give: all pairs won, no ties.
   *
   * @param seeds number of pairs
   */
  public static double smallestP(int seeds) {
    return Math.min(1, Math.pow(2, 1 - seeds));
  }

  /** The object as stored. */
  ObjectNode toJson() {
    ObjectNode object = Json.object().put("format", 1).put("metric", "test." + metric.text());
    seeds.forEach(object.putArray("seeds")::add);
    ArrayNode summaries = object.putArray("arms");
    arms.forEach(arm -> summaries.add(arm.toJson()));
    ArrayNode reference = object.putArray("against_reference");
    againstReference.forEach(pair -> reference.add(pair.toJson()));
    ArrayNode all = object.putArray("pairs");
    pairs.forEach(pair -> all.add(pair.toJson()));
    return object;
  }
}
