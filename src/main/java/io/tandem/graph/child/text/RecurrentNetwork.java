package io.tandem.graph.child.text;

import io.tandem.graph.child.Parts;
import io.tandem.graph.core.ManyInputs;
import io.tandem.graph.core.Precision;
import io.tandem.graph.core.Products;
import io.tandem.graph.core.Scalars;
import io.tandem.space.LanguageRegularisation;
import io.tandem.space.RecurrentArchitecture;
import io.tandem.space.RecurrentArchitecture.Node;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * The language model of one recurrent cell (Pham et al. 2018, section 2.1). Its weights are the
 * embedding, the bias of the last layer, what node 0 makes of a word and of the state, and the
 * matrices of every other node.
 *
 * @param architecture the cell
 * @param looseEnds whether the cell's output is the mean of the nodes that no node reads, instead
 *     of that of all but node 0
 * @param shape sizes
 * @param regularisation what only disturbs or steadies the training
 */
public record RecurrentNetwork(
    RecurrentArchitecture architecture,
    boolean looseEnds,
    LanguageShape shape,
    LanguageRegularisation regularisation)
    implements LanguageNetwork {
  @Override
  public RecurrentNetwork over(int length) {
    return new RecurrentNetwork(
        architecture,
        looseEnds,
        new LanguageShape(shape.vocabulary(), shape.hidden(), length),
        regularisation);
  }

  @Override
  public Parts parts() {
    Parts parts = RecurrentParts.common(shape);
    for (int node = 1; node <= architecture.nodes().size(); node++) {
      parts = parts.and(RecurrentParts.node(shape).under("node" + node));
    }
    return parts;
  }

  @Override
  public <T extends TNumber> WindowOutput<T> window(
      Ops tf,
      List<Operand<T>> weights,
      WindowInput<T> input,
      @Nullable WindowNoise<T> noise,
      Precision precision) {
    Iterator<Operand<T>> next = weights.iterator();
    LanguageWindow.Around<T> around =
        new LanguageWindow.Around<>(next.next(), next.next(), next.next(), 2 * shape.hidden());
    List<List<Operand<T>>> kernels = new ArrayList<>();
    while (next.hasNext()) {
      kernels.add(ManyInputs.spread(tf, next.next(), shape.length()));
    }
    return new LanguageWindow<T>(tf, shape, regularisation, precision, noise)
        .run(
            around,
            (time, word, before, seen) ->
                step(
                    tf,
                    kernels.stream().map(copies -> copies.get(time)).toList(),
                    word,
                    before,
                    seen,
                    precision),
            input);
  }

  private <T extends TNumber> Operand<T> step(
      Ops tf,
      List<Operand<T>> kernels,
      Operand<T> input,
      Operand<T> before,
      Operand<T> seen,
      Precision precision) {
    Operand<T> first = tf.math.add(input, Products.of(tf, seen, kernels.get(0), precision));
    List<Iterator<Operand<T>>> made = new ArrayList<>();
    made.add(
        copies(
            tf,
            0,
            Highway.apply(
                tf, first, before, x -> CellActivations.apply(tf, architecture.first(), x))));
    for (int node = 1; node <= architecture.nodes().size(); node++) {
      Node chosen = architecture.nodes().get(node - 1);
      Operand<T> read = made.get(chosen.source()).next();
      Operand<T> products = Products.of(tf, read, kernels.get(node), precision);
      made.add(
          copies(
              tf,
              node,
              Highway.apply(
                  tf, products, read, x -> CellActivations.apply(tf, chosen.activation(), x))));
    }
    List<Operand<T>> outputs =
        architecture.outputs(looseEnds).stream().map(node -> made.get(node).next()).toList();
    Operand<T> share = Scalars.of(tf, 1.0 / outputs.size(), input.type());
    return tf.math.mul(ManyInputs.sum(tf, outputs), share);
  }

  /** A node's output for every node that reads it and for the cell's output. */
  private <T extends TNumber> Iterator<Operand<T>> copies(Ops tf, int node, Operand<T> output) {
    long readers = architecture.nodes().stream().filter(other -> other.source() == node).count();
    return ManyInputs.spread(tf, output, (int) readers + 1).stream()
        .<Operand<T>>map(tf::identity)
        .iterator();
  }
}
