package io.tandem.bench;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Assign;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Data, weights and hyperparameters of the 784-256-256-10 network, batch 128, five steps. */
final class PerceptronSetting {
  static final int STEPS = 5;
  static final int BATCH = 128;
  static final int CLASSES = 10;
  private static final int[] WIDTHS = {784, 256, 256, CLASSES};

  final List<Operand<TFloat32>> weights = new ArrayList<>();
  final Placeholder<TFloat32> logLearningRate;
  final Placeholder<TFloat32> momentum;
  final Placeholder<TFloat32> logWeightDecay;
  private final Operand<TFloat32> features;
  private final Operand<TInt32> labels;
  private final List<Assign<TFloat32>> assignments = new ArrayList<>();

  PerceptronSetting(Ops tf) {
    for (int layer = 0; layer + 1 < WIDTHS.length; layer++) {
      float scale = (float) Math.sqrt(2.0 / WIDTHS[layer]);
      weights.add(variable(tf, Shape.of(WIDTHS[layer], WIDTHS[layer + 1]), layer, scale));
      weights.add(variable(tf, Shape.of(WIDTHS[layer + 1]), 50 + layer, 0.01f));
    }
    features = variable(tf, Shape.of(STEPS + 1, BATCH, WIDTHS[0]), 100, 1);
    int[][] classes = new int[STEPS + 1][BATCH];
    for (int batch = 0; batch <= STEPS; batch++) {
      for (int row = 0; row < BATCH; row++) {
        classes[batch][row] = (row * 7 + batch) % CLASSES;
      }
    }
    labels = tf.constant(classes);
    logLearningRate = scalar(tf);
    momentum = scalar(tf);
    logWeightDecay = scalar(tf);
  }

  void initialize(Session session) {
    Session.Runner runner = session.runner();
    assignments.forEach(runner::addTarget);
    runner.run().close();
  }

  /** Features of a batch, {@code [batch, 784]}. */
  Operand<TFloat32> features(Ops tf, Operand<TInt32> batch) {
    return tf.gather(features, batch, tf.constant(0));
  }

  /** Labels of a batch, {@code [batch]}. */
  Operand<TInt32> labels(Ops tf, Operand<TInt32> batch) {
    return tf.gather(labels, batch, tf.constant(0));
  }

  /** Mean cross entropy of the ReLU network on a batch. */
  Operand<TFloat32> loss(Ops tf, List<Operand<TFloat32>> w, Operand<TInt32> batch) {
    Operand<TFloat32> hidden = features(tf, batch);
    for (int layer = 0; layer + 1 < WIDTHS.length; layer++) {
      hidden = tf.nn.biasAdd(tf.linalg.matMul(hidden, w.get(2 * layer)), w.get(2 * layer + 1));
      if (layer + 2 < WIDTHS.length) {
        hidden = tf.nn.relu(hidden);
      }
    }
    return tf.math.mean(
        tf.nn.sparseSoftmaxCrossEntropyWithLogits(hidden, labels(tf, batch)).loss(),
        tf.constant(0));
  }

  private Variable<TFloat32> variable(Ops tf, Shape shape, int seed, float scale) {
    Variable<TFloat32> variable = tf.variable(shape, TFloat32.class);
    Operand<TFloat32> normal =
        tf.random.statelessRandomNormal(
            tf.constant(shape.asArray()), tf.constant(new long[] {7, seed}), TFloat32.class);
    assignments.add(tf.assign(variable, tf.math.mul(normal, tf.constant(scale))));
    return variable;
  }

  private static Placeholder<TFloat32> scalar(Ops tf) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
  }
}
