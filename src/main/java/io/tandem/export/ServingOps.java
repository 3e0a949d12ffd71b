package io.tandem.export;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * The op types that exported models are made of. All of them are in every TensorFlow Serving from
 * 2.18 on; the file ops only save and restore the variables.
 */
public final class ServingOps {
  private static final Set<String> ALLOWED =
      Set.of(
          "Add",
          "AddN",
          "AddV2",
          "Any",
          "ArgMax",
          "Assign",
          "AvgPool",
          "BiasAdd",
          "Cast",
          "ConcatV2",
          "Const",
          "Conv2D",
          "DecodeJpeg",
          "DecodePng",
          "DecodeRaw",
          "DepthwiseConv2dNative",
          "Div",
          "EnsureShape",
          "Equal",
          "Exp",
          "ExpandDims",
          "Fill",
          "FloorDiv",
          "GatherV2",
          "Greater",
          "GreaterEqual",
          "Identity",
          "IsNan",
          "Less",
          "LessEqual",
          "Log",
          "LogSoftmax",
          "LogicalAnd",
          "LogicalOr",
          "MapDefun",
          "MatMul",
          "Max",
          "MaxPool",
          "MaxPoolV2",
          "Maximum",
          "Mean",
          "Minimum",
          "Mul",
          "Neg",
          "NoOp",
          "OneHot",
          "Pack",
          "PadV2",
          "ParseExampleV2",
          "Placeholder",
          "RegexFullMatch",
          "RegexReplace",
          "Relu",
          "Reshape",
          "ResizeBilinear",
          "RestoreV2",
          "ReverseV2",
          "Rint",
          "Rsqrt",
          "SaveV2",
          "ScaleAndTranslate",
          "SelectV2",
          "Shape",
          "Sigmoid",
          "Size",
          "Slice",
          "Softmax",
          "SparseSoftmaxCrossEntropyWithLogits",
          "SparseToDense",
          "Split",
          "SplitV",
          "Squeeze",
          "StatelessIf",
          "StatelessWhile",
          "StopGradient",
          "StringSplitV2",
          "StringToHashBucketFast",
          "StringToNumber",
          "Sub",
          "Substr",
          "Sum",
          "Tanh",
          "Tile",
          "Transpose",
          "UniqueV2",
          "VariableV2",
          "Where",
          "ZerosLike");

  private ServingOps() {}

  /** The op types that a model may have. */
  static Set<String> allowed() {
    return ALLOWED;
  }

  /** The op types of a model that no exported model has, in alphabetical order. */
  public static List<String> unexpected(MetaGraphDef model) {
    Set<String> found = new TreeSet<>();
    add(found, model.getGraphDef().getNodeList());
    for (FunctionDef function : model.getGraphDef().getLibrary().getFunctionList()) {
      add(found, function.getNodeDefList());
    }
    found.removeAll(ALLOWED);
    return List.copyOf(found);
  }

  private static void add(Set<String> found, List<NodeDef> nodes) {
    nodes.forEach(node -> found.add(node.getOp()));
  }
}
