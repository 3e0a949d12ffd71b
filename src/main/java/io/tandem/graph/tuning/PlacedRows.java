package io.tandem.graph.tuning;

import io.tandem.data.Inputs;
import io.tandem.graph.objective.BatchTargets;
import io.tandem.graph.objective.PlacedTargets;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * Rows that are in a graph.
 *
 * @param <T> type of reals
 * @param features one row each
 * @param targets of the same rows
 */
record PlacedRows<T extends TNumber>(Operand<T> features, BatchTargets<T> targets) {
  /**
   * Puts rows into variables of the graph.
   *
   * @param tf where they are added
   * @param session the graph's session
   * @param rows standardised features and targets
   * @param type type of reals
   */
  static <T extends TNumber> PlacedRows<T> load(
      Ops tf, Session session, Inputs rows, Class<T> type) {
    Shape shape = Shape.of(rows.rows(), rows.columns());
    Variable<T> features = tf.variable(shape, type);
    Placeholder<TFloat32> x = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    Op assign = tf.assign(features, tf.dtypes.cast(x, type));
    PlacedTargets<T> targets = PlacedTargets.of(tf, type, rows.targets());
    List<Tensor> open = new ArrayList<>();
    try {
      TFloat32 xs = TFloat32.tensorOf(shape, DataBuffers.of(rows.features()));
      open.add(xs);
      Session.Runner runner = session.runner().feed(x, xs).addTarget(assign);
      targets.load(runner, open);
      runner.run().close();
    } finally {
      open.forEach(Tensor::close);
    }
    return new PlacedRows<>(features, targets.all(tf));
  }
}
