package io.tandem.graph.tuning;

import io.tandem.graph.child.ConcreteDropout;
import io.tandem.graph.child.PerceptronNetwork;
import io.tandem.graph.core.Scalars;
import io.tandem.graph.inner.InnerProblem;
import io.tandem.graph.objective.BatchLabels;
import io.tandem.graph.objective.BatchTargets;
import io.tandem.graph.objective.LossShape;
import io.tandem.outcome.ClassWeights;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * The inner problem: the training loss of a fixed network with everything that is tuned in it, and
 * the outer loss without any of it.
 *
 * @param <T> float32 or float64
 * @param network the network
 * @param settings the training
 * @param values its hyperparameters
 * @param training features {@code [rows, features]} and targets of the training rows
 * @param outer rows of the outer loss
 * @param batches row numbers {@code [n, batch]}; if there are fewer than steps they repeat
 * @param whole whether every batch is all rows in their order
 * @param seed of the dropout noise
 * @param classes how much training rows of every class count
 */
record TunedProblem<T extends TNumber>(
    PerceptronNetwork network,
    TuningSettings settings,
    TunedValues<T> values,
    PlacedRows<T> training,
    PlacedRows<T> outer,
    Operand<TInt32> batches,
    boolean whole,
    long seed,
    ClassWeights classes)
    implements InnerProblem<T> {

  @Override
  public Operand<T> trainingLoss(Ops tf, List<Operand<T>> weights, Operand<TInt32> step) {
    Operand<TInt32> rows = rows(tf, step);
    Operand<T> input = pick(tf, training.features(), rows);
    Operand<T> logits =
        network.logits(tf, weights, input, (layer, hidden) -> dropout(tf, hidden, step, layer));
    BatchTargets<T> targets = whole ? training.targets() : training.targets().gather(tf, rows);
    Operand<T> smoothing =
        targets instanceof BatchLabels ? values.scalar(tf, Target.LABEL_SMOOTHING, step, 0) : null;
    Operand<T> weighted =
        weigh(tf, byClass(tf, targets, targets.losses(tf, logits, smoothing)), rows);
    return addPenalty(tf, tf.math.mean(weighted, tf.constant(0)), weights);
  }

  @Override
  public Operand<T> validationLoss(Ops tf, List<Operand<T>> weights) {
    return loss(tf, outer, weights);
  }

  /** The mean loss on some rows, with nothing added. */
  Operand<T> loss(Ops tf, PlacedRows<T> rows, List<Operand<T>> weights) {
    Operand<T> logits = network.logits(tf, weights, rows.features());
    return rows.targets().loss(tf, logits, LossShape.plain());
  }

  /** The rows of a batch; a batch of all rows in their order needs no copy of them. */
  private <U extends TNumber> Operand<U> pick(Ops tf, Operand<U> all, Operand<TInt32> rows) {
    return whole ? all : tf.gather(all, rows, tf.constant(0));
  }

  private Operand<TInt32> rows(Ops tf, Operand<TInt32> step) {
    Operand<TInt32> count = tf.constant(Math.toIntExact(batches.shape().get(0)));
    return tf.gather(batches, tf.math.floorMod(step, count), tf.constant(0));
  }

  private Operand<T> dropout(Ops tf, Operand<T> hidden, Operand<TInt32> step, int layer) {
    if (!values.isActive(Target.DROPOUT)) {
      return hidden;
    }
    // Held fixed: the same step drops alike in every training.
    Operand<TInt64> first = tf.constant(new long[] {seed, (1L << 16) + layer});
    Operand<TInt64> stream =
        tf.math.mul(tf.constant(new long[] {0, 1L << 16}), tf.dtypes.cast(step, TInt64.class));
    Operand<TInt64> own = tf.math.add(first, stream);
    return ConcreteDropout.apply(tf, hidden, values.scalar(tf, Target.DROPOUT, step, layer), own);
  }

  private Operand<T> byClass(Ops tf, BatchTargets<T> targets, Operand<T> losses) {
    Operand<T> given = LossShape.given(tf, losses.type(), classes);
    return given != null && targets instanceof BatchLabels<T> labels
        ? tf.math.mul(losses, tf.gather(given, labels.labels(), tf.constant(0)))
        : losses;
  }

  private Operand<T> weigh(Ops tf, Operand<T> losses, Operand<TInt32> rows) {
    Operand<T> coordinates = values.vector(Target.EXAMPLE_WEIGHTS);
    if (coordinates == null) {
      return losses;
    }
    Class<T> type = coordinates.type();
    Operand<T> all =
        switch (settings.exampleWeighting()) {
          case SOFTMAX ->
              tf.math.mul(
                  tf.nn.softmax(coordinates),
                  Scalars.of(tf, (double) coordinates.shape().size(), type));
          case SIGMOID -> tf.math.mul(tf.math.sigmoid(coordinates), Scalars.of(tf, 2, type));
          case NONE -> throw new IllegalStateException("examples are weighed by nothing");
        };
    return tf.math.mul(losses, tf.gather(all, rows, tf.constant(0)));
  }

  private Operand<T> addPenalty(Ops tf, Operand<T> loss, List<Operand<T>> weights) {
    if (!values.isActive(Target.L2)) {
      return loss;
    }
    List<Operand<T>> terms = new ArrayList<>();
    terms.add(loss);
    Operand<T> half = Scalars.of(tf, 0.5, loss.type());
    int units = 0;
    int offset = 0;
    for (int index = 0; index < weights.size(); index++) {
      Shape shape = network.shapes().get(index);
      Operand<T> penalty =
          switch (settings.of(Target.L2).granularity()) {
            case UNIT ->
                values.part(Target.L2, units, Shape.of(shape.get(shape.numDimensions() - 1)));
            case WEIGHT -> values.part(Target.L2, offset, shape);
            case FIXED, GLOBAL, LAYER, STEP, LAYER_STEP, EXAMPLE, FEATURE ->
                values.scalar(Target.L2, 0, index / 2);
          };
      Operand<T> square = tf.math.mul(penalty, tf.math.square(weights.get(index)));
      Operand<T> flat = tf.reshape(square, tf.constant(new int[] {-1}));
      terms.add(tf.math.mul(half, tf.reduceSum(flat, tf.constant(0))));
      offset += Math.toIntExact(shape.size());
      // A bias comes last in its layer and shares the units of its kernel.
      units += index % 2 == 0 ? 0 : Math.toIntExact(shape.size());
    }
    return tf.math.addN(terms);
  }
}
