package io.tandem.graph.gradient;

import io.tandem.graph.gradient.op.PoolingWindow;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;

/**
 * Why an operation cannot be differentiated as it stands: it has no gradient, or TensorFlow's own
 * gradient, which cannot be replaced, is wrong for its attributes or leaves out an input.
 */
final class GradientLimits {
  static final String NONE = "there is no gradient";

  private static final Set<String> LIMITED =
      Set.of(
          "Conv2D",
          "MaxPool",
          "MaxPoolV2",
          "MaxPoolGradV2",
          "LogSoftmax",
          "SoftmaxCrossEntropyWithLogits",
          "FusedBatchNormV3",
          "ResourceGather");

  private GradientLimits() {}

  /**
   * What stands against following a tensor into an operation.
   *
   * @param operation the operation
   * @param type its type
   * @param entry the tensor
   */
  static Optional<String> reason(GraphOperation operation, String type, Output<?> entry) {
    if (!GradientRegistry.differentiable(type)) {
      return Optional.of(NONE);
    }
    if (!LIMITED.contains(type)) {
      return Optional.empty();
    }
    return switch (type) {
      case "FusedBatchNormV3" ->
          when(
              !operation.attributes().getAttrBool("is_training")
                  && (entry.equals(operation.input(3)) || entry.equals(operation.input(4))),
              "the gradient leaves out the given mean and variance");
      case "MaxPoolGradV2" ->
          when(
              !PoolingWindow.isKnown(operation), "size and strides of the window are no constants");
      case "LogSoftmax" ->
          when(
              operation.input(0).shape().numDimensions() != 2
                  && operation.input(0).shape().numDimensions() != Shape.UNKNOWN_SIZE,
              "the gradient is right for two axes only");
      case "SoftmaxCrossEntropyWithLogits" ->
          when(
                  operation.input(0).dataType() != DataType.DT_FLOAT,
                  "the gradient is for float32 only")
              .or(
                  () ->
                      when(
                          entry.equals(operation.input(1)) && operation.numConsumers(1) > 0,
                          "the gradient leaves out second derivatives by the labels"));
      case "ResourceGather" ->
          when(
              operation.attributes().getAttrInt("batch_dims") != 0,
              "the gradient leaves out batch_dims");
      default ->
          when(
                  operation.attributes().getAttrString("padding").equals("EXPLICIT"),
                  "the gradient leaves out explicit padding")
              .or(
                  () ->
                      when(
                          type.equals("Conv2D")
                              && Arrays.stream(operation.attributes().getAttrIntList("dilations"))
                                  .anyMatch(dilation -> dilation != 1),
                          "the gradient leaves out dilations"));
    };
  }

  /**
   * Whether a derivative by this output of an operation would be dropped: the batch statistics that
   * batch normalisation returns beside its result.
   */
  static boolean dropped(String type, int output) {
    return type.equals("FusedBatchNormV3") && (output == 1 || output == 2);
  }

  private static Optional<String> when(boolean limited, String reason) {
    return limited ? Optional.of(reason) : Optional.empty();
  }
}
