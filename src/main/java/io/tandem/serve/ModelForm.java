package io.tandem.serve;

import io.tandem.data.Quote;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * The form of a graph, as far as TensorFlow believes in it: where it is wrong there, TensorFlow
 * ends the whole process instead of refusing the model.
 */
final class ModelForm {
  private static final Set<DataType> TYPES =
      EnumSet.of(
          DataType.DT_FLOAT,
          DataType.DT_DOUBLE,
          DataType.DT_INT32,
          DataType.DT_INT64,
          DataType.DT_UINT8,
          DataType.DT_BOOL,
          DataType.DT_STRING);
  private static final long MOST_ELEMENTS = 1L << 26;

  // Of one kind, of a node. An exported node has as many inputs as a network has layers.
  private static final long MOST_ENDS = 1 << 16;

  private ModelForm() {}

  /** What is wrong with a graph, as part of a sentence; empty if nothing is. */
  static Optional<String> damage(MetaGraphDef model) {
    Map<String, OpDef> ops = new HashMap<>();
    TensorFlow.registeredOpList().getOpList().forEach(op -> ops.put(op.getName(), op));
    return nodes(model)
        .filter(
            node ->
                (node.getOp().equals("Const") && !isWhole(node.getAttrMap()))
                    || !hasSensibleCounts(node, ops.get(node.getOp())))
        .map(node -> "its node " + Quote.quoted(node.getName()) + " cannot be")
        .findFirst();
  }

  /** TensorFlow takes memory for as many inputs and outputs as a node in a function promises. */
  private static boolean hasSensibleCounts(NodeDef node, @Nullable OpDef op) {
    if (op == null) {
      return true;
    }
    Set<String> counts = new HashSet<>();
    op.getInputArgList().forEach(input -> counts.add(input.getNumberAttr()));
    op.getOutputArgList().forEach(output -> counts.add(output.getNumberAttr()));
    for (OpDef.AttrDef attribute : op.getAttrList()) {
      AttrValue value = node.getAttrMap().get(attribute.getName());
      if (value != null
          && value.getValueCase() == AttrValue.ValueCase.I
          && ((attribute.getHasMinimum() && value.getI() < attribute.getMinimum())
              || (counts.contains(attribute.getName()) && value.getI() > MOST_ENDS))) {
        return false;
      }
    }
    return true;
  }

  /** Whether all its numbers are of kinds that exported models have. */
  static boolean hasOnlyKnownTypes(MetaGraphDef model) {
    return nodes(model)
        .flatMap(node -> node.getAttrMap().values().stream())
        .allMatch(ModelForm::isKnown);
  }

  private static Stream<NodeDef> nodes(MetaGraphDef model) {
    Stream<NodeDef> inFunctions =
        model.getGraphDef().getLibrary().getFunctionList().stream()
            .flatMap(function -> function.getNodeDefList().stream());
    return Stream.concat(model.getGraphDef().getNodeList().stream(), inFunctions);
  }

  private static boolean isWhole(Map<String, AttrValue> attributes) {
    AttrValue none = AttrValue.getDefaultInstance();
    TensorProto value = attributes.getOrDefault("value", none).getTensor();
    return value.getDtype() == attributes.getOrDefault("dtype", none).getType() && fits(value);
  }

  private static boolean isKnown(AttrValue value) {
    return (value.getValueCase() != AttrValue.ValueCase.TYPE || TYPES.contains(value.getType()))
        && TYPES.containsAll(value.getList().getTypeList());
  }

  /** Whether a tensor has a size, and one that is worth its memory. */
  private static boolean fits(TensorProto tensor) {
    TensorShapeProto shape = tensor.getTensorShape();
    long elements = 1;
    for (TensorShapeProto.Dim dimension : shape.getDimList()) {
      if (dimension.getSize() < 0 || dimension.getSize() > MOST_ELEMENTS) {
        return false;
      }
      elements *= dimension.getSize();
      if (elements > MOST_ELEMENTS) {
        return false;
      }
    }
    return !shape.getUnknownRank();
  }
}
