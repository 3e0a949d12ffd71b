package io.tandem.graph.training;

import io.tandem.graph.inner.InnerState;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** Everything that a training changes, as variables in order, which are saved and restored. */
final class TrainingVariables {
  private final List<Variable<TFloat32>> variables = new ArrayList<>();
  private final List<Placeholder<TFloat32>> values = new ArrayList<>();
  private final List<Op> restores = new ArrayList<>();
  private final List<Op> initializers = new ArrayList<>();

  /** Adds a variable that has no value until {@link #restore}. */
  void declare(Ops tf, Shape shape) {
    Variable<TFloat32> variable = tf.variable(shape, TFloat32.class);
    Placeholder<TFloat32> value = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    variables.add(variable);
    values.add(value);
    restores.add(tf.assign(variable, value));
  }

  /** Adds a variable that {@link #initialise} sets. */
  void declare(Ops tf, Shape shape, Operand<TFloat32> first) {
    declare(tf, shape);
    initializers.add(tf.assign(variables.get(variables.size() - 1), first));
  }

  /**
   * Adds weights, then a first, then a second slot of zeros for each.
   *
   * @param tf where they are added
   * @param shapes of the weights
   * @param initial first values of the weights
   */
  void declareWithSlots(Ops tf, List<Shape> shapes, List<Operand<TFloat32>> initial) {
    for (int part = 0; part < 3; part++) {
      for (int index = 0; index < initial.size(); index++) {
        Operand<TFloat32> first = part == 0 ? initial.get(index) : tf.zerosLike(initial.get(index));
        declare(tf, shapes.get(index), first);
      }
    }
  }

  /**
   * The first variables as {@link #declareWithSlots} added them.
   *
   * @param weights number of weights
   * @param steps steps that were not dropped, scalar
   */
  InnerState<TFloat32> withSlots(int weights, Operand<TFloat32> steps) {
    return new InnerState<>(
        operands(0, weights),
        operands(weights, 2 * weights),
        operands(2 * weights, 3 * weights),
        steps);
  }

  /** All of them. */
  List<Variable<TFloat32>> list() {
    return List.copyOf(variables);
  }

  /** From one up to but not another. */
  List<Variable<TFloat32>> list(int from, int to) {
    return List.copyOf(variables.subList(from, to));
  }

  /** From one up to but not another. */
  List<Operand<TFloat32>> operands(int from, int to) {
    return List.copyOf(variables.subList(from, to));
  }

  /** Gives them their first values. */
  void initialise(Session session) {
    Session.Runner runner = session.runner();
    initializers.forEach(runner::addTarget);
    runner.run().close();
  }

  /** Copies of the values, each row by row. */
  List<float[]> values(Session session) {
    return values(session, 0, variables.size());
  }

  /** Copies of some values, from one up to but not another. */
  List<float[]> values(Session session, int from, int to) {
    if (from == to) {
      return List.of();
    }
    Session.Runner runner = session.runner();
    variables.subList(from, to).forEach(runner::fetch);
    List<float[]> arrays = new ArrayList<>();
    try (Result result = runner.run()) {
      for (int index = 0; index < result.size(); index++) {
        arrays.add(Tensors.floats(result.get(index)));
      }
    }
    return arrays;
  }

  /** Sets all of them. */
  void restore(Session session, List<float[]> saved) {
    List<Tensor> open = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      for (int index = 0; index < variables.size(); index++) {
        Shape shape = variables.get(index).shape();
        Tensor tensor = TFloat32.tensorOf(shape, DataBuffers.of(saved.get(index)));
        open.add(tensor);
        runner.feed(values.get(index), tensor);
      }
      restores.forEach(runner::addTarget);
      runner.run().close();
    } finally {
      open.forEach(Tensor::close);
    }
  }
}
