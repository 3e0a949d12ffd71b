package io.tandem.graph.child.image;

import io.tandem.graph.child.Parts;
import io.tandem.graph.gradient.LazyBranches;
import io.tandem.graph.session.Placement;
import io.tandem.space.CellOperation;
import io.tandem.space.MicroArchitecture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * The operation of a value of a block that is chosen when the graph runs: a branch per {@linkplain
 * BlockOperation#kind kind} of operation, and in reduction cells one that halves and one that does
 * not; an operation with the same weights either way chooses its stride within one branch.
 */
final class ChosenOperation {
  private final Ops tf;
  private final Operand<TInt32> branch;
  private final List<Branch> branches = new ArrayList<>();

  private record Branch(BlockOperation operation, Halving halving, ChosenParts parts) {}

  /**
   * Creates it, adding only what depends on nothing but the choice.
   *
   * @param tf where nodes are added
   * @param operations of the space
   * @param shape the cell
   * @param chosen what was chosen
   */
  ChosenOperation(
      Ops tf, List<CellOperation> operations, CellShape shape, MicroChoices.Value chosen) {
    this.tf = tf;
    Ops host = Placement.host(tf);
    Operand<TInt32> halves =
        host.dtypes.cast(
            host.math.less(chosen.source(), host.constant(MicroArchitecture.INPUTS)), TInt32.class);
    List<BlockOperation> named = operations.stream().map(BlockOperation::of).toList();
    int[][] numbers = new int[shape.reduces() ? 2 : 1][named.size()];
    for (Object kind : named.stream().map(BlockOperation::kind).distinct().toList()) {
      BlockOperation first =
          named.stream().filter(own -> own.kind().equals(kind)).findFirst().orElseThrow();
      Parts parts = first.parts(shape.filters(), false);
      boolean within = parts.size() > 0 && parts.equals(first.parts(shape.filters(), true));
      for (int halving = 0; halving < numbers.length; halving++) {
        if (halving == 0 || !within) {
          Halving known = Halving.of(halving == 1);
          branches.add(
              new Branch(
                  first,
                  within && shape.reduces() ? Halving.chosen(halves) : known,
                  parts(named, first, shape.filters(), halving == 1, chosen)));
        }
        for (int operation = 0; operation < named.size(); operation++) {
          if (named.get(operation).kind().equals(kind)) {
            numbers[halving][operation] = branches.size() - 1;
          }
        }
      }
    }
    Operand<TInt32> table =
        host.constant(
            numbers.length == 1 ? StdArrays.ndCopyOf(numbers[0]) : StdArrays.ndCopyOf(numbers));
    branch =
        shape.reduces()
            ? host.gatherNd(table, host.stack(List.of(halves, chosen.operation())))
            : host.gather(table, chosen.operation(), host.constant(0));
  }

  /** The weights in a branch by operation; those that have another branch do not matter. */
  private ChosenParts parts(
      List<BlockOperation> named,
      BlockOperation first,
      int filters,
      boolean halves,
      MicroChoices.Value chosen) {
    List<Parts> parts = new ArrayList<>();
    for (BlockOperation own : named) {
      parts.add((own.kind().equals(first.kind()) ? own : first).parts(filters, halves));
    }
    return new ChosenParts(tf, parts, chosen.operation());
  }

  /**
   * Adds the branches.
   *
   * @param layers what they are made of
   * @param segment the weights of the chosen operation; null if no operation has any
   * @param x {@code [batch, height, width, filters]}
   */
  <T extends TNumber> Operand<T> apply(
      ImageLayers<T> layers, @Nullable Operand<T> segment, Operand<T> x) {
    List<Operand<T>> entered =
        segment == null
            ? Collections.nCopies(branches.size(), x)
            : LazyBranches.enterAll(tf, branch, branches.size(), segment);
    List<Function<Operand<T>, Operand<T>>> bodies = new ArrayList<>();
    for (int index = 0; index < branches.size(); index++) {
      Branch chosen = branches.get(index);
      Operand<T> vector = entered.get(index);
      bodies.add(
          data ->
              chosen
                  .operation()
                  .apply(
                      layers,
                      chosen.parts().cut(layers, vector).iterator(),
                      data,
                      chosen.halving()));
    }
    return LazyBranches.select(tf, branch, x, bodies);
  }
}
