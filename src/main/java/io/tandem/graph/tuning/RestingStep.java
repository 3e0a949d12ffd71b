package io.tandem.graph.tuning;

import io.tandem.graph.gradient.Gradients;
import io.tandem.graph.inner.InnerState;
import io.tandem.graph.inner.OptimizerTensors;
import io.tandem.graph.inner.OptimizerUpdate;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * One training step in a graph that is driven from outside. Where the last move went uphill, slots
 * and step count begin anew, so that a momentum that is too large for the problem does no harm
 * (O'Donoghue and Candes 2015, section 3.2, gradient scheme).
 *
 * @param <T> float32 or float64
 */
final class RestingStep<T extends TFloating> {
  private final TuningGraph<T> graph;
  private final Placeholder<TFloat64> weights;
  private final Placeholder<TFloat64> before;
  private final Placeholder<TFloat64> slots;
  private final Placeholder<TFloat64> count;
  private final List<Operand<TFloat64>> fetched = new ArrayList<>();

  /**
   * What goes from step to step.
   *
   * @param weights all weights, in the order of the network
   * @param before the weights one step earlier
   * @param slots first, then second slots of all weights
   * @param count steps since the slots were empty
   */
  record State(double[] weights, double[] before, double[] slots, double count) {
    static State fresh(double[] weights) {
      return new State(weights, weights, new double[2 * weights.length], 0);
    }
  }

  /**
   * A step that was taken.
   *
   * @param loss training loss before it
   * @param norm before it, of what is 0 at rest
   * @param state after it
   */
  record Taken(double loss, double norm, State state) {}

  RestingStep(
      TuningGraph<T> graph,
      OptimizerUpdate update,
      OptimizerTensors<T> optimizer,
      Placeholder<TFloat64> weights) {
    this.graph = graph;
    this.weights = weights;
    Ops tf = graph.tf;
    int size = graph.weights();
    before = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(size)));
    slots = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(2L * size)));
    count = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.scalar()));
    List<Operand<T>> parts = graph.split(weights);
    Operand<T> loss = graph.problem.trainingLoss(tf, parts, tf.constant(0));
    List<Operand<T>> gradients = Gradients.of(tf, loss, parts);
    Operand<TFloat64> slope = graph.join(update.stationarity(tf, optimizer, parts, gradients));
    Operand<TFloat64> uphill = sum(tf, tf.math.mul(slope, tf.math.sub(weights, before)));
    Operand<TFloat64> kept =
        tf.dtypes.cast(tf.math.lessEqual(uphill, tf.constant(0.0)), TFloat64.class);
    Operand<TFloat64> left = tf.math.mul(kept, slots);
    Operand<TFloat64> first = tf.slice(left, at(tf, 0), at(tf, size));
    Operand<TFloat64> second = tf.slice(left, at(tf, size), at(tf, size));
    Operand<T> steps = tf.dtypes.cast(tf.math.mul(kept, count), graph.type);
    InnerState<T> next =
        update.apply(
            tf,
            optimizer,
            new InnerState<>(parts, graph.split(first), graph.split(second), steps),
            gradients);
    fetched.add(graph.wide(loss));
    fetched.add(tf.math.sqrt(sum(tf, tf.math.square(slope))));
    fetched.add(graph.join(next.weights()));
    fetched.add(graph.join(next.slots()));
    fetched.add(graph.wide(next.steps()));
  }

  /** Takes a step. */
  Taken take(State state) {
    try (TFloat64 from = TFloat64.vectorOf(state.weights());
        TFloat64 earlier = TFloat64.vectorOf(state.before());
        TFloat64 moments = TFloat64.vectorOf(state.slots());
        TFloat64 done = TFloat64.scalarOf(state.count())) {
      var runner =
          graph
              .session
              .runner()
              .feed(weights, from)
              .feed(before, earlier)
              .feed(slots, moments)
              .feed(count, done);
      fetched.forEach(runner::fetch);
      try (Result result = runner.run()) {
        return new Taken(
            TuningGraph.doubles(result.get(0))[0],
            TuningGraph.doubles(result.get(1))[0],
            new State(
                TuningGraph.doubles(result.get(2)),
                state.weights(),
                TuningGraph.doubles(result.get(3)),
                TuningGraph.doubles(result.get(4))[0]));
      }
    }
  }

  private static Operand<TFloat64> sum(Ops tf, Operand<TFloat64> vector) {
    return tf.reduceSum(vector, tf.constant(0));
  }

  private static Operand<TInt32> at(Ops tf, int position) {
    return tf.constant(new int[] {position});
  }
}
