package io.tandem.config;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.tandem.config.proto.Response;
import io.tandem.graph.tuning.Target;
import java.util.List;
import java.util.Optional;

/** Which response estimator can differentiate which target of {@code tune}. */
public final class Estimators {
  /** Smallest momentum that can be reversed: less leaves too few digits of the velocity. */
  public static final double LEAST_REVERSIBLE_MOMENTUM = 0.001;

  private static final String NONE = "none";
  private static final String UNROLLED = "unrolled";
  private static final String REVERSIBLE = "reversible";
  private static final String CONJUGATE_GRADIENT = "conjugate_gradient";
  private static final String NEUMANN = "neumann";

  private Estimators() {}

  /** The names, as in {@code response}, of those that can. */
  static List<String> differentiating(Target target) {
    List<String> able =
        switch (target) {
          case BETA2, EPSILON, CLIP_NORM -> List.of(UNROLLED);
          case LEARNING_RATE, MOMENTUM, INITIAL_SCALE -> List.of(UNROLLED, REVERSIBLE);
          case WEIGHT_DECAY, L2, LABEL_SMOOTHING, DROPOUT, EXAMPLE_WEIGHTS, INPUTS ->
              List.of(UNROLLED, REVERSIBLE, CONJUGATE_GRADIENT, NEUMANN);
        };
    List<String> known =
        Response.getDescriptor().getFields().stream().map(FieldDescriptor::getName).toList();
    return able.stream().filter(known::contains).toList();
  }

  /**
   * Why an estimator has nothing to say on a target.
   *
   * @param target what would be differentiated
   * @param estimator its name, as in {@code response}
   * @return the reason; empty if it can differentiate it, or is {@code none}, whose answer is known
   */
  public static Optional<String> obstacle(Target target, String estimator) {
    return estimator.equals(NONE) || differentiating(target).contains(estimator)
        ? Optional.empty()
        : Optional.of(reason(target, estimator));
  }

  /** Why one cannot. */
  static String reason(Target target, String estimator) {
    return switch (estimator) {
      case NONE -> "it leaves training out";
      case REVERSIBLE -> "it reverses SGD with momentum only";
      case CONJUGATE_GRADIENT, NEUMANN ->
          target.place() == Target.Place.START
              ? "the minimum of the training loss has forgotten the start"
              : "it does not move the minimum of the training loss";
      default -> "its backward pass does not cover that";
    };
  }
}
