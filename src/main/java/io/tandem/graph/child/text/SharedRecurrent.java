package io.tandem.graph.child.text;

import io.tandem.graph.child.ArchitectureTensors;
import io.tandem.graph.child.Part;
import io.tandem.graph.child.Parts;
import io.tandem.graph.child.SharedSegments;
import io.tandem.graph.child.SharedVector;
import io.tandem.graph.child.SharedVectors;
import io.tandem.graph.core.Constants;
import io.tandem.graph.core.ManyInputs;
import io.tandem.graph.core.Precision;
import io.tandem.graph.core.Products;
import io.tandem.graph.core.Scalars;
import io.tandem.graph.gradient.LazyBranches;
import io.tandem.graph.session.Placement;
import io.tandem.space.RecurrentSpace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * The language models of all recurrent cells of a space on one set of weights (Pham et al. 2018,
 * section 2.1).
 *
 * <p>Its weights are flat vectors: one that all cells use (embedding, bias of the last layer, node
 * 0), and for every other node one with the matrices for each earlier node one after another, of
 * which a cell uses a segment, cut out once for all time steps. Only the chosen activations run,
 * forward, backward and in second derivatives.
 *
 * @param <T> type of reals
 */
public final class SharedRecurrent<T extends TNumber> extends SharedVectors<T> {
  private final Ops tf;
  private final Precision precision;
  private final RecurrentSpace space;
  private final LanguageShape shape;
  private final ArchitectureTensors<T> architecture;
  private final List<Operand<T>> shares;

  /**
   * Creates the variables, uninitialised until {@link #initialValues} are assigned.
   *
   * @param tf graph scope
   * @param precision number format of the products
   * @param type float32 or float64
   * @param space the cells
   * @param architecture the chosen one
   * @param shape sizes
   */
  public SharedRecurrent(
      Ops tf,
      Precision precision,
      Class<T> type,
      RecurrentSpace space,
      ArchitectureTensors<T> architecture,
      LanguageShape shape) {
    super(tf, type, architecture, vectors(tf, space, architecture.choices(), shape));
    this.tf = tf;
    this.precision = precision;
    this.space = space;
    this.shape = shape;
    this.architecture = architecture;
    shares = shares(type);
  }

  private static List<SharedVector> vectors(
      Ops tf, RecurrentSpace space, List<Operand<TInt32>> choices, LanguageShape shape) {
    List<SharedVector> vectors = new ArrayList<>();
    Parts common = RecurrentParts.common(shape);
    vectors.add(new SharedVector(SharedSegments.whole(tf, common.size()), common));
    Part kernel = RecurrentParts.node(shape).list().get(0);
    for (int node = 1; node <= space.nodes(); node++) {
      Operand<TInt32> source = choices.get(space.column(node));
      vectors.add(
          new SharedVector(
              SharedSegments.oneOf(tf, Collections.nCopies(node, kernel.size()), source),
              new Parts(Collections.nCopies(node, kernel))));
    }
    return vectors;
  }

  /** Sizes. */
  public LanguageShape shape() {
    return shape;
  }

  private Operand<TInt32> source(int node) {
    return architecture.choices().get(space.column(node));
  }

  /** What every node contributes to the mean that is the cell's output; none where all the same. */
  private List<Operand<T>> shares(Class<T> type) {
    if (!space.looseEnds()) {
      return Collections.nCopies(space.nodes(), Scalars.of(tf, 1.0 / space.nodes(), type));
    }
    Ops host = Placement.host(tf);
    List<Operand<T>> loose = new ArrayList<>();
    for (int node = 1; node < space.nodes(); node++) {
      List<Operand<TInt32>> later = new ArrayList<>();
      for (int reader = node + 1; reader <= space.nodes(); reader++) {
        later.add(source(reader));
      }
      loose.add(
          host.dtypes.cast(
              host.reduceAll(
                  host.math.notEqual(host.stack(later), host.constant(node)), host.constant(0)),
              type));
    }
    loose.add(Scalars.of(host, 1, type));
    Operand<T> count = ManyInputs.sum(host, loose);
    return loose.stream().<Operand<T>>map(share -> host.math.div(share, count)).toList();
  }

  /**
   * Adds the model over a window.
   *
   * @param active its weights, as cut out by {@link #corners} or moved by an inner loop
   * @param words numbers of the words {@code [batch, length]}
   * @param state output of the cell before the first word, {@code [batch, hidden]}
   * @param noise what disturbs the training; null as the model predicts
   */
  public WindowOutput<T> window(
      List<Operand<T>> active,
      Operand<TInt32> words,
      Operand<T> state,
      @Nullable WindowNoise<T> noise) {
    Constants constants = new Constants(tf);
    Iterator<Operand<T>> common =
        RecurrentParts.common(shape).cut(tf, constants, active.get(0)).iterator();
    LanguageWindow.Around<T> around =
        new LanguageWindow.Around<>(
            common.next(), common.next(), common.next(), 2 * shape.hidden());
    List<List<Operand<T>>> kernels = new ArrayList<>();
    kernels.add(ManyInputs.spread(tf, common.next(), shape.length()));
    for (int node = 1; node <= space.nodes(); node++) {
      Operand<T> kernel = RecurrentParts.node(shape).cut(tf, constants, active.get(node)).get(0);
      kernels.add(ManyInputs.spread(tf, kernel, shape.length()));
    }
    List<List<Operand<T>>> gates = gatesByTime();
    return new LanguageWindow<T>(tf, shape, space.regularisation(), precision, noise)
        .run(
            around,
            (time, input, before, seen) ->
                step(
                    kernels.stream().map(copies -> copies.get(time)).toList(),
                    gates.stream().map(copies -> copies.get(time)).toList(),
                    input,
                    before,
                    seen),
            new WindowInput<>(words, state));
  }

  /** For every node the product of its two gates, once for each time step; empty without gates. */
  private List<List<Operand<T>>> gatesByTime() {
    List<List<Operand<T>>> all = new ArrayList<>();
    for (int node = 1; !gates().isEmpty() && node <= space.nodes(); node++) {
      int column = space.column(node);
      Operand<T> both = tf.math.mul(gates().get(column), gates().get(column + 1));
      all.add(ManyInputs.spread(tf, both, shape.length()));
    }
    return all;
  }

  private Operand<T> step(
      List<Operand<T>> kernels,
      List<Operand<T>> gates,
      Operand<T> input,
      Operand<T> before,
      Operand<T> seen) {
    Operand<T> first = tf.math.add(input, Products.of(tf, seen, kernels.get(0), precision));
    List<Operand<T>> made = new ArrayList<>();
    made.add(
        Highway.apply(tf, first, before, x -> CellActivations.apply(tf, RecurrentSpace.FIRST, x)));
    for (int node = 1; node <= space.nodes(); node++) {
      Operand<T> read = read(node, made);
      Operand<T> products = Products.of(tf, read, kernels.get(node), precision);
      Operand<TInt32> activation = architecture.choices().get(space.column(node) + 1);
      Operand<T> output = Highway.apply(tf, products, read, x -> activate(activation, x));
      made.add(gates.isEmpty() ? output : tf.math.mul(output, gates.get(node - 1)));
    }
    List<Operand<T>> terms = new ArrayList<>();
    for (int node = 1; node <= space.nodes(); node++) {
      terms.add(tf.math.mul(made.get(node), shares.get(node - 1)));
    }
    return ManyInputs.sum(tf, terms);
  }

  /** The output of the chosen source; all of them come out of the choice for later nodes. */
  private Operand<T> read(int node, List<Operand<T>> made) {
    if (node == 1) {
      return made.get(0);
    }
    LazyBranches.Chosen<T> chosen = LazyBranches.choose(tf, source(node), made);
    for (int earlier = 0; earlier < node; earlier++) {
      made.set(earlier, chosen.all().get(earlier));
    }
    return chosen.chosen();
  }

  private Operand<T> activate(Operand<TInt32> index, Operand<T> x) {
    List<Function<Operand<T>, Operand<T>>> branches = new ArrayList<>();
    space
        .activations()
        .forEach(activation -> branches.add(data -> CellActivations.apply(tf, activation, data)));
    return branches.size() == 1
        ? branches.get(0).apply(x)
        : LazyBranches.select(tf, index, x, branches);
  }
}
