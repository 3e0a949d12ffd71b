package io.tandem.bench;

import io.tandem.graph.session.SessionConfig;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * The matrix products of a training step of a language model and nothing else, one after another:
 * what a step could not do without.
 */
final class LanguageProducts implements AutoCloseable {
  private final Graph graph = new Graph();
  private final Session session;
  private final List<Op> products = new ArrayList<>();
  private final Ops tf = Ops.create(graph);

  LanguageProducts(LanguageWorkload workload) {
    int hidden = workload.hidden();
    int rows = workload.batch();
    int all = rows * workload.length();
    List<Op> initial = new ArrayList<>();
    Layer cell = layer(initial, rows, hidden, 2 * hidden);
    Layer input = layer(initial, all, hidden, 2 * hidden);
    Layer last = layer(initial, all, hidden, workload.vocabulary());
    add(input);
    for (int time = 0; time < workload.length(); time++) {
      for (int node = 0; node <= workload.nodes(); node++) {
        add(cell);
      }
    }
    add(last);
    session = new Session(graph, SessionConfig.ofBranches(LanguageWorkload.RUNTIME));
    Session.Runner runner = session.runner();
    initial.forEach(runner::addTarget);
    runner.run().close();
  }

  /** Milliseconds of all of them. */
  double time() {
    return SearchStepBench.time(
        () -> session.runner().addTarget(products.get(products.size() - 1)).run().close());
  }

  private record Layer(
      Operand<TFloat32> input, Operand<TFloat32> kernel, Operand<TFloat32> derivative) {}

  private Layer layer(List<Op> initial, int rows, int in, int out) {
    return new Layer(
        matrix(initial, rows, in), matrix(initial, in, out), matrix(initial, rows, out));
  }

  private Operand<TFloat32> matrix(List<Op> initial, int rows, int columns) {
    Variable<TFloat32> variable = tf.variable(Shape.of(rows, columns), TFloat32.class);
    initial.add(
        tf.assign(
            variable,
            tf.random.statelessRandomNormal(
                tf.constant(new int[] {rows, columns}),
                tf.constant(new long[] {1, initial.size()}),
                TFloat32.class)));
    return variable;
  }

  /** Forward, and the two products of its derivative. */
  private void add(Layer layer) {
    product(layer.input(), layer.kernel(), false, false);
    product(layer.derivative(), layer.kernel(), false, true);
    product(layer.input(), layer.derivative(), true, false);
  }

  private void product(
      Operand<TFloat32> left, Operand<TFloat32> right, boolean turnLeft, boolean turnRight) {
    Ops behind =
        products.isEmpty() ? tf : tf.withControlDependencies(products.get(products.size() - 1));
    products.add(
        behind.linalg.matMul(
            left, right, MatMul.transposeA(turnLeft), MatMul.transposeB(turnRight)));
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
