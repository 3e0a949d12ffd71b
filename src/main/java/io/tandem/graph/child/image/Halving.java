package io.tandem.graph.child.image;

import io.tandem.graph.gradient.LazyBranches;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** Whether an operation halves height and width: known, or chosen when the graph runs. */
final class Halving {
  private final int stride;
  private final @Nullable Operand<TInt32> halves;

  private Halving(int stride, @Nullable Operand<TInt32> halves) {
    this.stride = stride;
    this.halves = halves;
  }

  /** What is known when the graph is built. */
  static Halving of(boolean halves) {
    return new Halving(halves ? 2 : 1, null);
  }

  /**
   * What is chosen when the graph runs.
   *
   * @param halves 1 to halve, else 0
   */
  static Halving chosen(Operand<TInt32> halves) {
    return new Halving(0, halves);
  }

  /** Whether it is known that sizes are halved. */
  boolean isCertain() {
    return halves == null && stride == 2;
  }

  /** A function of tensors by a stride, 1 or 2. */
  @FunctionalInterface
  interface Strided<T extends TNumber> {
    /** What it makes. */
    Operand<T> apply(List<Operand<T>> data, int stride);
  }

  /**
   * Adds an operation by the stride that halves, or by the one that does not, or both as branches.
   *
   * @param tf where it is added
   * @param data what the operation depends on
   * @param operation adds it
   */
  <T extends TNumber> Operand<T> apply(Ops tf, List<Operand<T>> data, Strided<T> operation) {
    if (halves == null) {
      return operation.apply(data, stride);
    }
    return LazyBranches.<T>select(
            tf,
            halves,
            data,
            List.of(
                given -> List.of(operation.apply(given, 1)),
                given -> List.of(operation.apply(given, 2))))
        .get(0);
  }
}
