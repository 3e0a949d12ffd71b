package io.tandem.tune;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.graph.tuning.TargetLayout;
import java.util.Arrays;

/** A point in a few numbers: smallest, mean and largest value of every target. */
final class ValueSummaries {
  private ValueSummaries() {}

  static ObjectNode of(TargetLayout layout, double[] point) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    for (TargetLayout.Block block : layout.blocks()) {
      var statistics = Arrays.stream(block.values(point)).summaryStatistics();
      all.putObject(block.settings().target().key())
          .put("min", statistics.getMin())
          .put("mean", statistics.getAverage())
          .put("max", statistics.getMax());
    }
    return all;
  }
}
