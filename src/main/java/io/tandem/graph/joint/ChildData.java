package io.tandem.graph.joint;

import io.tandem.data.Dataset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
  private final List<Part<T>> parts = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  ChildData(Ops tf, Class<T> type, Session session) {
    this.tf = tf;
    this.type = type;
    this.session = session;
  }

  /**
   * A part of the data in the graph.
   *
   * @param <T> type of reals
   * @param features {@code [rows, columns]}
   * @param labels {@code [rows]}
   * @param rows what is put in
   * @param featureValues takes the features
   * @param labelValues takes the labels
   * @param load puts them in
   */
  record Part<T extends TNumber>(
      Operand<T> features,
      Operand<TInt32> labels,
      Dataset rows,
      Placeholder<TFloat32> featureValues,
      Placeholder<TInt32> labelValues,
      Op load) {}

  /** Adds variables for a part. */
  Part<T> part(Dataset rows) {
    Variable<T> features = tf.variable(Shape.of(rows.rows(), rows.columns()), type);
    Variable<TInt32> labels = tf.variable(Shape.of(rows.rows()), TInt32.class);
    names.add(features.op().name());
    names.add(labels.op().name());
    Placeholder<TFloat32> featureValues =
        tf.placeholder(TFloat32.class, Placeholder.shape(features.shape()));
    Placeholder<TInt32> labelValues =
        tf.placeholder(TInt32.class, Placeholder.shape(labels.shape()));
    Op load =
        tf.withControlDependencies(
                List.of(
                    tf.assign(features, tf.dtypes.cast(featureValues, type)),
                    tf.assign(labels, labelValues)))
            .noOp();
    Part<T> part = new Part<>(features, labels, rows, featureValues, labelValues, load);
    parts.add(part);
    return part;
  }

  /** Puts the rows of all parts into their variables, in one run. */
  void load() {
    List<Tensor> open = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      for (Part<T> part : parts) {
        Dataset rows = part.rows();
        Shape shape = Shape.of(rows.rows(), rows.columns());
        CandidateFeeds.add(
            runner,
            part.featureValues(),
            TFloat32.tensorOf(shape, DataBuffers.of(rows.features())),
            open);
        CandidateFeeds.add(runner, part.labelValues(), TInt32.vectorOf(rows.labels()), open);
        runner.addTarget(part.load());
      }
      runner.run().close();
    } finally {
      open.forEach(Tensor::close);
    }
  }

  /** Names of all variables of all parts. */
  Set<String> names() {
    return Set.copyOf(names);
  }
}
