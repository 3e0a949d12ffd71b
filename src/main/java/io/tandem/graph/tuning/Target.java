package io.tandem.graph.tuning;

import io.tandem.graph.inner.UpdateRule;
import io.tandem.space.Scale;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** A continuous quantity of a training that can be tuned. */
public enum Target {
  /** Step size of the update; positive. */
  LEARNING_RATE(Place.UPDATE, Scale.LOG, Fineness.SCHEDULE),
  /** Momentum, or β1 of Adam and AdamW; in (0, 1). */
  MOMENTUM(Place.UPDATE, Scale.LOGIT, Fineness.SCHEDULE),
  /** Decay of the second moment of RMSProp, Adam and AdamW; in (0, 1). */
  BETA2(Place.UPDATE, Scale.LOGIT, Fineness.SCHEDULE),
  /** Term in the denominator of RMSProp, Adam and AdamW; positive. */
  EPSILON(Place.UPDATE, Scale.LOG, Fineness.SCHEDULE),
  /** Largest Euclidean norm of the gradient, of a layer's where layers differ; 0 is no limit. */
  CLIP_NORM(Place.UPDATE, Scale.LOG, Fineness.SCHEDULE),
  /** Pull of the weights towards 0 in the update; not negative. */
  WEIGHT_DECAY(Place.UPDATE, Scale.LOG, Fineness.SCHEDULE),
  /** Factor λ of the penalty {@code λ/2 w²} in the training loss; not negative. */
  L2(Place.LOSS, Scale.LOG, Fineness.PENALTY),
  /** Share of the target probability that is spread over all classes; in [0, 1). */
  LABEL_SMOOTHING(Place.LOSS, Scale.LOGIT, Fineness.STEPS),
  /** Dropout rate of the hidden layers, by the concrete relaxation; in [0, 1). */
  DROPOUT(Place.LOSS, Scale.LOGIT, Fineness.SCHEDULE),
  /** Factor on the initial weights; positive. */
  INITIAL_SCALE(Place.START, Scale.LOG, Fineness.LAYERS),
  /** Weights of the training examples in the training loss. */
  EXAMPLE_WEIGHTS(Place.LOSS, Scale.LINEAR, Fineness.EXAMPLES),
  /** The training inputs themselves. */
  INPUTS(Place.LOSS, Scale.LINEAR, Fineness.FEATURES);

  /** Where in a training it acts. */
  public enum Place {
    /** In the update, so that a minimum of the training loss does not depend on it. */
    UPDATE,
    /** In the training loss. */
    LOSS,
    /** Before the first step. */
    START
  }

  private enum Fineness {
    SCHEDULE,
    PENALTY,
    STEPS,
    LAYERS,
    EXAMPLES,
    FEATURES
  }

  private final Place place;
  private final Scale scale;
  private final Fineness fineness;

  Target(Place place, Scale scale, Fineness fineness) {
    this.place = place;
    this.scale = scale;
    this.fineness = fineness;
  }

  /** Where in a training it acts. */
  public Place place() {
    return place;
  }

  /** The coordinate in which it moves unless told otherwise. */
  public Scale scale() {
    return scale;
  }

  /** Whether it has an effect with an update rule. */
  public boolean exists(UpdateRule rule) {
    return switch (this) {
      case MOMENTUM -> rule.hasMomentum();
      case BETA2, EPSILON -> rule.hasSecondMoment();
      default -> true;
    };
  }

  /** Granularities that it can have. */
  public Set<Granularity> granularities() {
    return switch (fineness) {
      case SCHEDULE ->
          EnumSet.of(
              Granularity.FIXED,
              Granularity.GLOBAL,
              Granularity.LAYER,
              Granularity.STEP,
              Granularity.LAYER_STEP);
      case PENALTY ->
          EnumSet.of(
              Granularity.FIXED,
              Granularity.GLOBAL,
              Granularity.LAYER,
              Granularity.UNIT,
              Granularity.WEIGHT);
      case STEPS -> EnumSet.of(Granularity.FIXED, Granularity.GLOBAL, Granularity.STEP);
      case LAYERS -> EnumSet.of(Granularity.FIXED, Granularity.GLOBAL, Granularity.LAYER);
      case EXAMPLES -> EnumSet.of(Granularity.FIXED, Granularity.EXAMPLE);
      case FEATURES -> EnumSet.of(Granularity.FIXED, Granularity.FEATURE);
    };
  }

  /** Its name in configurations, results and journals, for example {@code learning_rate}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
