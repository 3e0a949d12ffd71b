package io.tandem.graph.gradient.op;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.AttrValue;

/**
 * How a convolution or a mean pooling moves over its input: strides, padding, dilations, layout
 * and, for pooling, the size of the window. The derivatives of an operation have the window of the
 * operation.
 */
record Window(Map<String, AttrValue> attributes) {
  private static final List<String> POOLING = List.of("ksize", "strides", "padding", "data_format");
  private static final List<String> CONVOLUTION =
      List.of("strides", "padding", "explicit_paddings", "data_format", "dilations");

  /** The window of a convolution, a pooling or one of their derivatives. */
  static Window of(GraphOperation operation) {
    Map<String, AttrValue> attributes = new LinkedHashMap<>();
    for (String name : names(operation.type())) {
      attributes.put(name, operation.attributes().getAttrValueProto(name));
    }
    return new Window(Map.copyOf(attributes));
  }

  /** Adds an operation of another type with this window. */
  Output<?> apply(Ops tf, String type, Operand<?>... inputs) {
    OperationBuilder builder = tf.scope().opBuilder(type, type);
    for (Operand<?> input : inputs) {
      builder.addInput(input.asOutput());
    }
    attributes.forEach(builder::setAttr);
    return builder.build().output(0);
  }

  private static List<String> names(String type) {
    return type.contains("Pool") ? POOLING : CONVOLUTION;
  }
}
