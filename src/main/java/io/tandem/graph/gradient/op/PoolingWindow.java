package io.tandem.graph.gradient.op;

import java.util.Arrays;
import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Output;
import org.tensorflow.Tensor;

/**
 * Size and strides of the window of a pooling's backward pass: attributes, or in the kinds called
 * {@code V2} the fourth and fifth input, which are known when the graph is built if they are
 * constants.
 */
public final class PoolingWindow {
  private static final int SIZE = 3;
  private static final int STRIDES = 4;

  private PoolingWindow() {}

  /** Size of the window by axis, in the layout of the operation. */
  static List<Long> size(GraphOperation operation) {
    return sizes(operation, "ksize", SIZE);
  }

  /** Strides by axis, in the layout of the operation. */
  static List<Long> strides(GraphOperation operation) {
    return sizes(operation, "strides", STRIDES);
  }

  /** Whether size and strides are known when the graph is built. */
  public static boolean isKnown(GraphOperation operation) {
    return !operation.type().endsWith("V2")
        || (isConstant(operation.input(SIZE)) && isConstant(operation.input(STRIDES)));
  }

  private static List<Long> sizes(GraphOperation operation, String attribute, int input) {
    if (!operation.type().endsWith("V2")) {
      return Arrays.stream(operation.attributes().getAttrIntList(attribute)).boxed().toList();
    }
    GraphOperation constant = (GraphOperation) operation.input(input).op();
    try (Tensor value = constant.attributes().getAttrTensor("value")) {
      int[] sizes = new int[(int) value.size()];
      value.asRawTensor().data().asInts().read(sizes);
      return Arrays.stream(sizes).asLongStream().boxed().toList();
    }
  }

  private static boolean isConstant(Output<?> tensor) {
    return tensor.op().type().equals("Const");
  }
}
