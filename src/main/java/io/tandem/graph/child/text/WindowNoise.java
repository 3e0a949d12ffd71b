package io.tandem.graph.child.text;

import io.tandem.space.Hyperparameter;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * What disturbs a language model while it trains on a window.
 *
 * @param <T> type of reals
 * @param seed {@code [2]}; decides all masks of the window
 * @param strength scalar in [0, 1], factor on all dropout rates; null for no dropout
 * @param searched whether the strength or a rate of {@code own} is to be differentiated, which
 *     takes another kind of mask
 * @param own dropout rates and weights of penalties by their names, scalars in addition to those of
 *     the space; the absent ones are 0
 */
public record WindowNoise<T extends TNumber>(
    Operand<TInt64> seed,
    @Nullable Operand<T> strength,
    boolean searched,
    Map<Hyperparameter, Operand<T>> own) {
  /** Copies the map, in the order of the hyperparameters. */
  public WindowNoise {
    Map<Hyperparameter, Operand<T>> copy = new EnumMap<>(Hyperparameter.class);
    copy.putAll(own);
    own = Collections.unmodifiableMap(copy);
  }

  /** A noise with nothing but what the space has. */
  public WindowNoise(Operand<TInt64> seed, @Nullable Operand<T> strength, boolean searched) {
    this(seed, strength, searched, Map.of());
  }

  /**
   * A noise with what an optimizer has.
   *
   * @param seed {@code [2]}
   * @param searched whether it is to be differentiated
   * @param find gives a hyperparameter; null where it is 0
   */
  public static <T extends TNumber> WindowNoise<T> of(
      Operand<TInt64> seed, boolean searched, Function<Hyperparameter, @Nullable Operand<T>> find) {
    Map<Hyperparameter, Operand<T>> own = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      Operand<T> value = hyperparameter.isOfLanguage() ? find.apply(hyperparameter) : null;
      if (value != null) {
        own.put(hyperparameter, value);
      }
    }
    return new WindowNoise<>(seed, find.apply(Hyperparameter.AUGMENTATION), searched, own);
  }

  /**
   * What a hyperparameter and the space amount to together.
   *
   * @param tf where it is added
   * @param hyperparameter a dropout rate or the weight of a penalty
   * @param space what the space has of it; null for none
   * @return null for nothing
   */
  @Nullable Operand<T> sum(Ops tf, Hyperparameter hyperparameter, @Nullable Operand<T> space) {
    Operand<T> mine = own.get(hyperparameter);
    if (mine == null) {
      return space;
    }
    return space == null ? mine : tf.math.add(space, mine);
  }
}
