package io.tandem.graph.child;

import io.tandem.data.ImageShape;
import io.tandem.graph.core.Precision;
import io.tandem.graph.core.Scalars;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TNumber;

/**
 * Several networks of one architecture, trained separately, that answer together with the mean of
 * their probabilities or numbers (Hansen and Salamon 1990; Lakshminarayanan et al. 2017). Weights
 * and statistics are those of the members, one member after the other. It cannot be trained.
 *
 * @param member the network of each
 * @param count how many there are, at least 2
 * @param classes whether outputs are logits of classes, else numbers
 */
public record EnsembleNetwork(Network member, int count, boolean classes) implements Network {
  /** Checks the number. */
  public EnsembleNetwork {
    if (count < 2) {
      throw new IllegalArgumentException("an ensemble of " + count);
    }
  }

  /**
   * The networks as one, with everything that is needed to apply it.
   *
   * @param members trained on the same data, at least 2
   */
  public static TrainedNetwork of(List<TrainedNetwork> members) {
    TrainedNetwork first = members.get(0);
    return new TrainedNetwork(
        new EnsembleNetwork(first.network(), members.size(), !first.classNames().isEmpty()),
        members.stream().flatMap(each -> each.weights().stream()).toList(),
        members.stream().flatMap(each -> each.statistics().stream()).toList(),
        first.mean(),
        first.scale(),
        first.white(),
        first.outcome(),
        first.featureNames());
  }

  @Override
  public int features() {
    return member.features();
  }

  @Override
  public int outputs() {
    return member.outputs();
  }

  @Override
  public Optional<ImageShape> imageShape() {
    return member.imageShape();
  }

  @Override
  public List<Shape> shapes() {
    return ofEach(index -> member.shapes());
  }

  @Override
  public List<String> names() {
    return ofEach(index -> named(index, member.names()));
  }

  @Override
  public List<Shape> statisticShapes() {
    return ofEach(index -> member.statisticShapes());
  }

  @Override
  public List<String> statisticNames() {
    return ofEach(index -> named(index, member.statisticNames()));
  }

  private static List<String> named(int index, List<String> names) {
    return names.stream().map(name -> "member" + index + "/" + name).toList();
  }

  private <R> List<R> ofEach(Function<Integer, List<R>> part) {
    return IntStream.range(0, count).boxed().flatMap(index -> part.apply(index).stream()).toList();
  }

  @Override
  public <T extends TFloating> List<Operand<T>> initialWeights(
      Ops tf, Class<T> type, long seed, Operand<T> scale) {
    throw new UnsupportedOperationException("members are trained separately");
  }

  @Override
  public <T extends TNumber> TrainingPass<T> trainingPass(
      Ops tf, List<Operand<T>> weights, Operand<T> x, TrainingNoise<T> noise, Precision precision) {
    throw new UnsupportedOperationException("members are trained separately");
  }

  /** Of classes the logarithm of the mean probability, whose softmax it is. */
  @Override
  public <T extends TNumber> Operand<T> logits(
      Ops tf, List<Operand<T>> weights, List<Operand<T>> statistics, Operand<T> x) {
    List<Operand<T>> answers = new ArrayList<>();
    int own = member.shapes().size();
    int followed = member.statisticShapes().size();
    for (int index = 0; index < count; index++) {
      Operand<T> logits =
          member.logits(
              tf,
              weights.subList(index * own, (index + 1) * own),
              statistics.subList(index * followed, (index + 1) * followed),
              x);
      answers.add(classes ? tf.nn.softmax(logits) : logits);
    }
    Operand<T> mean = tf.math.mul(tf.math.addN(answers), Scalars.of(tf, 1.0 / count, x.type()));
    // A probability that is too small for the type has a finite logarithm all the same.
    return classes
        ? tf.math.log(tf.math.maximum(mean, Scalars.of(tf, Float.MIN_NORMAL, x.type())))
        : mean;
  }
}
