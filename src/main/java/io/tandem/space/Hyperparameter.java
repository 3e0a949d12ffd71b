package io.tandem.space;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A continuous quantity of the optimizer task, with the scale on which it is searched. */
public enum Hyperparameter {
  /** Step size of the update; positive. */
  LEARNING_RATE(Scale.LOG),
  /** Momentum of the families that have one, β1 of Adam and AdamW; in [0, 1). */
  MOMENTUM(Scale.LOGIT),
  /** Coefficient of the L2 pull towards 0, per step; positive. */
  WEIGHT_DECAY(Scale.LOG),
  /** Largest allowed Euclidean norm of the whole gradient; positive. */
  CLIP_NORM(Scale.LOG),
  /** Share of the target probability that is spread over all classes; in [0, 1). */
  LABEL_SMOOTHING(Scale.LINEAR),
  /**
   * Standard deviation of the Gaussian noise added to standardised features in training; for
   * networks that see images the strength with which these are moved and blanked; for language
   * models a factor on their dropout rates, at most 1.
   */
  AUGMENTATION(Scale.LINEAR),
  /** Factor on the standard deviation of the initial weights; positive. */
  INITIAL_SCALE(Scale.LOG),
  /**
   * How much less an example counts in training the larger its loss is: an example with loss {@code
   * l} has the weight {@code exp(-q l)}, so that wrong labels are followed less; at least 0, which
   * weights all examples alike. Generalised cross-entropy (Zhang and Sabuncu 2018).
   */
  LOSS_WEIGHTING(Scale.LINEAR),
  /**
   * How much more a rare class counts in training: a class with share {@code s} of the rows has a
   * weight in proportion to {@code s^-b}; in [0, 1], from all examples alike to all classes alike.
   */
  CLASS_BALANCE(Scale.LINEAR),
  /**
   * Decay of the average of squared gradients: β2 of Adam and AdamW, the decay of RMSProp; in (0,
   * 1), or absent, which is the constant of the configuration.
   */
  BETA2(Scale.LOGIT),
  /**
   * Share of a training in which {@link Schedule#WARMUP_LINEAR} raises the learning rate; in (0,
   * 1), or absent, which is {@link Schedule#WARMUP}.
   */
  WARMUP(Scale.LOGIT),
  /**
   * Rate at which whole words of the embedding of a language model are left out in training, in
   * addition to that of its space; in [0, 1).
   */
  EMBEDDING_DROPOUT(Scale.LINEAR),
  /** The same for the input of a recurrent cell. */
  INPUT_DROPOUT(Scale.LINEAR),
  /** The same for the state that a recurrent cell carries from one time step to the next. */
  STATE_DROPOUT(Scale.LINEAR),
  /** The same for the output of a recurrent cell. */
  OUTPUT_DROPOUT(Scale.LINEAR),
  /**
   * Weight of the mean square of a recurrent cell's output in the training loss, in addition to
   * that of its space; at least 0. Activation regularisation (Merity et al. 2017).
   */
  ACTIVATION_WEIGHT(Scale.LINEAR),
  /**
   * The same for the mean square of the difference of successive outputs: temporal activation
   * regularisation.
   */
  SLOWNESS_WEIGHT(Scale.LINEAR);

  private final Scale scale;

  Hyperparameter(Scale scale) {
    this.scale = scale;
  }

  /** The coordinate in which it is searched. */
  public Scale scale() {
    return scale;
  }

  /**
   * Whether it sets how fast a training moves, instead of what it moves to. What a few steps say
   * about it is misleading (Wu et al. 2018).
   */
  public boolean setsPace() {
    return switch (this) {
      case LEARNING_RATE, MOMENTUM, CLIP_NORM, INITIAL_SCALE, BETA2, WARMUP -> true;
      case WEIGHT_DECAY,
          LABEL_SMOOTHING,
          AUGMENTATION,
          LOSS_WEIGHTING,
          CLASS_BALANCE,
          EMBEDDING_DROPOUT,
          INPUT_DROPOUT,
          STATE_DROPOUT,
          OUTPUT_DROPOUT,
          ACTIVATION_WEIGHT,
          SLOWNESS_WEIGHT ->
          false;
    };
  }

  /** Those for which {@link #isOptional} holds. */
  static List<Hyperparameter> optional() {
    return Arrays.stream(values()).filter(Hyperparameter::isOptional).toList();
  }

  /** Whether it may be absent, which is 0 and changes nothing; results then leave it out. */
  public boolean isOptional() {
    return switch (this) {
      case LEARNING_RATE,
          MOMENTUM,
          WEIGHT_DECAY,
          CLIP_NORM,
          LABEL_SMOOTHING,
          AUGMENTATION,
          INITIAL_SCALE ->
          false;
      case LOSS_WEIGHTING,
          CLASS_BALANCE,
          BETA2,
          WARMUP,
          EMBEDDING_DROPOUT,
          INPUT_DROPOUT,
          STATE_DROPOUT,
          OUTPUT_DROPOUT,
          ACTIVATION_WEIGHT,
          SLOWNESS_WEIGHT ->
          true;
    };
  }

  /** Whether only language models have it. */
  public boolean isOfLanguage() {
    return compareTo(EMBEDDING_DROPOUT) >= 0;
  }

  /** The dropout rates of language models. */
  public static List<Hyperparameter> dropouts() {
    return List.of(EMBEDDING_DROPOUT, INPUT_DROPOUT, STATE_DROPOUT, OUTPUT_DROPOUT);
  }

  /** Its name in configurations, results and journals, for example {@code learning_rate}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
