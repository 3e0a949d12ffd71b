package io.tandem.export.signature;

import io.tandem.graph.child.Network;
import io.tandem.graph.child.TrainedNetwork;
import io.tandem.outcome.Outcome;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The parts of a served graph that its signatures share.
 *
 * @param network the network
 * @param weights its weights
 * @param statistics what its normalisations use
 * @param mean of the raw features, {@code [features]}
 * @param scale of the raw features, {@code [features]}
 * @param outcome what it predicts
 * @param threshold of two classes, probability above which the second is the answer; empty if the
 *     most probable class is
 */
public record ServedNetwork(
    Network network,
    List<Operand<TFloat32>> weights,
    List<Operand<TFloat32>> statistics,
    Operand<TFloat32> mean,
    Operand<TFloat32> scale,
    Outcome outcome,
    Optional<Float> threshold) {
  /** The parts of a trained network, whose weights become variables. */
  public static ServedNetwork of(Ops tf, ServedVariables variables, TrainedNetwork model) {
    Shape columns = Shape.of(model.features());
    Operand<TFloat32> mean = variables.add("standardise/mean", columns, model.mean());
    Operand<TFloat32> scale = variables.add("standardise/scale", columns, model.scale());
    Network network = model.network();
    List<Operand<TFloat32>> weights =
        variables.add(network.names(), network.shapes(), model.weights());
    List<Operand<TFloat32>> statistics =
        variables.add(network.statisticNames(), network.statisticShapes(), model.statistics());
    return new ServedNetwork(
        network, weights, statistics, mean, scale, model.outcome(), model.threshold());
  }

  /** Outputs {@code [batch, outputs]} of rows of raw features. */
  Operand<TFloat32> outputs(Ops tf, Operand<TFloat32> raw) {
    Operand<TFloat32> x = tf.math.div(tf.math.sub(raw, mean), scale);
    return network.logits(tf, weights, statistics, x);
  }

  /** What its signatures answer with. */
  Answers answers(Ops tf) {
    return outcome instanceof Outcome.Numbers numbers
        ? new NumberAnswers(this, numbers)
        : new ClassAnswers(tf, this, (Outcome.Classes) outcome);
  }
}
