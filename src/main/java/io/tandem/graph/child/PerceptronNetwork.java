package io.tandem.graph.child;

import io.tandem.graph.child.Network.TrainingPass;
import io.tandem.graph.core.Precision;
import io.tandem.graph.core.Products;
import io.tandem.graph.core.Scalars;
import io.tandem.space.PerceptronArchitecture;
import io.tandem.space.PerceptronArchitecture.Layer;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.framework.initializers.Glorot;
import org.tensorflow.framework.initializers.He;
import org.tensorflow.framework.initializers.TruncatedNormal;
import org.tensorflow.framework.initializers.VarianceScaling;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TNumber;

/**
 * The network of one architecture, with shapes known when the graph is built. Its weights are a
 * list in the order kernel, bias of each hidden layer from the input on, then kernel, bias of the
 * linear output layer; kernels are {@code [in, out]}, biases {@code [out]}. The embeddings of coded
 * inputs follow, {@code [values, length]} each.
 *
 * @param architecture hidden layers
 * @param input columns of a row
 * @param outputs number of outputs, positive
 */
public record PerceptronNetwork(
    PerceptronArchitecture architecture, PerceptronArchitecture.Input input, int outputs)
    implements Network {
  /** Checks the sizes. */
  public PerceptronNetwork {
    if (outputs < 1) {
      throw new IllegalArgumentException("a network needs an output, got " + outputs);
    }
  }

  /** Of rows of numbers. */
  public PerceptronNetwork(PerceptronArchitecture architecture, int features, int outputs) {
    this(architecture, PerceptronArchitecture.Input.of(features), outputs);
  }

  @Override
  public int features() {
    return input.columns();
  }

  @Override
  public int numbers() {
    return input.numbers();
  }

  /** Number of embeddings. */
  private int tables() {
    return architecture.embedding() > 0 ? input.vocabularies().size() : 0;
  }

  @Override
  public List<Shape> shapes() {
    List<Shape> shapes = new ArrayList<>();
    int width = architecture.width(input);
    for (Layer layer : architecture.layers()) {
      shapes.add(Shape.of(width, layer.units()));
      shapes.add(Shape.of(layer.units()));
      width = layer.units();
    }
    shapes.add(Shape.of(width, outputs));
    shapes.add(Shape.of(outputs));
    for (int table = 0; table < tables(); table++) {
      shapes.add(Shape.of(input.vocabularies().get(table), architecture.embedding()));
    }
    return List.copyOf(shapes);
  }

  @Override
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (int index = 0; index < architecture.layers().size(); index++) {
      names.add("layer" + index + "/kernel");
      names.add("layer" + index + "/bias");
    }
    names.add("output/kernel");
    names.add("output/bias");
    for (int table = 0; table < tables(); table++) {
      names.add("embedding" + table);
    }
    return List.copyOf(names);
  }

  /**
   * Draws the weights: kernels by He et al. 2015 where the activation rectifies and by Glorot and
   * Bengio 2010 elsewhere, both as truncated normals; biases are 0, and embeddings a truncated
   * normal of a small standard deviation.
   *
   * @param tf where the ops are added
   * @param type number type
   * @param seed decides all draws
   * @param scale scalar, factor on every kernel
   */
  @Override
  public <T extends TFloating> List<Operand<T>> initialWeights(
      Ops tf, Class<T> type, long seed, Operand<T> scale) {
    List<Operand<T>> weights = new ArrayList<>();
    List<Shape> shapes = shapes();
    int layers = shapes.size() - tables();
    for (int index = 0; index < layers; index += 2) {
      VarianceScaling<T> initializer = initializer(index / 2, seed + index);
      Operand<TInt64> shape = tf.constant(shapes.get(index).asArray());
      weights.add(tf.math.mul(initializer.call(tf, shape, type), scale));
      weights.add(tf.fill(tf.constant(shapes.get(index + 1).asArray()), Scalars.of(tf, 0, type)));
    }
    for (int index = layers; index < shapes.size(); index++) {
      Operand<T> drawn =
          new TruncatedNormal<T>(0, CodedInputs.INITIAL, seed + index)
              .call(tf, tf.constant(shapes.get(index).asArray()), type);
      weights.add(tf.math.mul(drawn, scale));
    }
    return List.copyOf(weights);
  }

  /**
   * The network as it predicts: no dropout, no reduced precision.
   *
   * @param tf where the ops are added
   * @param weights in the order of {@link #shapes()}
   * @param x standardised features {@code [batch, features]}
   * @return logits {@code [batch, outputs]}
   */
  public <T extends TNumber> Operand<T> logits(Ops tf, List<Operand<T>> weights, Operand<T> x) {
    return logits(tf, weights, x, (layer, hidden) -> hidden);
  }

  @Override
  public <T extends TNumber> Operand<T> logits(
      Ops tf, List<Operand<T>> weights, List<Operand<T>> statistics, Operand<T> x) {
    return logits(tf, weights, x);
  }

  /** What is done to a hidden layer before later layers see it, for example dropout. */
  @FunctionalInterface
  public interface HiddenNoise<T extends TNumber> {
    /**
     * Changes a hidden layer.
     *
     * @param layer number of the layer, from 0
     * @param hidden its activations {@code [batch, units]}
     * @return the same shape
     */
    Operand<T> apply(int layer, Operand<T> hidden);
  }

  /**
   * The network with noise of the caller's on its hidden layers.
   *
   * @param tf where the ops are added
   * @param weights in the order of {@link #shapes()}
   * @param x features {@code [batch, features]}
   * @param noise applied after each activation
   * @return logits {@code [batch, outputs]}
   */
  public <T extends TNumber> Operand<T> logits(
      Ops tf, List<Operand<T>> weights, Operand<T> x, HiddenNoise<T> noise) {
    return build(tf, weights, x, noise, Precision.FLOAT32);
  }

  /**
   * The network as it trains: with the dropout of its layers.
   *
   * @param tf where the ops are added
   * @param weights in the order of {@link #shapes()}
   * @param x standardised features {@code [batch, features]}
   * @param seed {@code [2]}; decides all dropout masks of this batch
   * @param precision number format of the products
   * @return logits {@code [batch, outputs]}
   */
  public <T extends TNumber> Operand<T> trainingLogits(
      Ops tf, List<Operand<T>> weights, Operand<T> x, Operand<TInt64> seed, Precision precision) {
    List<Operand<TInt64>> seeds = new ArrayList<>();
    for (long index = 0; index < architecture.layers().size(); index++) {
      seeds.add(tf.math.add(seed, tf.constant(new long[] {0, index})));
    }
    return build(
        tf,
        weights,
        x,
        (index, hidden) -> {
          double rate = architecture.layers().get(index).dropout();
          return rate > 0
              ? Dropout.apply(tf, hidden, Scalars.of(tf, rate, x.type()), seeds.get(index))
              : hidden;
        },
        precision);
  }

  @Override
  public <T extends TNumber> TrainingPass<T> trainingPass(
      Ops tf, List<Operand<T>> weights, Operand<T> x, TrainingNoise<T> noise, Precision precision) {
    Operand<T> logits = trainingLogits(tf, weights, x, noise.seed(), precision);
    return new TrainingPass<>(new TrainingLogits<>(logits), List.of());
  }

  private <T extends TNumber> Operand<T> build(
      Ops tf, List<Operand<T>> weights, Operand<T> x, HiddenNoise<T> noise, Precision precision) {
    List<Operand<T>> hiddens = new ArrayList<>();
    Operand<T> h = first(tf, weights, x, precision);
    for (int index = 0; index < architecture.layers().size(); index++) {
      Layer layer = architecture.layers().get(index);
      h = Activations.apply(tf, layer.activation(), dense(tf, h, weights, index, precision));
      h = noise.apply(index, h);
      for (int skip : layer.skips()) {
        int width = architecture.layers().get(skip).units();
        h = tf.math.add(h, fit(tf, hiddens.get(skip), width, layer.units()));
      }
      hiddens.add(h);
    }
    return dense(tf, h, weights, architecture.layers().size(), precision);
  }

  private <T extends TNumber> Operand<T> first(
      Ops tf, List<Operand<T>> weights, Operand<T> x, Precision precision) {
    CodedInputs coded = new CodedInputs(tf, precision, input);
    return tables() > 0
        ? coded.embedded(x, weights.subList(weights.size() - tables(), weights.size()))
        : coded.indicators(x);
  }

  private static <T extends TNumber> Operand<T> fit(Ops tf, Operand<T> h, int width, int target) {
    return width == target ? h : Shortcut.fit(tf, h, tf.constant(target));
  }

  private static <T extends TNumber> Operand<T> dense(
      Ops tf, Operand<T> h, List<Operand<T>> weights, int layer, Precision precision) {
    Operand<T> product = Products.of(tf, h, weights.get(2 * layer), precision);
    return tf.math.add(product, weights.get(2 * layer + 1));
  }

  private <T extends TFloating> VarianceScaling<T> initializer(int layer, long seed) {
    boolean rectifying =
        layer < architecture.layers().size()
            && Activations.isRectifying(architecture.layers().get(layer).activation());
    return rectifying
        ? new He<>(VarianceScaling.Distribution.TRUNCATED_NORMAL, seed)
        : new Glorot<>(VarianceScaling.Distribution.TRUNCATED_NORMAL, seed);
  }
}
