package io.tandem.serve;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Signature;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;

/** The names of classes and features as the graph of an exported model holds them. */
final class GraphNames {
  private static final String PARSE = "ParseExampleV2";

  // Among the inputs of that operation.
  private static final int KEYS = 3;

  private GraphNames() {}

  /**
   * The constant from which the model picks the name of the best class.
   *
   * @param graph a model
   * @return the names in the order of the probabilities; empty if the graph is of another form
   */
  static Optional<List<String>> classes(MetaGraphDef graph) {
    SignatureDef signature =
        graph.getSignatureDefOrDefault(Signature.DEFAULT_KEY, SignatureDef.getDefaultInstance());
    Map<String, NodeDef> nodes = nodes(graph);
    @Nullable NodeDef best =
        node(
            nodes,
            signature
                .getOutputsOrDefault(ClassPrediction.CLASS, TensorInfo.getDefaultInstance())
                .getName());
    if (best == null || !best.getOp().equals("GatherV2") || best.getInputCount() == 0) {
      return Optional.empty();
    }
    return constant(node(nodes, best.getInput(0)));
  }

  /**
   * The keys under which an example holds the features.
   *
   * @param graph a model
   * @return the names in the order of the features, or one for all of them; empty if the graph is
   *     of another form
   */
  static Optional<List<String>> features(MetaGraphDef graph) {
    Map<String, NodeDef> nodes = nodes(graph);
    return graph.getGraphDef().getNodeList().stream()
        .filter(node -> node.getOp().equals(PARSE) && node.getInputCount() > KEYS)
        .findFirst()
        .flatMap(node -> constant(node(nodes, node.getInput(KEYS))));
  }

  private static Map<String, NodeDef> nodes(MetaGraphDef graph) {
    return graph.getGraphDef().getNodeList().stream()
        .collect(Collectors.toMap(NodeDef::getName, node -> node, (one, other) -> one));
  }

  private static Optional<List<String>> constant(@Nullable NodeDef node) {
    return node == null || !node.getOp().equals("Const") || !node.containsAttr("value")
        ? Optional.empty()
        : strings(node.getAttrOrThrow("value").getTensor());
  }

  private static @Nullable NodeDef node(Map<String, NodeDef> nodes, String output) {
    int colon = output.indexOf(':');
    return nodes.get(colon < 0 ? output : output.substring(0, colon));
  }

  /** TensorFlow keeps strings packed: all their lengths, and then all their bytes. */
  private static Optional<List<String>> strings(TensorProto tensor) {
    if (tensor.getDtype() != DataType.DT_STRING || tensor.getTensorShape().getDimCount() != 1) {
      return Optional.empty();
    }
    long count = tensor.getTensorShape().getDim(0).getSize();
    if (tensor.getStringValCount() == count) {
      return Optional.of(tensor.getStringValList().stream().map(ByteString::toStringUtf8).toList());
    }
    CodedInputStream packed = tensor.getTensorContent().newCodedInput();
    List<Integer> lengths = new ArrayList<>();
    List<String> names = new ArrayList<>();
    try {
      while (lengths.size() < count) {
        lengths.add(packed.readUInt32());
      }
      for (int length : lengths) {
        names.add(new String(packed.readRawBytes(length), StandardCharsets.UTF_8));
      }
      return packed.isAtEnd() ? Optional.of(names) : Optional.empty();
    } catch (IOException cut) {
      return Optional.empty();
    }
  }
}
