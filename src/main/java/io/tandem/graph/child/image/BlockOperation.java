package io.tandem.graph.child.image;

import io.tandem.graph.child.Parts;
import io.tandem.space.CellOperation;
import java.util.Iterator;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/** What a block of a cell does to one of its two inputs. */
interface BlockOperation {
  /**
   * Its weights, in the order in which they are used.
   *
   * @param filters input and output channels
   * @param halves whether height and width are halved
   */
  Parts parts(int filters, boolean halves);

  /**
   * Adds it.
   *
   * @param layers what it is made of
   * @param weights of {@link #parts}, which it takes
   * @param x {@code [batch, height, width, filters]}
   * @param halving whether height and width are halved
   * @return the same shape, or of the halved size
   */
  <T extends TNumber> Operand<T> apply(
      ImageLayers<T> layers, Iterator<Operand<T>> weights, Operand<T> x, Halving halving);

  /**
   * Operations of equal kind are the same nodes, which only get weights of other sizes. Where the
   * operation is chosen when the graph runs, they are one branch.
   */
  default Object kind() {
    return this;
  }

  /** The operation of a space's name for it. */
  static BlockOperation of(CellOperation operation) {
    return switch (operation) {
      case SEPARABLE_3X3, SEPARABLE_5X5 -> new TwiceSeparable(operation.size());
      case AVERAGE_POOL_3X3 -> new AveragePooling(operation.size());
      case MAX_POOL_3X3 -> new MaxPooling(operation.size());
      case IDENTITY -> new Identity();
    };
  }
}
