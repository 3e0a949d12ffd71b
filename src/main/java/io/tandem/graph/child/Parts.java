package io.tandem.graph.child;

import io.tandem.graph.core.Constants;
import io.tandem.graph.core.ManyInputs;
import io.tandem.graph.core.Scalars;
import io.tandem.graph.session.Placement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TNumber;

/**
 * Weights that lie one after another in a flat vector.
 *
 * @param list in the order in which they are used
 */
public record Parts(List<Part> list) {
  // Standard deviation of a normal distribution that is cut off at twice its own.
  static final double TRUNCATED = 0.8796256610342398;

  /** Copies the list. */
  public Parts {
    list = List.copyOf(list);
  }

  /** Length of the vector. */
  public int size() {
    return list.stream().mapToInt(Part::size).sum();
  }

  /** Shape of every weight. */
  public List<Shape> shapes() {
    return list.stream().map(Part::shape).toList();
  }

  /** Name of every weight. */
  public List<String> names() {
    return list.stream().map(Part::name).toList();
  }

  /** These and then others. */
  public Parts and(Parts others) {
    List<Part> all = new ArrayList<>(list);
    all.addAll(others.list);
    return new Parts(all);
  }

  /** The same weights with their names below another. */
  public Parts under(String prefix) {
    return new Parts(list.stream().map(part -> part.under(prefix)).toList());
  }

  /**
   * The weights in a vector.
   *
   * @param tf where nodes are added
   * @param constants whole numbers in the graph
   * @param vector {@code [size]}
   * @return one tensor per weight
   */
  public <T extends TNumber> List<Operand<T>> cut(Ops tf, Constants constants, Operand<T> vector) {
    if (list.isEmpty()) {
      return List.of();
    }
    List<Operand<T>> pieces =
        ManyInputs.split(tf, constants, vector, list.stream().map(Part::size).toList());
    List<Operand<T>> weights = new ArrayList<>();
    for (int index = 0; index < list.size(); index++) {
      Part part = list.get(index);
      weights.add(
          part.shape().numDimensions() == 1
              ? pieces.get(index)
              : tf.reshape(pieces.get(index), constants.vector(part.sizes())));
    }
    return weights;
  }

  /**
   * Draws the weights of a network of its own: kernels from a normal distribution that is cut off.
   *
   * @param tf where it is added
   * @param type number type
   * @param seed decides all draws
   * @param scale scalar, factor on every kernel
   * @return one tensor per weight
   */
  public <T extends TFloating> List<Operand<T>> drawn(
      Ops tf, Class<T> type, long seed, Operand<T> scale) {
    List<Operand<T>> weights = new ArrayList<>();
    for (int index = 0; index < list.size(); index++) {
      Part part = list.get(index);
      Operand<TInt64> shape = tf.constant(part.shape().asArray());
      weights.add(
          switch (part.start()) {
            case DRAWN ->
                tf.math.mul(
                    tf.math.mul(
                        tf.random.statelessTruncatedNormal(
                            shape, tf.constant(new long[] {seed, index}), type),
                        Scalars.of(tf, part.deviation() / TRUNCATED, type)),
                    scale);
            case ONE -> tf.fill(shape, Scalars.of(tf, 1, type));
            case ZERO -> tf.fill(shape, Scalars.of(tf, 0, type));
          });
    }
    return List.copyOf(weights);
  }

  /**
   * Standard deviation of every value's draw.
   *
   * @param tf where it is added
   * @param type number type
   * @return {@code [size]}; 0 where nothing is drawn
   */
  public <T extends TNumber> Operand<T> deviations(Ops tf, Class<T> type) {
    return filled(tf, type, list.stream().mapToDouble(Part::deviation).toArray());
  }

  /**
   * The middle of every value's draw.
   *
   * @param tf where it is added
   * @param type number type
   * @return {@code [size]}
   */
  public <T extends TNumber> Operand<T> means(Ops tf, Class<T> type) {
    return filled(
        tf,
        type,
        list.stream().mapToDouble(part -> part.start() == Part.Start.ONE ? 1 : 0).toArray());
  }

  /** A value per weight spread over what belongs to the weight. */
  private <T extends TNumber> Operand<T> filled(Ops tf, Class<T> type, double[] values) {
    Ops host = Placement.host(tf);
    Operand<TInt32> size = host.constant(new int[] {size()});
    if (list.size() == 1) {
      return tf.fill(size, Scalars.of(tf, values[0], type));
    }
    int[][] begins = new int[list.size() - 1][1];
    int[] ones = new int[begins.length];
    Arrays.fill(ones, 1);
    int begin = 0;
    for (int index = 0; index < begins.length; index++) {
      begin += list.get(index).size();
      begins[index][0] = begin;
    }
    // A constant per value would be as large as the weights, a tensor per weight many nodes.
    Operand<TInt32> marks = host.scatterNd(host.constant(begins), host.constant(ones), size);
    Operand<TInt32> weight = host.math.cumsum(marks, host.constant(0));
    return host.gather(host.dtypes.cast(host.constant(values), type), weight, host.constant(0));
  }
}
