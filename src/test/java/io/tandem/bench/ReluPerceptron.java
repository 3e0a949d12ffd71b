package io.tandem.bench;

import io.tandem.graph.inner.InnerProblem;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The network of a setting as an inner problem; step {@code k} trains on batch {@code k mod 5}. */
record ReluPerceptron(PerceptronSetting setting) implements InnerProblem<TFloat32> {
  @Override
  public Operand<TFloat32> trainingLoss(Ops tf, List<Operand<TFloat32>> weights, int step) {
    return loss(tf, weights, step % PerceptronSetting.STEPS);
  }

  @Override
  public Operand<TFloat32> validationLoss(Ops tf, List<Operand<TFloat32>> weights) {
    return loss(tf, weights, PerceptronSetting.STEPS);
  }

  private Operand<TFloat32> loss(Ops tf, List<Operand<TFloat32>> w, int batch) {
    Operand<TFloat32> hidden = setting.features.get(batch);
    for (int layer = 0; layer < 3; layer++) {
      hidden = tf.nn.biasAdd(tf.linalg.matMul(hidden, w.get(2 * layer)), w.get(2 * layer + 1));
      if (layer < 2) {
        hidden = tf.nn.relu(hidden);
      }
    }
    Operand<TFloat32> losses =
        tf.nn.sparseSoftmaxCrossEntropyWithLogits(hidden, setting.labels.get(batch)).loss();
    return tf.math.mean(losses, tf.constant(0));
  }
}
