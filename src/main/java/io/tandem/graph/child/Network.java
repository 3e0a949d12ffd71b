package io.tandem.graph.child;

import io.tandem.data.ImageShape;
import io.tandem.graph.core.Precision;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TNumber;

/** The network of one architecture, with shapes known when the graph is built. */
public interface Network {
  /** Number of input features: values of a row. */
  int features();

  /**
   * Number of these, the first ones, that are numbers. The others are codes of categories, which
   * stay as they are in training too: noise would make them those of other categories.
   */
  default int numbers() {
    return features();
  }

  /** Number of outputs: of classes, or of numbers that are predicted. */
  int outputs();

  /** Shape of what a row holds, for a network that sees images and no bare features. */
  default Optional<ImageShape> imageShape() {
    return Optional.empty();
  }

  /** Shapes of the trained weights, in order. */
  List<Shape> shapes();

  /** Names of the trained weights, in order, for example {@code layer0/kernel}. */
  List<String> names();

  /**
   * Draws the weights.
   *
   * @param tf where the ops are added
   * @param type number type
   * @param seed decides all draws
   * @param scale scalar, factor on every kernel
   */
  <T extends TFloating> List<Operand<T>> initialWeights(
      Ops tf, Class<T> type, long seed, Operand<T> scale);

  /**
   * Shapes of what is not trained but follows the training, with {@link #statisticNames}; none for
   * a network without batch normalisation.
   */
  default List<Shape> statisticShapes() {
    return List.of();
  }

  /** Names of what is not trained but follows the training. */
  default List<String> statisticNames() {
    return List.of();
  }

  /**
   * The network as it predicts: no dropout, no reduced precision.
   *
   * @param tf where the ops are added
   * @param weights in the order of {@link #shapes()}
   * @param statistics in the order of {@link #statisticShapes()}
   * @param x standardised features {@code [batch, features]}
   * @return logits {@code [batch, outputs]}
   */
  <T extends TNumber> Operand<T> logits(
      Ops tf, List<Operand<T>> weights, List<Operand<T>> statistics, Operand<T> x);

  /**
   * The network as it trains: with dropout, and with what it sees of the batch.
   *
   * @param tf where the ops are added
   * @param weights in the order of {@link #shapes()}
   * @param x standardised features {@code [batch, features]}
   * @param noise what disturbs it
   * @param precision number format of the products
   */
  <T extends TNumber> TrainingPass<T> trainingPass(
      Ops tf, List<Operand<T>> weights, Operand<T> x, TrainingNoise<T> noise, Precision precision);

  /**
   * The network without what only trains it. Its weights and statistics are the first ones of
   * these.
   */
  default Network trained() {
    return this;
  }

  /**
   * A batch that has passed through a network in training.
   *
   * @param <T> number type
   * @param logits what it says
   * @param statistics of this batch, in the order of {@link Network#statisticShapes()}
   */
  record TrainingPass<T extends TNumber>(TrainingLogits<T> logits, List<Operand<T>> statistics) {
    /** Copies the list. */
    public TrainingPass {
      statistics = List.copyOf(statistics);
    }
  }
}
