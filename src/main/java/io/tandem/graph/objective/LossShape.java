package io.tandem.graph.objective;

import io.tandem.graph.core.Scalars;
import io.tandem.outcome.ClassWeights;
import io.tandem.space.Hyperparameter;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * How the loss that trains differs from the mean cross-entropy that networks are judged by. All
 * terms are differentiable, twice, by the logits and by the scalars here.
 *
 * @param <T> type of reals
 * @param smoothing share of the target that is spread over all classes (Szegedy et al. 2016,
 *     section 7), scalar in [0, 1); null for none
 * @param weighting the {@code q} of the generalised cross-entropy {@code (1 - exp(-q l)) / q} of an
 *     example with loss {@code l} (Zhang and Sabuncu 2018, equation 6), whose derivative is that of
 *     {@code l} times {@code exp(-q l)}; scalar, at least 0; null for none
 * @param balance weight of every class, {@code [classes]}; null for 1
 */
public record LossShape<T extends TNumber>(
    @Nullable Operand<T> smoothing, @Nullable Operand<T> weighting, @Nullable Operand<T> balance) {
  // Below it the series is used: the formula divides by q, and so do its derivatives.
  private static final double SMALL = 1e-3;

  /** The mean cross-entropy itself. */
  public static <T extends TNumber> LossShape<T> plain() {
    return new LossShape<>(null, null, null);
  }

  /** With label smoothing alone. */
  public static <T extends TNumber> LossShape<T> smoothed(@Nullable Operand<T> smoothing) {
    return new LossShape<>(smoothing, null, null);
  }

  /**
   * As an optimizer has it, where nothing depends on classes.
   *
   * @param tf where it is added
   * @param find gives a hyperparameter; null where it is 0
   */
  public static <T extends TNumber> LossShape<T> of(
      Ops tf, Function<Hyperparameter, @Nullable Operand<T>> find) {
    return new LossShape<>(
        find.apply(Hyperparameter.LABEL_SMOOTHING),
        find.apply(Hyperparameter.LOSS_WEIGHTING),
        null);
  }

  /**
   * As an optimizer has it.
   *
   * @param tf where it is added
   * @param find gives a hyperparameter; null where it is 0
   * @param type float32 or float64
   * @param classes rows of every class in the training part, and the weights that were given
   */
  public static <T extends TNumber> LossShape<T> of(
      Ops tf,
      Function<Hyperparameter, @Nullable Operand<T>> find,
      Class<T> type,
      ClassWeights classes) {
    boolean none = classes.counts().length == 0;
    Operand<T> exponent = none ? null : find.apply(Hyperparameter.CLASS_BALANCE);
    return new LossShape<>(
        find.apply(Hyperparameter.LABEL_SMOOTHING),
        find.apply(Hyperparameter.LOSS_WEIGHTING),
        exponent == null ? given(tf, type, classes) : balance(tf, exponent, classes));
  }

  /**
   * The weights of classes that were given.
   *
   * @param tf where they are added
   * @param type float32 or float64
   * @param classes the weights
   * @return {@code [classes]}; null if all are 1
   */
  public static <T extends TNumber> @Nullable Operand<T> given(
      Ops tf, Class<T> type, ClassWeights classes) {
    return classes.given().isEmpty() ? null : tf.dtypes.cast(tf.constant(classes.scaled()), type);
  }

  /**
   * Weights of classes in proportion to {@code share^-exponent}, times those that were given, so
   * that the mean over the training rows is 1. A class without rows counts as one with a single
   * row.
   */
  private static <T extends TNumber> Operand<T> balance(
      Ops tf, Operand<T> exponent, ClassWeights classes) {
    double[] logs = Arrays.stream(classes.shares()).map(Math::log).toArray();
    Operand<T> shares = tf.dtypes.cast(tf.constant(logs), exponent.type());
    Operand<T> raw = tf.math.exp(tf.math.neg(tf.math.mul(exponent, shares)));
    Operand<T> given = given(tf, exponent.type(), classes);
    raw = given == null ? raw : tf.math.mul(raw, given);
    Operand<T> mean = tf.reduceSum(tf.math.mul(tf.math.exp(shares), raw), tf.constant(0));
    return tf.math.div(raw, mean);
  }

  /** Whether examples count alike whatever their loss and class are. */
  public boolean isEven() {
    return weighting == null && balance == null;
  }

  /**
   * The mean over the examples.
   *
   * @param tf where it is added
   * @param losses cross-entropy of every example, {@code [examples]}, in nats, not negative
   * @param labels {@code [examples]}
   * @return scalar
   */
  public Operand<T> mean(Ops tf, Operand<T> losses, Operand<TInt32> labels) {
    Operand<T> each = weighted(tf, losses);
    if (balance != null) {
      each = tf.math.mul(each, tf.gather(balance, labels, tf.constant(0)));
    }
    return tf.math.mean(each, tf.constant(0));
  }

  /** The losses of examples whatever their class is. */
  Operand<T> weighted(Ops tf, Operand<T> losses) {
    return weighting == null ? losses : generalised(tf, losses, weighting);
  }

  private static <T extends TNumber> Operand<T> generalised(
      Ops tf, Operand<T> losses, Operand<T> q) {
    Class<T> type = q.type();
    Operand<T> one = Scalars.of(tf, 1, type);
    Operand<T> isSmall = tf.dtypes.cast(tf.math.less(q, Scalars.of(tf, SMALL, type)), type);
    Operand<T> isLarge = tf.math.sub(one, isSmall);
    // Each branch gets a q that it can take, so that none of its derivatives is infinite or NaN.
    Operand<T> large = tf.math.add(tf.math.mul(q, isLarge), isSmall);
    Operand<T> small = tf.math.mul(q, isSmall);
    Operand<T> formula =
        tf.math.div(tf.math.sub(one, tf.math.exp(tf.math.neg(tf.math.mul(large, losses)))), large);
    Operand<T> product = tf.math.mul(small, losses);
    Operand<T> series =
        tf.math.mul(
            losses,
            tf.math.add(
                one,
                tf.math.mul(
                    product,
                    tf.math.add(
                        Scalars.of(tf, -0.5, type),
                        tf.math.mul(product, Scalars.of(tf, 1.0 / 6, type))))));
    return tf.math.add(tf.math.mul(formula, isLarge), tf.math.mul(series, isSmall));
  }
}
