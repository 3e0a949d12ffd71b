package io.tandem.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.graph.tuning.TargetSettings;
import java.util.List;
import java.util.Locale;

/**
 * What one estimator says on one hyperparameter. Derivatives are those of the outer loss, nats, by
 * its coordinate; of several coordinates, along a fixed direction of ones and minus ones.
 *
 * @param estimator name of the estimator
 * @param target the hyperparameter
 * @param coordinates its number of coordinates
 * @param value the estimate, mean over samples
 * @param difference the central difference, mean over samples
 * @param relativeError root mean square of the error over that of the differences
 * @param bias mean error over the root mean square of the differences
 * @param variance of the estimate over samples
 * @param cosine of the direct part and the response, mean over samples; not a number where one is 0
 * @param milliseconds of one evaluation, median over samples
 * @param memoryMib largest memory of the process beyond that at the beginning of the audit
 * @param cannot why there are no numbers; empty if there are
 */
public record AuditRow(
    String estimator,
    TargetSettings target,
    int coordinates,
    double value,
    double difference,
    double relativeError,
    double bias,
    double variance,
    double cosine,
    double milliseconds,
    double memoryMib,
    String cannot) {
  /** The numbers in a row that are shown, in order. */
  public static final List<String> COLUMNS =
      List.of(
          "estimator",
          "hyperparameter",
          "granularity",
          "coordinates",
          "value",
          "difference",
          "relativeError",
          "bias",
          "variance",
          "cosine",
          "milliseconds",
          "memoryMib",
          "cannot");

  static AuditRow refused(
      String estimator, TargetSettings target, int coordinates, double difference, String reason) {
    double none = Double.NaN;
    return new AuditRow(
        estimator,
        target,
        coordinates,
        none,
        difference,
        none,
        none,
        none,
        none,
        none,
        none,
        reason);
  }

  /** Whether error and bias stay within a bound. */
  boolean isWithin(double bound) {
    return cannot.isEmpty() && relativeError <= bound && Math.abs(bias) <= bound;
  }

  /** The row with all digits; what is not a number is null. */
  public ObjectNode toJson() {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("estimator", estimator)
            .put("hyperparameter", target.target().key())
            .put("granularity", target.granularity().name().toLowerCase(Locale.ROOT))
            .put("coordinates", coordinates);
    number(node, "value", value);
    number(node, "difference", difference);
    number(node, "relativeError", relativeError);
    number(node, "bias", bias);
    number(node, "variance", variance);
    number(node, "cosine", cosine);
    number(node, "milliseconds", milliseconds);
    number(node, "memoryMib", memoryMib);
    return node.put("cannot", cannot);
  }

  private static void number(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }
}
