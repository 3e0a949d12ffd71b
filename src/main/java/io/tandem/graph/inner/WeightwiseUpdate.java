package io.tandem.graph.inner;

import io.tandem.graph.core.Scalars;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** An update that treats every weight alone, by its own settings. */
abstract class WeightwiseUpdate implements OptimizerUpdate {
  /**
   * One weight with its slots.
   *
   * @param <T> float32 or float64
   * @param weight the weight
   * @param first its first slot
   * @param second its second slot
   */
  record Cell<T extends TNumber>(Operand<T> weight, Operand<T> first, Operand<T> second) {}

  /** The step of one weight. */
  interface Rule<T extends TNumber> {
    /** The cell after the step. */
    Cell<T> step(Cell<T> cell, Operand<T> gradient);
  }

  /**
   * Prepares the step: what weights of one setting share is added once.
   *
   * @param tf where they are added
   * @param optimizer settings
   * @param steps number of this step, from 1
   */
  abstract <T extends TNumber> Rule<T> rule(
      Ops tf, OptimizerTensors<T> optimizer, Operand<T> steps);

  @Override
  public <T extends TNumber> InnerState<T> apply(
      Ops tf, OptimizerTensors<T> optimizer, InnerState<T> state, List<Operand<T>> gradients) {
    Operand<T> steps = tf.math.add(state.steps(), Scalars.of(tf, 1, state.steps().type()));
    IdentityHashMap<OptimizerTensors<T>, Rule<T>> rules = new IdentityHashMap<>();
    List<Operand<T>> weights = new ArrayList<>();
    List<Operand<T>> first = new ArrayList<>();
    List<Operand<T>> second = new ArrayList<>();
    for (int index = 0; index < gradients.size(); index++) {
      Cell<T> before =
          new Cell<>(
              state.weights().get(index), state.first().get(index), state.second().get(index));
      Rule<T> rule =
          rules.computeIfAbsent(optimizer.at(index), settings -> rule(tf, settings, steps));
      Cell<T> after = rule.step(before, gradients.get(index));
      weights.add(after.weight());
      first.add(after.first());
      second.add(after.second());
    }
    return new InnerState<>(weights, first, second, steps);
  }
}
