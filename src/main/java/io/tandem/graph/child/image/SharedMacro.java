package io.tandem.graph.child.image;

import io.tandem.graph.child.ArchitectureTensors;
import io.tandem.graph.child.SharedChild;
import io.tandem.graph.child.SharedSegments;
import io.tandem.graph.core.LazyBranches;
import io.tandem.graph.core.Placement;
import io.tandem.graph.core.Precision;
import io.tandem.space.ConvolutionOperation;
import io.tandem.space.MacroArchitecture;
import io.tandem.space.MacroSpace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * All macro networks of a space on one set of weights (Pham et al. 2018, section 2.3).
 *
 * <p>Its weights are flat vectors: one that all architectures use (stem, normalisations behind the
 * operations, reductions of what the next layer works on, head); for every layer one with the
 * weights of all operations one after another, of which an architecture uses a segment; and one for
 * every reduction of an earlier output, which is used if a later layer adds that output in. Only
 * what is used runs, forward, backward and in second derivatives. Normalisation is by the batch.
 *
 * @param <T> type of reals
 */
public final class SharedMacro<T extends TNumber> implements SharedChild<T> {
  // 64 MiB for what a layer makes in float32; with fewer rows statistics of the batch are poor.
  private static final int EVALUATION_NUMBERS = 1 << 24;
  private static final int LEAST_EVALUATION_ROWS = 64;

  private final Ops tf;
  private final Ops host;
  private final Precision precision;
  private final MacroSpace space;
  private final ArchitectureTensors<T> architecture;
  private final ImageShape image;
  private final List<Integer> reductions;
  private final Parts mixing;
  private final Parts common;
  private final List<Vector> vectors = new ArrayList<>();
  private final Map<Integer, List<Optional>> optional = new HashMap<>();
  private final List<Variable<T>> weights;

  /** A weight vector: how a segment of it is used, and what lies in it. */
  private record Vector(SharedSegments form, Parts parts) {}

  /** The reduction of an earlier output: whether it is needed, and which vector it uses. */
  private record Optional(Operand<TInt32> used, int vector) {}

  /**
   * Creates the variables, uninitialised until {@link #initialValues} are assigned.
   *
   * @param tf graph scope
   * @param precision number format of the products
   * @param type float32 or float64
   * @param space the networks
   * @param architecture the chosen one
   * @param image size of the images
   * @param classes output classes
   */
  public SharedMacro(
      Ops tf,
      Precision precision,
      Class<T> type,
      MacroSpace space,
      ArchitectureTensors<T> architecture,
      ImageShape image,
      int classes) {
    this.tf = tf;
    host = Placement.host(tf);
    this.precision = precision;
    this.space = space;
    this.architecture = architecture;
    this.image = image;
    reductions = MacroArchitecture.reductions(space.layers());
    common = common(space, image, classes);
    mixing = ImageLayers.mixing(space.filters());
    Parts all = new Parts(List.of());
    List<Integer> sizes = new ArrayList<>();
    for (ConvolutionOperation operation : space.operations()) {
      Parts own = ImageOperation.layer(operation, space.filters());
      sizes.add(own.size());
      all = all.and(own);
    }
    vectors.add(new Vector(SharedSegments.whole(tf, common.size()), common));
    for (int layer = 0; layer < space.layers(); layer++) {
      vectors.add(new Vector(SharedSegments.oneOf(tf, sizes, operation(layer)), all));
    }
    if (space.skips()) {
      addReductions();
    }
    weights = variables(type);
  }

  private static Parts common(MacroSpace space, ImageShape image, int classes) {
    int filters = space.filters();
    Parts parts = Stem.parts(image.channels(), filters);
    for (int layer = 0; layer < space.layers(); layer++) {
      parts = parts.and(ImageLayers.norm(filters));
      if (MacroArchitecture.reductions(space.layers()).contains(layer + 1)) {
        parts = parts.and(FactorizedReduction.parts(filters));
      }
    }
    return parts.and(Head.parts(filters, classes));
  }

  private void addReductions() {
    Parts parts = FactorizedReduction.parts(space.filters());
    for (int after : reductions) {
      List<Optional> earlier = new ArrayList<>();
      for (int output = 0; output < after; output++) {
        List<Operand<TInt32>> bits = new ArrayList<>();
        for (int later = after; later < space.layers(); later++) {
          bits.add(bit(later, output));
        }
        Operand<TInt32> used = host.reduceMax(host.stack(bits), host.constant(0));
        earlier.add(new Optional(used, vectors.size()));
        vectors.add(new Vector(SharedSegments.optional(tf, parts.size(), used), parts));
      }
      optional.put(after, earlier);
    }
  }

  private Operand<TInt32> operation(int layer) {
    return architecture.choices().get(space.column(layer));
  }

  private Operand<TInt32> bit(int layer, int output) {
    return architecture.choices().get(space.column(layer) + 1 + output);
  }

  @Override
  public List<Variable<T>> weights() {
    return List.copyOf(weights);
  }

  @Override
  public List<Variable<T>> variables(Class<T> type) {
    List<Variable<T>> created = new ArrayList<>();
    vectors.forEach(vector -> created.add(vector.form().variable(type)));
    return created;
  }

  @Override
  public Op assign(int index, Variable<T> variable, Operand<T> value) {
    return tf.assign(variable, vectors.get(index).form().stored(value));
  }

  @Override
  public Shape shape(int index) {
    return vectors.get(index).form().shape();
  }

  @Override
  public List<Operand<T>> corners(List<? extends Operand<T>> full) {
    List<Operand<T>> corners = new ArrayList<>();
    for (int index = 0; index < vectors.size(); index++) {
      corners.add(vectors.get(index).form().segment(full.get(index)));
    }
    return corners;
  }

  @Override
  public List<Operand<TInt32>> places() {
    return vectors.stream().map(vector -> vector.form().places()).toList();
  }

  @Override
  public Operand<T> write(int index, Operand<T> target, Operand<TInt32> place, Operand<T> value) {
    return vectors.get(index).form().write(target, place, value);
  }

  @Override
  public Operand<T> add(int index, Operand<T> target, Operand<TInt32> place, Operand<T> value) {
    return vectors.get(index).form().add(target, place, value);
  }

  /**
   * Initial values: kernels normal with variance {@code 2 / inputs} (He et al. 2015, eq. 10),
   * scales 1, offsets and biases 0. They do not depend on the architecture.
   */
  @Override
  public List<Operand<T>> initialValues(Operand<TInt64> seed, Operand<T> scale) {
    Class<T> type = scale.type();
    Map<Parts, Operand<T>> deviations = new HashMap<>();
    Map<Parts, Operand<T>> means = new HashMap<>();
    List<Operand<T>> values = new ArrayList<>();
    for (int index = 0; index < vectors.size(); index++) {
      Parts parts = vectors.get(index).parts();
      Operand<T> normal =
          tf.random.statelessRandomNormal(
              tf.constant(new int[] {parts.size()}),
              tf.math.add(seed, tf.constant(new long[] {0, (long) index << 40})),
              type);
      Operand<T> deviation =
          deviations.computeIfAbsent(parts, key -> tf.math.mul(key.deviations(tf, type), scale));
      Operand<T> mean = means.computeIfAbsent(parts, key -> key.means(tf, type));
      values.add(tf.math.add(tf.math.mul(normal, deviation), mean));
    }
    return values;
  }

  @Override
  public int evaluationRows() {
    long numbers = (long) image.height() * image.width() * space.filters();
    return (int) Math.max(LEAST_EVALUATION_ROWS, Math.floorDiv(EVALUATION_NUMBERS, numbers));
  }

  @Override
  public List<Operand<T>> gates() {
    return architecture.gates();
  }

  /**
   * Logits {@code [batch, classes]}.
   *
   * @param active vectors as cut out by {@link #corners} or moved by an inner loop
   * @param input standardised pixels, an image a row, {@code [batch, height · width · channels]}
   * @param dropoutSeed int64 {@code [2]} in training; null turns dropout off
   */
  @Override
  public Operand<T> logits(
      List<Operand<T>> active, Operand<T> input, @Nullable Operand<TInt64> dropoutSeed) {
    ImageLayers<T> layers = new ImageLayers<>(tf, new BatchStatistics<>(), precision);
    Iterator<Operand<T>> next = common.cut(tf, active.get(0)).iterator();
    Operand<T> x = Stem.apply(layers, next, image.images(tf, input));
    List<Operand<T>> outputs = new ArrayList<>(List.of(x));
    int height = image.height();
    int width = image.width();
    for (int layer = 0; layer < space.layers(); layer++) {
      x = gated(space.column(layer), operate(layers, layer, x, active.get(1 + layer)));
      x = layers.normalised(addSkips(layer, x, outputs), next);
      if (reductions.contains(layer + 1)) {
        List<Optional> earlier = optional.getOrDefault(layer + 1, List.of());
        for (int output = 0; output < earlier.size(); output++) {
          Optional reduction = earlier.get(output);
          Operand<T> vector = active.get(reduction.vector());
          outputs.set(
              output, reduce(layers, reduction.used(), vector, outputs.get(output), height, width));
        }
        x = FactorizedReduction.apply(layers, next, x, height, width);
        height = FactorizedReduction.halved(height);
        width = FactorizedReduction.halved(width);
      }
      outputs.add(x);
    }
    Operand<TInt64> own =
        dropoutSeed == null
            ? null
            : tf.math.add(dropoutSeed, tf.constant(new long[] {0, 1L << 40}));
    return Head.apply(layers, next, x, space.dropout(), own);
  }

  /**
   * The layer's operation with its segment. Every segment begins with the weights of the mixing,
   * which is therefore in the graph once and not once per operation.
   */
  private Operand<T> operate(ImageLayers<T> layers, int layer, Operand<T> x, Operand<T> segment) {
    List<Output<T>> split =
        tf.splitV(segment, tf.constant(new int[] {mixing.size(), -1}), tf.constant(0), 2L).output();
    Operand<T> mixed = layers.mixed(x, mixing.cut(tf, split.get(0)).iterator());
    List<ConvolutionOperation> offered = space.operations();
    List<Operand<T>> own =
        LazyBranches.enterAll(tf, operation(layer), offered.size(), split.get(1));
    List<Function<Operand<T>, Operand<T>>> branches = new ArrayList<>();
    for (int index = 0; index < offered.size(); index++) {
      ImageOperation operation = ImageOperation.of(offered.get(index));
      Parts parts = operation.parts(space.filters());
      Operand<T> vector = own.get(index);
      branches.add(data -> operation.apply(layers, parts.cut(tf, vector).iterator(), data));
    }
    return LazyBranches.select(tf, operation(layer), mixed, branches);
  }

  /**
   * Adds the chosen earlier outputs. An earlier output goes through the choice and comes out again
   * for the layers behind, so that on the way back its derivative is passed on where it was not
   * chosen, instead of zeros being made and added for every layer that might have chosen it.
   */
  private Operand<T> addSkips(int layer, Operand<T> x, List<Operand<T>> outputs) {
    Operand<T> sum = x;
    for (int earlier = 0; space.skips() && earlier < layer; earlier++) {
      Operand<TInt32> bit = bit(layer, earlier);
      int column = space.column(layer) + 1 + earlier;
      Operand<T> gate =
          architecture.gates().isEmpty()
              ? null
              : LazyBranches.enter(tf, bit, 2, 1, architecture.gates().get(column));
      List<Operand<T>> both =
          LazyBranches.select(
              tf,
              bit,
              List.of(sum, outputs.get(earlier)),
              List.of(
                  data -> data,
                  data -> {
                    Operand<T> source = data.get(1);
                    Operand<T> added = gate == null ? source : tf.math.mul(source, gate);
                    return List.of(tf.math.add(data.get(0), added), source);
                  }));
      sum = both.get(0);
      outputs.set(earlier, both.get(1));
    }
    return sum;
  }

  /** An earlier output at the new resolution, or as it is if it is not needed any more. */
  private Operand<T> reduce(
      ImageLayers<T> layers,
      Operand<TInt32> used,
      Operand<T> vector,
      Operand<T> output,
      int height,
      int width) {
    Operand<T> entered = LazyBranches.enter(tf, used, 2, 1, vector);
    Parts parts = FactorizedReduction.parts(space.filters());
    return LazyBranches.select(
        tf,
        used,
        output,
        List.of(
            tf::identity,
            x ->
                FactorizedReduction.apply(
                    layers, parts.cut(tf, entered).iterator(), x, height, width)));
  }

  private Operand<T> gated(int column, Operand<T> x) {
    return architecture.gates().isEmpty() ? x : tf.math.mul(x, architecture.gates().get(column));
  }
}
