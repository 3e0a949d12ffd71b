package io.tandem.graph.inner;

import io.tandem.graph.core.Scalars;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Weights and optimizer slots between two training steps. Every update has the same two slots per
 * weight, so that a family chosen at run time finds the same shapes.
 *
 * @param <T> float32 or float64
 * @param weights weights; shapes may be known at run time only
 * @param first first moment or velocity of every weight, in its shape
 * @param second second moment of every weight, in its shape
 * @param steps number of steps taken so far, scalar
 * @param carried what a step leaves for the next beside them: the state of a recurrent network;
 *     empty for most problems
 */
public record InnerState<T extends TNumber>(
    List<Operand<T>> weights,
    List<Operand<T>> first,
    List<Operand<T>> second,
    Operand<T> steps,
    List<Operand<T>> carried) {

  /** Checks that every weight has its slots. */
  public InnerState {
    weights = List.copyOf(weights);
    first = List.copyOf(first);
    second = List.copyOf(second);
    carried = List.copyOf(carried);
    if (weights.isEmpty() || weights.size() != first.size() || weights.size() != second.size()) {
      throw new IllegalArgumentException("every weight needs two slots, and there must be one");
    }
  }

  /** Weights and slots of a problem that carries nothing else. */
  public InnerState(
      List<Operand<T>> weights, List<Operand<T>> first, List<Operand<T>> second, Operand<T> steps) {
    this(weights, first, second, steps, List.of());
  }

  /** The same weights and slots with something else carried. */
  public InnerState<T> carrying(List<Operand<T>> others) {
    return new InnerState<>(weights, first, second, steps, others);
  }

  /**
   * The state before any step: slots and step count 0.
   *
   * @param tf where the zeros are added
   * @param weights initial weights
   */
  public static <T extends TNumber> InnerState<T> fresh(Ops tf, List<Operand<T>> weights) {
    List<Operand<T>> zeros =
        weights.stream().<Operand<T>>map(weight -> tf.zerosLike(weight)).toList();
    return new InnerState<>(weights, zeros, zeros, Scalars.of(tf, 0, weights.get(0).type()));
  }

  /** The same values as constants: no derivative passes. */
  public InnerState<T> constant(Ops tf) {
    return new InnerState<>(
        constant(tf, weights),
        constant(tf, first),
        constant(tf, second),
        steps,
        constant(tf, carried));
  }

  private static <T extends TNumber> List<Operand<T>> constant(Ops tf, List<Operand<T>> tensors) {
    return tensors.stream().<Operand<T>>map(tensor -> tf.stopGradient(tensor)).toList();
  }

  /** The slots of all weights: first moments, then second moments. */
  public List<Operand<T>> slots() {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
