package io.tandem.export.signature;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Signature;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * A loop within the graph: a counter from 0 up to a number that is known when the graph runs, some
 * values that each step makes anew, and others that all steps read.
 */
public final class WhileLoop {
  private static final int COUNTERS = 2;

  private WhileLoop() {}

  /** What a step does. */
  @FunctionalInterface
  public interface Step {
    /**
     * Adds a step.
     *
     * @param tf where it is added
     * @param counter of the step, scalar
     * @param values first those that change, then those that stay
     * @return those that change, for the next step
     */
    List<Operand<?>> of(Ops tf, Operand<TInt32> counter, List<Operand<?>> values);
  }

  /**
   * Adds a loop.
   *
   * @param tf where it is added
   * @param steps how many, scalar, may be 0
   * @param changing values before the first step
   * @param staying values that all steps read
   * @param step what is done
   * @return those that change, after the last step; their shapes are unknown
   */
  public static List<Output<?>> of(
      Ops tf,
      Operand<TInt32> steps,
      List<Operand<?>> changing,
      List<Operand<?>> staying,
      Step step) {
    List<Operand<?>> values = new ArrayList<>(List.of(tf.constant(0), steps));
    values.addAll(changing);
    values.addAll(staying);
    try (ConcreteFunction condition =
            function("more", values, (inner, given) -> List.of(more(inner, given)));
        ConcreteFunction body =
            function("step", values, (inner, given) -> next(inner, given, step))) {
      return tf.statelessWhile(values, condition, body)
          .output()
          .subList(COUNTERS, COUNTERS + changing.size());
    }
  }

  private static Operand<TBool> more(Ops tf, List<Operand<?>> given) {
    return tf.math.less(integer(given.get(0)), integer(given.get(1)));
  }

  private static List<Operand<?>> next(Ops tf, List<Operand<?>> given, Step step) {
    Operand<TInt32> counter = integer(given.get(0));
    List<Operand<?>> values = given.subList(COUNTERS, given.size());
    List<Operand<?>> next =
        new ArrayList<>(List.of(tf.math.add(counter, tf.constant(1)), given.get(1)));
    next.addAll(step.of(tf, counter, values));
    next.addAll(given.subList(next.size(), given.size()));
    return next;
  }

  private static Operand<TInt32> integer(Operand<?> operand) {
    return operand.asOutput().expect(TInt32.class);
  }

  private static ConcreteFunction function(
      String name,
      List<Operand<?>> values,
      BiFunction<Ops, List<Operand<?>>, List<? extends Operand<?>>> content) {
    return ConcreteFunction.create(
        tf -> {
          Signature.Builder signature = Signature.builder(name);
          List<Operand<?>> given = new ArrayList<>();
          for (Operand<?> value : values) {
            Placeholder<? extends TType> placeholder =
                tf.placeholder(value.asOutput().type(), Placeholder.shape(value.shape()));
            signature.input("value" + given.size(), placeholder);
            given.add(placeholder);
          }
          int index = 0;
          for (Operand<?> result : content.apply(tf, given)) {
            // An output that is an input needs an operation of its own.
            signature.output("result" + index++, tf.identity(result));
          }
          return signature.build();
        });
  }
}
