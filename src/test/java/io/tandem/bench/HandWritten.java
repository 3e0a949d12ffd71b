package io.tandem.bench;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.nn.ReluGrad;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The workload as one would write it by hand for this network alone: forward and backward pass
 * spelled out in plain operations, one call for the outer gradient.
 */
final class HandWritten {
  private HandWritten() {}

  static List<Operand<TFloat32>> build(Graph graph, Ops tf, PerceptronSetting setting) {
    Operand<TFloat32> rate = tf.math.exp(setting.logLearningRate);
    Operand<TFloat32> decay = tf.math.exp(setting.logWeightDecay);
    List<Operand<TFloat32>> w = setting.weights;
    List<Operand<TFloat32>> v = new ArrayList<>();
    w.forEach(weight -> v.add(tf.zerosLike(weight)));
    for (int step = 0; step < PerceptronSetting.STEPS; step++) {
      Operand<TInt32> batch = tf.constant(step);
      List<Operand<TFloat32>> gradients =
          backward(tf, w, setting.features(tf, batch), setting.labels(tf, batch));
      List<Operand<TFloat32>> next = new ArrayList<>();
      for (int index = 0; index < w.size(); index++) {
        Operand<TFloat32> pull =
            tf.math.add(gradients.get(index), tf.math.mul(decay, w.get(index)));
        v.set(
            index,
            tf.math.sub(tf.math.mul(setting.momentum, v.get(index)), tf.math.mul(rate, pull)));
        next.add(tf.math.add(w.get(index), v.get(index)));
      }
      w = next;
    }
    Operand<TInt32> batch = tf.constant(PerceptronSetting.STEPS);
    Operand<TFloat32> hidden = setting.features(tf, batch);
    hidden = tf.nn.relu(layer(tf, hidden, w, 0));
    hidden = tf.nn.relu(layer(tf, hidden, w, 1));
    Operand<TFloat32> losses =
        tf.nn
            .softmaxCrossEntropyWithLogits(
                layer(tf, hidden, w, 2), oneHot(tf, setting.labels(tf, batch)))
            .loss();
    Operand<TFloat32> loss = tf.math.mean(losses, tf.constant(0));
    Output<?>[] derivatives =
        graph.addGradients(
            "outer",
            new Output<?>[] {loss.asOutput()},
            new Output<?>[] {
              setting.logLearningRate.asOutput(),
              setting.momentum.asOutput(),
              setting.logWeightDecay.asOutput()
            },
            new Output<?>[] {tf.constant(1f).asOutput()});
    List<Operand<TFloat32>> all = new ArrayList<>();
    for (Output<?> derivative : derivatives) {
      all.add(derivative.expect(TFloat32.class));
    }
    return all;
  }

  private static List<Operand<TFloat32>> backward(
      Ops tf, List<Operand<TFloat32>> w, Operand<TFloat32> x, Operand<TInt32> labels) {
    Operand<TFloat32> sum1 = layer(tf, x, w, 0);
    Operand<TFloat32> hidden1 = tf.nn.relu(sum1);
    Operand<TFloat32> sum2 = layer(tf, hidden1, w, 1);
    Operand<TFloat32> hidden2 = tf.nn.relu(sum2);
    Operand<TFloat32> softmax = tf.nn.softmax(layer(tf, hidden2, w, 2));
    Operand<TFloat32> error =
        tf.math.mul(
            tf.math.sub(softmax, oneHot(tf, labels)), tf.constant(1f / PerceptronSetting.BATCH));
    Operand<TFloat32> back2 =
        ReluGrad.create(
            tf.scope(), tf.linalg.matMul(error, w.get(4), MatMul.transposeB(true)), hidden2);
    Operand<TFloat32> back1 =
        ReluGrad.create(
            tf.scope(), tf.linalg.matMul(back2, w.get(2), MatMul.transposeB(true)), hidden1);
    return List.of(
        tf.linalg.matMul(x, back1, MatMul.transposeA(true)),
        tf.reduceSum(back1, tf.constant(0)),
        tf.linalg.matMul(hidden1, back2, MatMul.transposeA(true)),
        tf.reduceSum(back2, tf.constant(0)),
        tf.linalg.matMul(hidden2, error, MatMul.transposeA(true)),
        tf.reduceSum(error, tf.constant(0)));
  }

  private static Operand<TFloat32> layer(
      Ops tf, Operand<TFloat32> input, List<Operand<TFloat32>> w, int layer) {
    return tf.nn.biasAdd(tf.linalg.matMul(input, w.get(2 * layer)), w.get(2 * layer + 1));
  }

  private static Operand<TFloat32> oneHot(Ops tf, Operand<TInt32> labels) {
    return tf.oneHot(
        labels, tf.constant(PerceptronSetting.CLASSES), tf.constant(1f), tf.constant(0f));
  }
}
