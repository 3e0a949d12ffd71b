package io.tandem.graph.joint;

import com.fasterxml.jackson.databind.JsonNode;
import io.tandem.graph.controller.Policy;
import io.tandem.graph.controller.PolicySample;
import io.tandem.graph.controller.SampleSource;
import io.tandem.testing.Oracles;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * Independent softmax choices and a Gaussian log learning rate, as in the oracles.
 *
 * @param tf where it is added
 * @param vector logits, mean and standard deviation end to end
 * @param logits {@code [choices, options]}
 * @param mean mean of the logarithm
 * @param std its standard deviation
 * @param noises standard normal noise of every sample
 */
record TablePolicy(
    Ops tf,
    Variable<TFloat64> vector,
    Operand<TFloat64> logits,
    Operand<TFloat64> mean,
    Operand<TFloat64> std,
    double[] noises)
    implements Policy<TFloat64> {
  static TablePolicy of(
      Ops tf, JsonNode logits, double meanValue, double stdValue, double[] noises) {
    double[] table = Oracles.flat(logits);
    double[] all = Arrays.copyOf(table, table.length + 2);
    all[table.length] = meanValue;
    all[table.length + 1] = stdValue;
    Variable<TFloat64> vector = tf.variable(tf.constant(all));
    List<? extends Operand<TFloat64>> parts =
        tf.splitV(vector, tf.constant(new int[] {table.length, 1, 1}), tf.constant(0), 3L).output();
    Operand<TInt32> scalar = tf.constant(new int[0]);
    return new TablePolicy(
        tf,
        vector,
        tf.reshape(parts.get(0), tf.constant(new int[] {logits.size(), logits.get(0).size()})),
        tf.reshape(parts.get(1), scalar),
        tf.reshape(parts.get(2), scalar),
        noises);
  }

  @Override
  public Class<TFloat64> type() {
    return TFloat64.class;
  }

  @Override
  public PolicySample<TFloat64> sample(SampleSource<TFloat64> source) {
    int options = (int) logits.shape().get(1);
    Operand<TFloat64> chosen =
        tf.oneHot(source.recorded(), tf.constant(options), tf.constant(1.0), tf.constant(0.0));
    Operand<TFloat64> logChoices =
        tf.reduceSum(tf.math.mul(chosen, tf.nn.logSoftmax(logits)), tf.constant(2));
    Operand<TFloat64> log = tf.reduceSum(logChoices, tf.constant(1));
    Operand<TFloat64> rate = tf.math.exp(tf.math.add(mean, tf.math.mul(std, tf.constant(noises))));
    Operand<TFloat64> zeros = tf.zerosLike(log);
    return new PolicySample<>(
        source.recorded(),
        tf.expandDims(rate, tf.constant(1)),
        log,
        List.of(logChoices),
        log,
        zeros,
        zeros,
        zeros,
        vector,
        List.of(logits, mean, std));
  }
}
