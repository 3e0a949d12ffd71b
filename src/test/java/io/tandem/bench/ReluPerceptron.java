package io.tandem.bench;

import io.tandem.graph.inner.InnerProblem;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The network of a setting as an inner problem; step {@code k} trains on batch {@code k mod 5}. */
record ReluPerceptron(PerceptronSetting setting) implements InnerProblem<TFloat32> {
  @Override
  public Operand<TFloat32> trainingLoss(
      Ops tf, List<Operand<TFloat32>> weights, Operand<TInt32> step) {
    return setting.loss(tf, weights, tf.math.mod(step, tf.constant(PerceptronSetting.STEPS)));
  }

  @Override
  public Operand<TFloat32> validationLoss(Ops tf, List<Operand<TFloat32>> weights) {
    return setting.loss(tf, weights, tf.constant(PerceptronSetting.STEPS));
  }
}
