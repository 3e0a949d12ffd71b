package io.tandem.graph.joint.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tandem.graph.controller.PartGradient;
import io.tandem.graph.controller.Policy;
import io.tandem.graph.controller.PolicyDraws;
import io.tandem.graph.controller.PolicySample;
import io.tandem.graph.controller.ReplaySource;
import io.tandem.graph.gradient.Gradients;
import io.tandem.testing.Oracles;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Independent softmax choices and a Gaussian log learning rate, as in the oracles.
 *
 * @param tf where it is added
 * @param vector logits, mean and standard deviation end to end
 * @param choices number of choices
 * @param options number of options of each
 * @param noises standard normal noise of every sample
 */
public record TablePolicy(
    Ops tf, Variable<TFloat64> vector, int choices, int options, double[] noises)
    implements Policy<TFloat64> {
  public static TablePolicy of(
      Ops tf, JsonNode logits, double meanValue, double stdValue, double[] noises) {
    double[] table = Oracles.flat(logits);
    double[] all = Arrays.copyOf(table, table.length + 2);
    all[table.length] = meanValue;
    all[table.length + 1] = stdValue;
    Variable<TFloat64> vector = tf.variable(tf.constant(all));
    return new TablePolicy(tf, vector, logits.size(), logits.get(0).size(), noises);
  }

  @Override
  public Class<TFloat64> type() {
    return TFloat64.class;
  }

  @Override
  public PolicyDraws<TFloat64> draw(Operand<TInt64> seed, Operand<TInt32> samples) {
    // The oracles enumerate: nothing is drawn.
    return new PolicyDraws<>(tf.constant(new int[0][0]), tf.constant(new double[0][0]));
  }

  @Override
  public PolicySample<TFloat64> replay(ReplaySource<TFloat64> source) {
    int size = choices * options;
    Operand<TFloat64> copies =
        tf.tile(
            tf.expandDims(vector, tf.constant(0)),
            tf.stack(List.of(source.parts(), tf.constant(1)))); // [P, parameters]
    List<? extends Operand<TFloat64>> cut =
        tf.splitV(copies, tf.constant(new int[] {size, 1, 1}), tf.constant(1), 3L).output();
    Operand<TFloat64> logSoftmax =
        tf.reshape(
            tf.nn.logSoftmax(tf.reshape(cut.get(0), tf.constant(new int[] {-1, options}))),
            tf.constant(new int[] {-1, 1, choices, options}));
    Operand<TFloat64> chosen =
        tf.oneHot(source.recorded(), tf.constant(options), tf.constant(1.0), tf.constant(0.0));
    Operand<TFloat64> logChoices =
        tf.reshape(
            tf.reduceSum(tf.math.mul(chosen, logSoftmax), tf.constant(3)),
            tf.constant(new int[] {-1, choices}));
    Operand<TFloat64> log = tf.reduceSum(logChoices, tf.constant(1));
    Operand<TFloat64> rate =
        tf.math.exp(
            tf.math.add(cut.get(1), tf.math.mul(cut.get(2), tf.constant(new double[][] {noises}))));
    Operand<TFloat64> zeros = tf.zerosLike(log);
    PartGradient<TFloat64> gradient =
        new PartGradient<>() {
          @Override
          public Operand<TFloat64> of(Operand<TFloat64> value) {
            return Gradients.of(tf, value, List.of(copies)).get(0);
          }

          @Override
          public Operand<TFloat64> inOrder(Operand<TFloat64> rows) {
            return rows;
          }
        };
    return new PolicySample<>(
        tf.reshape(rate, tf.constant(new int[] {-1, 1})),
        log,
        logChoices,
        log,
        zeros,
        zeros,
        zeros,
        gradient);
  }
}
