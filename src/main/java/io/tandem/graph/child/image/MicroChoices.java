package io.tandem.graph.child.image;

import io.tandem.graph.session.Placement;
import io.tandem.space.MicroArchitecture;
import io.tandem.space.MicroSpace;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/**
 * What was chosen for the cells of one kind, as scalars that choose branches at run time.
 *
 * @param blocks from the cell's inputs on
 */
record MicroChoices(List<Block> blocks) {
  /** Copies the list. */
  MicroChoices {
    blocks = List.copyOf(blocks);
  }

  /**
   * What was chosen for a block.
   *
   * @param values its two values
   * @param loose 1 if no block reads it, else 0
   */
  record Block(List<Value> values, Operand<TInt32> loose) {}

  /**
   * What was chosen for a value.
   *
   * @param column number of the source among the integers of the architecture; that of the
   *     operation follows
   * @param source the source
   * @param operation number of the operation among those of the space
   */
  record Value(int column, Operand<TInt32> source, Operand<TInt32> operation) {}

  /**
   * Reads them off an architecture.
   *
   * @param tf where nodes are added
   * @param space the networks
   * @param choices the integers that record the chosen one
   * @param reduction whether of the reduction cell
   */
  static MicroChoices of(
      Ops tf, MicroSpace space, List<Operand<TInt32>> choices, boolean reduction) {
    List<List<Value>> values = new ArrayList<>();
    for (int block = 0; block < space.blocks(); block++) {
      List<Value> both = new ArrayList<>();
      for (int side = 0; side < 2; side++) {
        int column = space.column(reduction, block, side);
        both.add(new Value(column, choices.get(column), choices.get(column + 1)));
      }
      values.add(both);
    }
    List<Block> blocks = new ArrayList<>();
    for (int block = 0; block < space.blocks(); block++) {
      List<Operand<TInt32>> later =
          values.subList(block + 1, space.blocks()).stream()
              .flatMap(both -> both.stream().map(Value::source))
              .toList();
      blocks.add(new Block(values.get(block), loose(Placement.host(tf), block, later)));
    }
    return new MicroChoices(blocks);
  }

  private static Operand<TInt32> loose(Ops host, int block, List<Operand<TInt32>> later) {
    if (later.isEmpty()) {
      return host.constant(1);
    }
    Operand<TInt32> self = host.constant(MicroArchitecture.INPUTS + block);
    return host.dtypes.cast(
        host.reduceAll(host.math.notEqual(host.stack(later), self), host.constant(0)),
        TInt32.class);
  }
}
