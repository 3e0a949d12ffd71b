package io.tandem.graph.input;

import io.tandem.data.Inputs;
import io.tandem.data.Standardisation;
import io.tandem.data.Values;
import io.tandem.graph.objective.BatchTargets;
import io.tandem.graph.objective.PlacedTargets;
import java.util.ArrayList;
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
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TNumber;

/**
 * Examples in variables of a graph, fed once and gathered by their numbers. Bytes stay bytes and
 * are standardised when they are gathered, with the same bits as outside the graph; other numbers
 * are standardised before they are fed.
 *
 * @param <T> type of reals
 */
public abstract sealed class PlacedExamples<T extends TNumber> {
  private final Inputs inputs;
  private final PlacedTargets<T> targets;

  private PlacedExamples(Ops tf, Class<T> type, Inputs inputs) {
    this.inputs = inputs;
    targets = PlacedTargets.of(tf, type, inputs.targets());
  }

  /**
   * Adds variables, which {@link #load} fills.
   *
   * @param tf where they are added
   * @param type float32 or float64
   * @param inputs the examples
   */
  public static <T extends TNumber> PlacedExamples<T> of(Ops tf, Class<T> type, Inputs inputs) {
    return inputs.examples().values() instanceof Values.Bytes bytes
        ? new OfBytes<>(tf, type, inputs, bytes)
        : new OfFloats<>(tf, type, inputs);
  }

  /** The examples. */
  public Inputs inputs() {
    return inputs;
  }

  /**
   * The standardised features of some examples.
   *
   * @param tf where it is added
   * @param rows their numbers {@code [batch]}
   * @return {@code [batch, columns]}
   */
  public abstract Operand<T> features(Ops tf, Operand<TInt32> rows);

  /**
   * The targets of some examples.
   *
   * @param tf where they are added
   * @param rows their numbers {@code [batch]}
   */
  public BatchTargets<T> targets(Ops tf, Operand<TInt32> rows) {
    return targets.all(tf).gather(tf, rows);
  }

  /** Names of the variables: they need no saving. */
  public Set<String> names() {
    return Set.of(targets.name(), values().op().name());
  }

  /**
   * Fills the variables, in one run.
   *
   * @param session of the graph
   * @param parts what is filled
   */
  public static void load(Session session, List<? extends PlacedExamples<?>> parts) {
    List<Tensor> open = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      for (PlacedExamples<?> part : parts) {
        part.targets.load(runner, open);
        part.feedValues(runner, open);
      }
      runner.run().close();
    } finally {
      open.forEach(Tensor::close);
    }
  }

  abstract Variable<?> values();

  abstract void feedValues(Session.Runner runner, List<Tensor> open);

  Shape shape() {
    return Shape.of(inputs.rows(), inputs.columns());
  }

  private static final class OfFloats<T extends TNumber> extends PlacedExamples<T> {
    private final Variable<T> features;
    private final Placeholder<TFloat32> values;
    private final Op assign;

    OfFloats(Ops tf, Class<T> type, Inputs inputs) {
      super(tf, type, inputs);
      features = tf.variable(shape(), type);
      values = tf.placeholder(TFloat32.class, Placeholder.shape(shape()));
      assign = tf.assign(features, tf.dtypes.cast(values, type));
    }

    @Override
    public Operand<T> features(Ops tf, Operand<TInt32> rows) {
      return tf.gather(features, rows, tf.constant(0));
    }

    @Override
    Variable<?> values() {
      return features;
    }

    @Override
    void feedValues(Session.Runner runner, List<Tensor> open) {
      TFloat32 tensor = TFloat32.tensorOf(shape(), DataBuffers.of(inputs().features()));
      open.add(tensor);
      runner.feed(values, tensor).addTarget(assign);
    }
  }

  private static final class OfBytes<T extends TNumber> extends PlacedExamples<T> {
    private final Class<T> type;
    private final Values.Bytes bytes;
    private final Variable<TUint8> stored;
    private final Placeholder<TUint8> values;
    private final Op assign;

    OfBytes(Ops tf, Class<T> type, Inputs inputs, Values.Bytes bytes) {
      super(tf, type, inputs);
      this.type = type;
      this.bytes = bytes;
      stored = tf.variable(shape(), TUint8.class);
      values = tf.placeholder(TUint8.class, Placeholder.shape(shape()));
      assign = tf.assign(stored, values);
    }

    @Override
    public Operand<T> features(Ops tf, Operand<TInt32> rows) {
      Operand<TFloat32> raw =
          tf.dtypes.cast(tf.gather(stored, rows, tf.constant(0)), TFloat32.class);
      if (bytes.white() != 1) {
        raw = tf.math.div(raw, tf.constant(bytes.white()));
      }
      return tf.dtypes.cast(standardised(tf, raw, inputs().standardisation()), type);
    }

    @Override
    Variable<?> values() {
      return stored;
    }

    @Override
    void feedValues(Session.Runner runner, List<Tensor> open) {
      TUint8 tensor = TUint8.tensorOf(shape(), DataBuffers.of(bytes.values()));
      open.add(tensor);
      runner.feed(values, tensor).addTarget(assign);
    }
  }

  /** {@code (x - mean) / scale}. */
  private static Operand<TFloat32> standardised(
      Ops tf, Operand<TFloat32> raw, Standardisation standardisation) {
    return tf.math.div(
        tf.math.sub(raw, tf.constant(standardisation.mean())),
        tf.constant(standardisation.scale()));
  }
}
