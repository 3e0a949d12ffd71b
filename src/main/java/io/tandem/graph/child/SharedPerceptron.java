package io.tandem.graph.child;

import io.tandem.graph.core.Precision;
import io.tandem.graph.core.Products;
import io.tandem.graph.core.Scalars;
import io.tandem.graph.gradient.LazyBranches;
import io.tandem.graph.session.Placement;
import io.tandem.space.Activation;
import io.tandem.space.PerceptronArchitecture;
import io.tandem.space.PerceptronSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * All perceptrons of a space on one set of weights (Pham et al. 2018): a layer of {@code u} units
 * uses the first {@code u} columns of its matrix and the first rows that its input fills.
 *
 * <p>Only the slices of the sampled widths are computed with, and of activations, dropout and
 * shortcuts only the sampled branch runs, forward, backward and in second derivatives, so a step
 * costs what the dedicated network of that architecture costs.
 *
 * @param <T> type of reals
 */
public final class SharedPerceptron<T extends TNumber> implements SharedChild<T> {
  private static final int EVALUATION_ROWS = 4096;

  private final Ops tf;
  private final Ops host;
  private final Precision precision;
  private final PerceptronSpace space;
  private final PerceptronArchitecture.Input input;
  private final Operand<TInt32> embedding;
  private final int outputs;
  private final ArchitectureTensors<T> architecture;
  private final List<Operand<TInt32>> units = new ArrayList<>();
  private final List<Operand<T>> rates = new ArrayList<>();
  private final List<SharedWeight> forms = new ArrayList<>();
  private final List<Variable<T>> weights;

  /**
   * Creates the variables, uninitialised until {@link #initialValues} are assigned.
   *
   * @param tf graph scope
   * @param precision number format of the products
   * @param type float32 or float64
   * @param space the networks
   * @param architecture the chosen one
   * @param input columns of a row
   * @param outputs number of outputs
   */
  public SharedPerceptron(
      Ops tf,
      Precision precision,
      Class<T> type,
      PerceptronSpace space,
      ArchitectureTensors<T> architecture,
      PerceptronArchitecture.Input input,
      int outputs) {
    this.tf = tf;
    host = Placement.host(tf);
    this.precision = precision;
    this.space = space;
    this.architecture = architecture;
    this.input = input;
    this.outputs = outputs;
    int rows = space.largest().width(input);
    for (int layer = 0; layer < space.layers(); layer++) {
      forms.add(SharedWeight.matrix(tf, rows, space.maxUnits(), space.units()));
      forms.add(SharedWeight.vector(tf, space.maxUnits(), space.units()));
      rows = space.maxUnits();
    }
    forms.add(SharedWeight.matrix(tf, rows, outputs, List.of(outputs)));
    forms.add(SharedWeight.vector(tf, outputs, List.of(outputs)));
    if (isEmbedded()) {
      for (int values : input.vocabularies()) {
        forms.add(SharedWeight.matrix(tf, values, space.maxEmbedding(), space.embeddings()));
      }
    }
    embedding = isEmbedded() ? embedding() : host.constant(0);
    weights = variables(type);
    lookUp(type);
  }

  /** Returns true if codes of the input are embedded. */
  private boolean isEmbedded() {
    return !space.embeddings().isEmpty() && !input.vocabularies().isEmpty();
  }

  /** The chosen length of embeddings. */
  private Operand<TInt32> embedding() {
    Operand<TInt32> lengths =
        host.constant(space.embeddings().stream().mapToInt(Integer::intValue).toArray());
    return host.gather(
        lengths, architecture.choices().get(space.embeddingColumn()), host.constant(0));
  }

  /** The options behind the architecture's integers. */
  private void lookUp(Class<T> type) {
    Operand<TInt32> widths =
        host.constant(space.units().stream().mapToInt(Integer::intValue).toArray());
    Operand<T> dropouts =
        host.dtypes.cast(
            host.constant(space.dropouts().stream().mapToDouble(Double::doubleValue).toArray()),
            type);
    Operand<TInt32> axis = host.constant(0);
    for (int layer = 0; layer < space.layers(); layer++) {
      int column = space.column(layer);
      Operand<TInt32> chosen = host.gather(widths, architecture.choices().get(column), axis);
      units.add(
          space.isOptional(layer)
              ? host.math.add(
                  host.math.mul(there(layer), chosen),
                  host.math.mul(
                      host.math.sub(host.constant(1), there(layer)), units.get(layer - 1)))
              : chosen);
      rates.add(host.gather(dropouts, architecture.choices().get(column + 2), axis));
    }
  }

  @Override
  public List<Variable<T>> weights() {
    return List.copyOf(weights);
  }

  @Override
  public List<Variable<T>> variables(Class<T> type) {
    List<Variable<T>> created = new ArrayList<>();
    forms.forEach(form -> created.add(form.variable(type)));
    return created;
  }

  @Override
  public Op assign(int index, Variable<T> variable, Operand<T> value) {
    return tf.assign(variable, forms.get(index).stored(value));
  }

  @Override
  public Shape shape(int index) {
    return forms.get(index).shape();
  }

  @Override
  public List<Operand<T>> corners(List<? extends Operand<T>> full) {
    List<Operand<T>> corners = new ArrayList<>();
    for (int index = 0; index < forms.size(); index++) {
      corners.add(forms.get(index).corner(full.get(index), rows(index), columns(index)));
    }
    return corners;
  }

  @Override
  public List<Operand<TInt32>> places() {
    List<Operand<TInt32>> places = new ArrayList<>();
    for (int index = 0; index < forms.size(); index++) {
      places.add(forms.get(index).chunks(rows(index), columns(index)));
    }
    return places;
  }

  @Override
  public Operand<T> write(int index, Operand<T> target, Operand<TInt32> place, Operand<T> value) {
    return forms.get(index).write(target, place, value);
  }

  @Override
  public Operand<T> add(int index, Operand<T> target, Operand<TInt32> place, Operand<T> value) {
    return forms.get(index).add(target, place, value);
  }

  /**
   * Initial values, drawn as those of a {@link PerceptronNetwork} of the same architecture:
   * matrices from a normal distribution that is cut off, with variance {@code 2 / inputs} where the
   * activation rectifies (He et al. 2015, eq. 10) and {@code 2 / (inputs + outputs)} elsewhere
   * (Glorot and Bengio 2010, eq. 12); biases 0. Embeddings are those of a {@link PerceptronNetwork}
   * too.
   */
  @Override
  public List<Operand<T>> initialValues(Operand<TInt64> seed, Operand<T> scale) {
    List<Operand<T>> values = new ArrayList<>();
    Class<T> type = scale.type();
    for (int index = 0; index < weights.size(); index++) {
      Shape shape = shape(index);
      Operand<TInt64> dimensions = tf.constant(shape.asArray());
      if (shape.numDimensions() == 1) {
        values.add(tf.fill(dimensions, Scalars.of(tf, 0, type)));
      } else {
        Operand<T> std =
            isEmbedding(index) ? Scalars.of(tf, CodedInputs.INITIAL, type) : deviation(index, type);
        Operand<T> normal =
            tf.random.statelessTruncatedNormal(
                dimensions,
                tf.math.add(seed, tf.constant(new long[] {0, (long) index << 40})),
                type);
        values.add(tf.math.mul(normal, tf.math.mul(std, scale)));
      }
    }
    return values;
  }

  private boolean isEmbedding(int index) {
    return index >= 2 * (space.layers() + 1);
  }

  /** Standard deviation of a kernel's initial values. */
  private Operand<T> deviation(int index, Class<T> type) {
    Operand<T> connections = tf.dtypes.cast(connections(index / 2), type);
    return tf.math.div(
        tf.math.sqrt(tf.math.div(Scalars.of(tf, 2, type), connections)),
        Scalars.of(tf, Parts.TRUNCATED, type));
  }

  @Override
  public Operand<T> logits(List<Operand<T>> active, Operand<T> x) {
    return logits(active, x, null);
  }

  @Override
  public TrainingLogits<T> trainingLogits(
      List<Operand<T>> active, Operand<T> x, TrainingNoise<T> noise) {
    return new TrainingLogits<>(logits(active, x, noise.seed()));
  }

  private Operand<T> logits(
      List<Operand<T>> active, Operand<T> x, @Nullable Operand<TInt64> dropoutSeed) {
    List<Operand<T>> hiddens = new ArrayList<>();
    Operand<T> hidden = first(active, x);
    for (int layer = 0; layer < space.layers(); layer++) {
      hidden =
          space.isOptional(layer)
              ? optional(active, layer, hidden, dropoutSeed)
              : applied(active.subList(2 * layer, 2 * layer + 2), layer, hidden, dropoutSeed);
      if (space.skips()) {
        hidden = addSkips(layer, hidden, hiddens);
      }
      hiddens.add(hidden);
    }
    int last = 2 * space.layers();
    return tf.nn.biasAdd(product(hidden, active.get(last)), active.get(last + 1));
  }

  /** The inputs of the first layer. */
  private Operand<T> first(List<Operand<T>> active, Operand<T> x) {
    CodedInputs coded = new CodedInputs(tf, precision, input);
    if (!isEmbedded()) {
      return coded.indicators(x);
    }
    List<Operand<T>> tables = active.subList(2 * (space.layers() + 1), active.size());
    return coded.embedded(
        x,
        architecture.gates().isEmpty()
            ? tables
            : tables.stream().<Operand<T>>map(this::gatedTable).toList());
  }

  private Operand<T> gatedTable(Operand<T> table) {
    return tf.math.mul(table, architecture.gates().get(space.embeddingColumn()));
  }

  /** What a layer makes of its input, or the input if the layer is left out. */
  private Operand<T> optional(
      List<Operand<T>> active, int layer, Operand<T> input, @Nullable Operand<TInt64> seed) {
    List<Operand<T>> own = active.subList(2 * layer, 2 * layer + 2);
    Operand<T> output =
        branch(
            there(layer),
            input,
            List.of(
                tf::identity,
                x ->
                    applied(
                        own.stream().map(weight -> in(layer, weight)).toList(), layer, x, seed)));
    return architecture.gates().isEmpty()
        ? output
        : tf.math.mul(output, architecture.gates().get(space.column(layer) - 1));
  }

  private Operand<T> applied(
      List<Operand<T>> weights, int layer, Operand<T> input, @Nullable Operand<TInt64> seed) {
    int first = space.column(layer);
    Operand<T> sum = tf.nn.biasAdd(product(input, weights.get(0)), weights.get(1));
    Operand<T> hidden = activate(architecture.choices().get(first + 1), sum);
    if (seed != null) {
      hidden = dropout(layer, hidden, seed);
    }
    if (!architecture.gates().isEmpty()) {
      // Width, activation and dropout rate together made this output.
      for (Operand<T> gate : architecture.gates().subList(first, first + 3)) {
        hidden = tf.math.mul(hidden, in(layer, gate));
      }
    }
    return hidden;
  }

  /** A tensor as a layer sees it; its derivative is 0 where the layer is left out. */
  private Operand<T> in(int layer, Operand<T> tensor) {
    return space.isOptional(layer) ? LazyBranches.enter(tf, there(layer), 2, 1, tensor) : tensor;
  }

  /** 1 if an optional layer is there, otherwise 0. */
  private Operand<TInt32> there(int layer) {
    return architecture.choices().get(space.column(layer) - 1);
  }

  @Override
  public int evaluationRows() {
    return EVALUATION_ROWS;
  }

  @Override
  public List<Operand<T>> gates() {
    return architecture.gates();
  }

  private Operand<T> product(Operand<T> left, Operand<T> right) {
    return Products.of(tf, left, right, precision);
  }

  private Operand<T> activate(Operand<TInt32> choice, Operand<T> sum) {
    List<Function<Operand<T>, Operand<T>>> branches = new ArrayList<>();
    for (Activation activation : space.activations()) {
      branches.add(x -> Activations.apply(tf, activation, x));
    }
    return branch(choice, sum, branches);
  }

  private Operand<T> dropout(int layer, Operand<T> hidden, Operand<TInt64> seed) {
    if (space.dropouts().stream().allMatch(rate -> rate == 0)) {
      return hidden;
    }
    Operand<T> rate = rates.get(layer);
    Operand<TBool> on = host.math.greater(rate, host.zerosLike(rate));
    Operand<TInt64> own = tf.math.add(seed, tf.constant(new long[] {0, (layer + 1L) << 40}));
    return branch(
        host.dtypes.cast(on, TInt32.class),
        hidden,
        List.of(tf::identity, x -> Dropout.apply(tf, x, rate, own)));
  }

  private Operand<T> addSkips(int layer, Operand<T> hidden, List<Operand<T>> hiddens) {
    Operand<TInt32> width = units.get(layer);
    Operand<T> sum = hidden;
    for (int earlier = 0; earlier < layer; earlier++) {
      int column = space.column(layer) + 3 + earlier;
      Operand<TInt32> bit = architecture.choices().get(column);
      Operand<T> source = LazyBranches.enter(tf, bit, 2, 1, hiddens.get(earlier));
      sum =
          branch(
              bit,
              sum,
              List.of(
                  tf::identity,
                  x -> tf.math.add(x, gated(column, bit, Shortcut.fit(tf, source, width)))));
    }
    return sum;
  }

  /** What a chosen shortcut adds, through its gate if there is one. */
  private Operand<T> gated(int column, Operand<TInt32> bit, Operand<T> added) {
    return architecture.gates().isEmpty()
        ? added
        : tf.math.mul(added, LazyBranches.enter(tf, bit, 2, 1, architecture.gates().get(column)));
  }

  private Operand<T> branch(
      Operand<TInt32> choice, Operand<T> input, List<Function<Operand<T>, Operand<T>>> branches) {
    if (branches.size() == 1) {
      return branches.get(0).apply(input);
    }
    return LazyBranches.select(tf, choice, input, branches);
  }

  private Operand<TInt32> rows(int index) {
    if (isEmbedding(index)) {
      return host.constant(input.vocabularies().get(index - 2 * (space.layers() + 1)));
    }
    return index % 2 == 0 ? used(index / 2, inputs(index / 2)) : tf.constant(1);
  }

  private Operand<TInt32> columns(int index) {
    if (isEmbedding(index)) {
      return embedding;
    }
    int layer = index / 2;
    return layer < space.layers() ? used(layer, units.get(layer)) : host.constant(outputs);
  }

  /** A size of a layer's weights: 0 if it is left out. */
  private Operand<TInt32> used(int layer, Operand<TInt32> size) {
    return space.isOptional(layer) && layer < space.layers()
        ? host.math.mul(there(layer), size)
        : size;
  }

  /** The inputs, and where the activation does not rectify the outputs as well. */
  private Operand<TInt32> connections(int layer) {
    if (layer == space.layers()) {
      return host.math.add(inputs(layer), host.constant(outputs));
    }
    int[] smooth =
        space.activations().stream()
            .mapToInt(activation -> Activations.isRectifying(activation) ? 0 : 1)
            .toArray();
    Operand<TInt32> counted =
        host.gather(
            host.constant(smooth),
            architecture.choices().get(space.column(layer) + 1),
            host.constant(0));
    return host.math.add(inputs(layer), host.math.mul(counted, units.get(layer)));
  }

  private Operand<TInt32> inputs(int layer) {
    if (layer > 0) {
      return units.get(layer - 1);
    }
    return isEmbedded()
        ? host.math.add(
            host.constant(input.numbers()),
            host.math.mul(embedding, host.constant(input.vocabularies().size())))
        : host.constant(space.largest().width(input));
  }
}
