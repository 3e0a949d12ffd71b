package io.tandem.graph.core;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/** Whole numbers in a graph, such as shapes and axes: each is there once. */
public final class Constants {
  private final Ops tf;
  private final Map<Integer, Operand<TInt32>> scalars = new HashMap<>();
  private final Map<List<Integer>, Operand<TInt32>> vectors = new HashMap<>();

  /**
   * Starts without any.
   *
   * @param tf where they are added
   */
  public Constants(Ops tf) {
    this.tf = tf;
  }

  /** A scalar. */
  public Operand<TInt32> scalar(int value) {
    return scalars.computeIfAbsent(value, key -> tf.constant(value));
  }

  /** A vector. */
  public Operand<TInt32> vector(int... values) {
    List<Integer> key = Arrays.stream(values).boxed().toList();
    return vectors.computeIfAbsent(key, missing -> tf.constant(values.clone()));
  }
}
