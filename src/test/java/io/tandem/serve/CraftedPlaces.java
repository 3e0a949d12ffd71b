package io.tandem.serve;

import java.util.List;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/** Places in a model from which the node {@code evil/write} would be run. */
final class CraftedPlaces {
  private CraftedPlaces() {}

  /** A function that nobody calls. */
  static void addFunction(MetaGraphDef.Builder graph, NodeDef.Builder node) {
    graph
        .getGraphDefBuilder()
        .getLibraryBuilder()
        .addFunction(
            FunctionDef.newBuilder()
                .setSignature(OpDef.newBuilder().setName("body"))
                .addNodeDef(node));
  }

  /** What a signature answers waits for it. */
  static void asAnswer(MetaGraphDef.Builder graph) {
    SignatureDef.Builder signature = signature(graph).toBuilder();
    signature.putOutputs("more", TensorInfo.newBuilder().setName("evil/name:0").build());
    NodeDef.Builder name = graph.getGraphDefBuilder().getNodeBuilder(index(graph, "evil/name"));
    name.addInput("^evil/write");
    graph.putSignatureDef("serving_default", signature.build());
  }

  /** What the first answer is computed from waits for it. */
  static void asControl(MetaGraphDef.Builder graph) {
    String answer = signature(graph).getOutputsOrThrow("probabilities").getName();
    graph
        .getGraphDefBuilder()
        .getNodeBuilder(index(graph, answer.substring(0, answer.indexOf(':'))))
        .addInput("^evil/write");
  }

  /** A collection names it. */
  static void collection(MetaGraphDef.Builder graph, String name) {
    graph.putCollectionDef(
        name,
        CollectionDef.newBuilder()
            .setNodeList(CollectionDef.NodeList.newBuilder().addValue("evil/write"))
            .build());
  }

  /** A signature that the loader runs names it. */
  static void asInitialiser(MetaGraphDef.Builder graph) {
    graph.putSignatureDef(
        "__saved_model_init_op",
        SignatureDef.newBuilder()
            .putOutputs(
                "__saved_model_init_op", TensorInfo.newBuilder().setName("evil/write").build())
            .build());
  }

  /** The restoring of variables waits for it. */
  static void asRestore(MetaGraphDef.Builder graph) {
    String restore = graph.getSaverDef().getRestoreOpName();
    graph.getGraphDefBuilder().getNodeBuilder(index(graph, restore)).addInput("^evil/write");
  }

  private static SignatureDef signature(MetaGraphDef.Builder graph) {
    return graph.getSignatureDefOrThrow("serving_default");
  }

  private static int index(MetaGraphDef.Builder graph, String name) {
    List<NodeDef> nodes = graph.getGraphDef().getNodeList();
    return nodes.indexOf(
        nodes.stream().filter(node -> node.getName().equals(name)).findFirst().orElseThrow());
  }
}
