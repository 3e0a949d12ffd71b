package io.tandem.config;

import io.tandem.graph.tuning.Target;
import java.util.List;

/** Which response estimator can differentiate which target of {@code tune}. */
final class Estimators {
  private Estimators() {}

  /** The names, as in {@code response}, of those that can. */
  static List<String> differentiating(Target target) {
    return switch (target.place()) {
      case LOSS, UPDATE, START -> List.of("unrolled");
    };
  }

  /** Why one cannot. */
  static String reason(Target target, String estimator) {
    if (estimator.equals("none")) {
      return "it leaves training out";
    }
    return switch (target.place()) {
      case UPDATE -> "which does not move the minimum of the training loss";
      case START -> "which the minimum of the training loss has forgotten";
      case LOSS -> "which its backward pass does not cover";
    };
  }
}
