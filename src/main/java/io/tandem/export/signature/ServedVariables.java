package io.tandem.export.signature;

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

/** The variables of a served graph, and what they are to hold. */
public final class ServedVariables {
  private final Ops tf;
  private final List<Op> assignments = new ArrayList<>();
  private final List<Feed> feeds = new ArrayList<>();

  private record Feed(Placeholder<TFloat32> placeholder, Shape shape, float[] values) {}

  /** Variables of a graph, none yet. */
  public ServedVariables(Ops tf) {
    this.tf = tf;
  }

  /**
   * Adds one.
   *
   * @param name its name; slashes become underscores
   * @param shape its shape
   * @param values row by row
   */
  public Operand<TFloat32> add(String name, Shape shape, float[] values) {
    String plain = name.replace('/', '_');
    Variable<TFloat32> variable = tf.withName(plain).variable(shape, TFloat32.class);
    Placeholder<TFloat32> value =
        tf.withName(plain + "_value").placeholder(TFloat32.class, Placeholder.shape(shape));
    assignments.add(tf.assign(variable, value));
    feeds.add(new Feed(value, shape, values));
    return variable;
  }

  /** Adds several. */
  public List<Operand<TFloat32>> add(List<String> names, List<Shape> shapes, List<float[]> values) {
    List<Operand<TFloat32>> variables = new ArrayList<>();
    for (int index = 0; index < shapes.size(); index++) {
      variables.add(add(names.get(index), shapes.get(index), values.get(index)));
    }
    return variables;
  }

  /** Gives them their values. */
  public void load(Session session) {
    List<Tensor> open = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      for (Feed feed : feeds) {
        Tensor tensor = TFloat32.tensorOf(feed.shape(), DataBuffers.of(feed.values()));
        open.add(tensor);
        runner.feed(feed.placeholder(), tensor);
      }
      assignments.forEach(runner::addTarget);
      runner.run().close();
    } finally {
      open.forEach(Tensor::close);
    }
  }
}
