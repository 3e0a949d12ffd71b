package io.tandem.export;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/**
 * Attributes of nodes that say what would hold without them. A TensorFlow from before an attribute
 * existed refuses a node that names it, even with its default value; without it the node means the
 * same to both.
 */
final class DefaultAttributes {
  private DefaultAttributes() {}

  /** Takes them out of a graph and says in its description that they are out. */
  static void strip(MetaGraphDef.Builder meta) {
    Map<String, Map<String, AttrValue>> defaults = new HashMap<>();
    for (OpDef op : TensorFlow.registeredOpList().getOpList()) {
      Map<String, AttrValue> own = new HashMap<>();
      op.getAttrList().stream()
          .filter(OpDef.AttrDef::hasDefaultValue)
          .forEach(attribute -> own.put(attribute.getName(), attribute.getDefaultValue()));
      defaults.put(op.getName(), own);
    }
    GraphDef.Builder graph = meta.getGraphDefBuilder();
    strip(graph.getNodeBuilderList(), defaults);
    graph
        .getLibraryBuilder()
        .getFunctionBuilderList()
        .forEach(function -> strip(function.getNodeDefBuilderList(), defaults));
    meta.getMetaInfoDefBuilder().setStrippedDefaultAttrs(true);
  }

  private static void strip(
      List<NodeDef.Builder> nodes, Map<String, Map<String, AttrValue>> defaults) {
    for (NodeDef.Builder node : nodes) {
      Map<String, AttrValue> own = defaults.getOrDefault(node.getOp(), Map.of());
      own.forEach(
          (name, value) -> {
            if (value.equals(node.getAttrMap().get(name))) {
              node.removeAttr(name);
            }
          });
    }
  }
}
