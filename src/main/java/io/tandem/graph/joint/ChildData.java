package io.tandem.graph.joint;

import io.tandem.data.Dataset;
import java.util.HashSet;
import java.util.Set;
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
 * The data set in graph variables, fed once.
 *
 * @param <T> type of reals
 */
final class ChildData<T extends TNumber> {
  private final Ops tf;
  private final Class<T> type;
  private final Session session;
  private final Placeholder<TFloat32> features;
  private final Placeholder<TInt32> labels;
  private final Set<String> names = new HashSet<>();

  ChildData(Ops tf, Class<T> type, Session session) {
    this.tf = tf;
    this.type = type;
    this.session = session;
    features = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1)));
    labels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
  }

  /**
   * A part of the data in the graph.
   *
   * @param <T> type of reals
   * @param features {@code [rows, columns]}
   * @param labels {@code [rows]}
   * @param load puts the values in
   */
  record Part<T extends TNumber>(Operand<T> features, Operand<TInt32> labels, Op load) {}

  /** Adds variables for a part. */
  Part<T> part(Dataset data) {
    Variable<T> own = tf.variable(Shape.of(data.rows(), data.columns()), type);
    Variable<TInt32> ownLabels = tf.variable(Shape.of(data.rows()), TInt32.class);
    names.add(own.op().name());
    names.add(ownLabels.op().name());
    Op load =
        tf.withControlDependencies(
                java.util.List.of(
                    tf.assign(own, tf.dtypes.cast(features, type)), tf.assign(ownLabels, labels)))
            .noOp();
    return new Part<>(own, ownLabels, load);
  }

  /** Puts a part's rows into its variables. */
  void load(Part<T> part, Dataset data) {
    try (TFloat32 rows =
            TFloat32.tensorOf(
                Shape.of(data.rows(), data.columns()), DataBuffers.of(data.features()));
        TInt32 classes = TInt32.vectorOf(data.labels())) {
      session
          .runner()
          .feed(features, rows)
          .feed(labels, classes)
          .addTarget(part.load())
          .run()
          .close();
    }
  }

  /** Names of all variables of all parts. */
  Set<String> names() {
    return Set.copyOf(names);
  }
}
