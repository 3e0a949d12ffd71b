package io.tandem.graph.tuning;

import io.tandem.data.Inputs;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Rows that are in a graph.
 *
 * @param <T> type of reals
 * @param features one row each
 * @param labels numbers of their classes
 */
record PlacedRows<T extends TNumber>(Operand<T> features, Operand<TInt32> labels) {
  /**
   * Puts rows into variables of the graph.
   *
   * @param tf where they are added
   * @param session the graph's session
   * @param rows standardised features and labels
   * @param type type of reals
   */
  static <T extends TNumber> PlacedRows<T> load(
      Ops tf, Session session, Inputs rows, Class<T> type) {
    Shape shape = Shape.of(rows.rows(), rows.columns());
    Variable<T> features = tf.variable(shape, type);
    Variable<TInt32> labels = tf.variable(Shape.of(rows.rows()), TInt32.class);
    Placeholder<TFloat32> x = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    Placeholder<TInt32> y = tf.placeholder(TInt32.class, Placeholder.shape(labels.shape()));
    Op first = tf.assign(features, tf.dtypes.cast(x, type));
    Op second = tf.assign(labels, y);
    try (TFloat32 xs = TFloat32.tensorOf(shape, DataBuffers.of(rows.features()));
        TInt32 ys = TInt32.vectorOf(rows.labels())) {
      session.runner().feed(x, xs).feed(y, ys).addTarget(first).addTarget(second).run().close();
    }
    return new PlacedRows<>(features, labels);
  }
}
