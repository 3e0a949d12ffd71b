package io.tandem.graph.joint.child;

import io.tandem.graph.child.ArchitectureTensors;
import io.tandem.graph.core.Scalars;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.inner.OptimizerTensors;
import io.tandem.graph.inner.SecondMoment;
import io.tandem.graph.session.Placement;
import io.tandem.space.Candidate;
import io.tandem.space.Hyperparameter;
import io.tandem.space.RateFactor;
import io.tandem.space.SearchSpace;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;
import org.tensorflow.types.family.TType;

/**
 * The placeholders through which a candidate enters the graph: small vectors that pick the branches
 * and set the optimizer, so that one graph serves every candidate.
 *
 * @param <T> type of reals
 */
public final class CandidateFeeds<T extends TNumber> {
  private final SearchSpace space;
  private final Placeholder<TInt32> choices;
  private final Placeholder<TInt32> family;
  private final Placeholder<TFloat64> values;
  private final Placeholder<TFloat64> factor;
  private final Optional<Placeholder<TFloat64>> factorByWarmup;
  private final ArchitectureTensors<T> architecture;
  private final OptimizerTensors<T> optimizer;
  private final List<Operand<T>> hyperparameters;
  private final InnerSettings constants;

  /**
   * Adds the placeholders, on the CPU: what chooses a branch is never waited for.
   *
   * @param scope where they are added
   * @param type type of reals
   * @param space what a candidate can be
   * @param constants what optimizers have that do not choose it themselves
   * @param gates one for every integer that records an architecture; null for none
   */
  CandidateFeeds(
      Ops scope,
      Class<T> type,
      SearchSpace space,
      InnerSettings constants,
      @Nullable Operand<TFloat64> gates) {
    Ops tf = Placement.host(scope);
    this.space = space;
    this.constants = constants;
    int integers = space.architecture().integers();
    choices = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(integers)));
    family = tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
    values =
        tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(Hyperparameter.values().length)));
    factor = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.scalar()));
    architecture =
        new ArchitectureTensors<>(
            scalars(tf, choices, integers),
            gates == null ? List.of() : scalars(tf, tf.dtypes.cast(gates, type), integers));
    hyperparameters = scalars(tf, tf.dtypes.cast(values, type), Hyperparameter.values().length);
    Map<Hyperparameter, Operand<T>> byName = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      // What is always 0 is left out, and with it what would be computed for it.
      if (!space.isAlwaysZero(hyperparameter)) {
        byName.put(hyperparameter, hyperparameters.get(hyperparameter.ordinal()));
      }
    }
    Operand<T> decay = byName.remove(Hyperparameter.BETA2);
    Operand<T> warmup = byName.remove(Hyperparameter.WARMUP);
    factorByWarmup =
        warmup != null && space.optimizer().continuous().contains(Hyperparameter.WARMUP)
            ? Optional.of(tf.placeholder(TFloat64.class, Placeholder.shape(Shape.scalar())))
            : Optional.empty();
    Operand<T> known = tf.dtypes.cast(factor, type);
    // The factor is computed outside the graph. What is added here is 0, with the derivative of
    // the factor by the warm-up.
    Operand<T> scheduled =
        factorByWarmup
            .<Operand<T>>map(
                slope ->
                    tf.math.add(
                        known,
                        tf.math.mul(
                            tf.dtypes.cast(slope, type),
                            tf.math.sub(Objects.requireNonNull(warmup), tf.stopGradient(warmup)))))
            .orElse(known);
    optimizer =
        new OptimizerTensors<>(
            family,
            byName,
            scheduled,
            decay == null
                ? null
                : new SecondMoment<>(decay, Scalars.of(tf, constants.epsilon(), type)),
            List.of());
  }

  private static <U extends TType> List<Operand<U>> scalars(Ops tf, Operand<U> vector, int count) {
    return count == 0 ? List.of() : List.copyOf(tf.unstack(vector, (long) count).output());
  }

  SearchSpace space() {
    return space;
  }

  /** The numbers that encode the architecture. */
  public ArchitectureTensors<T> architecture() {
    return architecture;
  }

  /** The update rule and the hyperparameters. */
  public OptimizerTensors<T> optimizer() {
    return optimizer;
  }

  /** One scalar per {@link Hyperparameter}, in order. */
  List<Operand<T>> hyperparameters() {
    return List.copyOf(hyperparameters);
  }

  /** The hyperparameters that a Gaussian head chooses, in the order of the decisions. */
  public List<Operand<T>> searched() {
    List<Operand<T>> found = new ArrayList<>();
    for (Hyperparameter hyperparameter : space.optimizer().continuous()) {
      found.add(hyperparameters.get(hyperparameter.ordinal()));
    }
    return found;
  }

  /**
   * Feeds a candidate.
   *
   * @param runner takes the feeds
   * @param candidate what to feed
   * @param scheduleFactor factor on the learning rate
   * @param open collects the tensors, which the caller closes after the run
   */
  void feed(
      Session.Runner runner, Candidate candidate, RateFactor scheduleFactor, List<Tensor> open) {
    int[] integers =
        space.architecture().encode(candidate.architecture()).stream()
            .mapToInt(Integer::intValue)
            .toArray();
    double[] settings = new double[Hyperparameter.values().length];
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      settings[hyperparameter.ordinal()] = candidate.optimizer().get(hyperparameter);
    }
    settings[Hyperparameter.BETA2.ordinal()] = constants.of(candidate.optimizer()).beta2();
    add(runner, choices, TInt32.vectorOf(integers), open);
    int index = space.families().indexOf(candidate.optimizer().family());
    add(runner, family, TInt32.scalarOf(index), open);
    add(runner, values, TFloat64.vectorOf(settings), open);
    add(runner, factor, TFloat64.scalarOf(scheduleFactor.value()), open);
    factorByWarmup.ifPresent(
        slope -> add(runner, slope, TFloat64.scalarOf(scheduleFactor.byWarmup()), open));
  }

  /**
   * Feeds a tensor.
   *
   * @param runner the run that gets it
   * @param placeholder where it goes
   * @param tensor the value
   * @param open what has to be closed after the run; the tensor is added
   */
  public static void add(
      Session.Runner runner, Placeholder<?> placeholder, Tensor tensor, List<Tensor> open) {
    open.add(tensor);
    runner.feed(placeholder, tensor);
  }
}
