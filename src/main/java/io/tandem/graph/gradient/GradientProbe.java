package io.tandem.graph.gradient;

import io.tandem.graph.gradient.op.NoGradient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Output;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * Finds out how often an operation can be differentiated, by differentiating a copy of it, with the
 * same attributes, alone in a graph.
 */
public final class GradientProbe {
  private GradientProbe() {}

  /**
   * Whether derivatives have to do with an operation: it makes real numbers from real numbers,
   * changes no variable, is not constant almost everywhere, and is not there for its whole numbers
   * alone.
   */
  public static boolean needsGradient(GraphOperation operation) {
    return !DifferentiablePaths.isConstant(operation.type())
        && !real(inputs(operation)).isEmpty()
        && outputs(operation).stream()
            .noneMatch(output -> DifferentiablePaths.isReference(output.dataType()))
        && !real(outputs(operation)).isEmpty()
        && (operation.numOutputs() == 1
            || real(outputs(operation)).stream().anyMatch(output -> consumed(operation, output))
            || outputs(operation).stream().noneMatch(output -> consumed(operation, output)));
  }

  private static boolean consumed(GraphOperation operation, Output<?> output) {
    return operation.numConsumers(output.index()) > 0;
  }

  /**
   * How often an operation can be differentiated.
   *
   * @param operation the operation
   * @param definition its definition in its graph
   */
  public static GradientCoverage of(GraphOperation operation, NodeDef definition) {
    if (!needsGradient(operation)) {
      return GradientCoverage.NOT_NEEDED;
    }
    if (!GradientRegistry.differentiable(operation.type())) {
      return GradientCoverage.NONE;
    }
    try (Graph graph = new Graph()) {
      List<Output<?>> inputs = copy(graph, operation, definition);
      return differentiate(graph, real(outputs(graph.operationOrThrow("probe"))), real(inputs));
    }
  }

  private static GradientCoverage differentiate(
      Graph graph, List<Output<?>> values, List<Output<?>> inputs) {
    Ops tf = Ops.create(graph);
    List<Output<?>> seeds = new ArrayList<>();
    values.forEach(
        value ->
            seeds.add(tf.placeholder(value.type(), Placeholder.shape(value.shape())).asOutput()));
    Set<GraphOperation> probed = Set.of(graph.operationOrThrow("probe"));
    if (DifferentiablePaths.obstacle(inputs, probed).isPresent()) {
      return GradientCoverage.NONE;
    }
    Output<?>[] derivatives;
    try {
      derivatives =
          graph.addGradients(
              "derivative",
              values.toArray(new Output<?>[0]),
              inputs.toArray(new Output<?>[0]),
              seeds.toArray(new Output<?>[0]));
    } catch (TensorFlowException refused) {
      return GradientCoverage.NONE;
    }
    Set<GraphOperation> computed = new HashSet<>();
    for (Output<?> derivative : derivatives) {
      if (!NoGradient.is(derivative)) {
        computed.add(graph.operationOrThrow(derivative.op().name()));
      }
    }
    List<Output<?>> all = new ArrayList<>(inputs);
    all.addAll(seeds);
    return DifferentiablePaths.obstacle(all, computed).isPresent()
        ? GradientCoverage.FIRST
        : GradientCoverage.SECOND;
  }

  // The copy is called probe and reads placeholders in0, in1, ...
  private static List<Output<?>> copy(Graph graph, GraphOperation operation, NodeDef definition) {
    GraphDef.Builder alone = GraphDef.newBuilder();
    NodeDef.Builder probe = definition.toBuilder().setName("probe").clearInput().clearDevice();
    for (int index = 0; index < operation.numInputs(); index++) {
      Output<?> input = operation.input(index);
      alone.addNode(
          isWholeConstant(input)
              ? constant("in" + index, input)
              : placeholder(
                  "in" + index, DifferentiablePaths.value(input.dataType()), input.shape()));
      probe.addInput("in" + index);
    }
    graph.importGraphDef(alone.addNode(probe).build());
    List<Output<?>> inputs = new ArrayList<>();
    for (int index = 0; index < operation.numInputs(); index++) {
      inputs.add(graph.operationOrThrow("in" + index).output(0));
    }
    return inputs;
  }

  /** Whether an input is known when the graph is built: some gradients read sizes from it. */
  private static boolean isWholeConstant(Output<?> input) {
    return input.op().type().equals("Const") && input.dataType() == DataType.DT_INT32;
  }

  private static NodeDef constant(String name, Output<?> input) {
    TensorProto.Builder copy = TensorProto.newBuilder().setDtype(DataType.DT_INT32);
    TensorShapeProto.Builder sizes = copy.getTensorShapeBuilder();
    GraphOperation operation = (GraphOperation) input.op();
    try (Tensor value = operation.attributes().getAttrTensor("value")) {
      for (long size : value.shape().asArray()) {
        sizes.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
      }
      int[] numbers = new int[(int) value.size()];
      value.asRawTensor().data().asInts().read(numbers);
      Arrays.stream(numbers).forEach(copy::addIntVal);
    }
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Const")
        .putAttr("dtype", AttrValue.newBuilder().setType(DataType.DT_INT32).build())
        .putAttr("value", AttrValue.newBuilder().setTensor(copy).build())
        .build();
  }

  private static NodeDef placeholder(String name, DataType type, Shape shape) {
    TensorShapeProto.Builder sizes = TensorShapeProto.newBuilder();
    sizes.setUnknownRank(shape.isUnknown());
    for (int axis = 0; axis < shape.numDimensions(); axis++) {
      sizes.addDim(TensorShapeProto.Dim.newBuilder().setSize(shape.get(axis)));
    }
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Placeholder")
        .putAttr("dtype", AttrValue.newBuilder().setType(type).build())
        .putAttr("shape", AttrValue.newBuilder().setShape(sizes).build())
        .build();
  }

  private static List<Output<?>> inputs(GraphOperation operation) {
    List<Output<?>> inputs = new ArrayList<>();
    for (int index = 0; index < operation.numInputs(); index++) {
      inputs.add(operation.input(index));
    }
    return inputs;
  }

  private static List<Output<?>> outputs(GraphOperation operation) {
    List<Output<?>> outputs = new ArrayList<>();
    for (int index = 0; index < operation.numOutputs(); index++) {
      outputs.add(operation.output(index));
    }
    return outputs;
  }

  private static List<Output<?>> real(List<Output<?>> tensors) {
    return tensors.stream()
        .filter(tensor -> DifferentiablePaths.isReal(tensor.dataType()))
        .toList();
  }
}
