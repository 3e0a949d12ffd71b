package io.tandem.graph.child.image;

import io.tandem.graph.child.Part;
import io.tandem.graph.child.Parts;
import java.util.Iterator;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * A second head amid a network of cells, which helps to train it and is then left out (Szegedy et
 * al. 2015, section 5; in this form Pham et al. 2018, published code): rectification, mean of 5 x 5
 * windows of stride 3, 1 x 1 convolution to 128 channels, convolution by kernels as large as the
 * image that is left to 768 channels, mean over the pixels, linear output layer.
 *
 * @param input what it is put on
 * @param outputs number of outputs
 */
record AuxiliaryHead(CellShape.Given input, int outputs) {
  private static final int WINDOW = 5;
  private static final int STRIDE = 3;
  private static final int NARROW = 128;
  private static final int WIDE = 768;

  /** The input whose cell comes behind the last reduction. */
  static int cell(List<CellShape> shapes) {
    int cell = shapes.size() - 1;
    while (!shapes.get(cell).reduces()) {
      cell--;
    }
    return cell + 1;
  }

  /**
   * That of a network.
   *
   * @param shapes its cells
   * @param outputs number of outputs
   */
  static AuxiliaryHead of(List<CellShape> shapes, int outputs) {
    CellShape cell = shapes.get(cell(shapes));
    return new AuxiliaryHead(new CellShape.Given(cell.filters(), cell.size()), outputs);
  }

  /** Its weights, in the order in which they are used. */
  Parts parts() {
    Part wide =
        Part.kernel(
            "wide/kernel", left(input.size().height()), left(input.size().width()), NARROW, WIDE);
    return new Parts(List.of(Part.kernel("narrow/kernel", 1, input.filters(), NARROW)))
        .and(ImageLayers.norm(NARROW).under("narrow"))
        .and(new Parts(List.of(wide)))
        .and(ImageLayers.norm(WIDE).under("wide"))
        .and(Head.parts(WIDE, outputs));
  }

  private static int window(int side) {
    return Math.min(WINDOW, side);
  }

  /** Pixels of a side that the windows leave. */
  private static int left(int side) {
    return Math.floorDiv(side - window(side), STRIDE) + 1;
  }

  /**
   * Adds it.
   *
   * @param layers what it is made of
   * @param weights of {@link #parts}, which it takes
   * @param x the output of its cell {@code [batch, height, width, channels]}
   * @return {@code [batch, outputs]}
   */
  <T extends TNumber> Operand<T> apply(
      ImageLayers<T> layers, Iterator<Operand<T>> weights, Operand<T> x) {
    Ops tf = layers.tf();
    List<Long> window =
        List.of(1L, (long) window(input.size().height()), (long) window(input.size().width()), 1L);
    List<Long> stride = List.of(1L, (long) STRIDE, (long) STRIDE, 1L);
    Operand<T> pooled = tf.nn.avgPool(tf.nn.relu(x), window, stride, "VALID");
    Operand<T> narrow = layers.mixed(pooled, weights);
    Operand<T> wide = layers.mixed(narrow, weights);
    return Head.apply(layers, weights, wide, 0, null);
  }
}
