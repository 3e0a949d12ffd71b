package io.tandem.serve;

import io.tandem.data.Quote;
import io.tandem.export.ServingOps;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;

/**
 * What a model could do beside answering. A SavedModel is a program: its operations can read and
 * write files, start processes and open connections. One without an objection here is made of
 * operations that do none of it, but for those that restore its variables when it is loaded, and
 * these read nothing but the file that the loader names.
 */
final class ModelTrust {
  private static final int MOST_NAMED = 8;
  private static final int LONGEST_NAME = 60;
  private static final String SAVE = "SaveV2";
  private static final String RESTORE = "RestoreV2";
  private static final List<String> INITIALISERS =
      List.of("saved_model_main_op", "legacy_init_op", "saved_model_assets", "asset_filepaths");

  // Signatures that the loader runs, or reads without asking whether they are whole.
  private static final String RESERVED = "__saved_model";

  private final MetaGraphDef model;
  private final Map<String, NodeDef> nodes = new HashMap<>();

  private ModelTrust(MetaGraphDef model) {
    this.model = model;
    model.getGraphDef().getNodeList().forEach(node -> nodes.put(node.getName(), node));
  }

  /**
   * Why a model is not to be run without being trusted.
   *
   * @param model all that it holds, of which nothing has been run
   * @return the reason, as the end of a sentence about it; empty if there is none
   */
  static Optional<String> objection(SavedModel model) {
    // Which of several TensorFlow would load is no question worth asking.
    if (model.getMetaGraphsCount() != 1) {
      return Optional.of("holds " + model.getMetaGraphsCount() + " graphs, not one");
    }
    MetaGraphDef graph = model.getMetaGraphs(0);
    List<String> unexpected = ServingOps.unexpected(graph);
    if (!unexpected.isEmpty()) {
      return Optional.of("holds the ops " + names(unexpected));
    }
    if (!ModelForm.hasOnlyKnownTypes(graph)) {
      return Optional.of("holds numbers of kinds that no export has");
    }
    return new ModelTrust(graph).misuse();
  }

  /** A foreign name may be of any length and of any characters. */
  private static String names(List<String> ops) {
    return ops.stream()
            .limit(MOST_NAMED)
            .map(Quote::printable)
            .map(op -> op.substring(0, Math.min(LONGEST_NAME, op.length())))
            .collect(Collectors.joining(", "))
        + (ops.size() > MOST_NAMED ? " and " + (ops.size() - MOST_NAMED) + " more" : "");
  }

  private Optional<String> misuse() {
    if (INITIALISERS.stream().anyMatch(model::containsCollectionDef)
        || model.getSignatureDefMap().keySet().stream().anyMatch(name -> name.startsWith(RESERVED))
        || model.getAssetFileDefCount() > 0) {
      return Optional.of("runs something when it is loaded");
    }
    boolean inFunction =
        model.getGraphDef().getLibrary().getFunctionList().stream()
            .flatMap(function -> function.getNodeDefList().stream())
            .anyMatch(ModelTrust::isFile);
    Set<String> answers = new HashSet<>();
    for (SignatureDef signature : model.getSignatureDefMap().values()) {
      signature.getInputsMap().values().forEach(info -> answers.add(info.getName()));
      signature.getOutputsMap().values().forEach(info -> answers.add(info.getName()));
    }
    if (inFunction || reached(answers).stream().anyMatch(ModelTrust::isFile)) {
      return Optional.of("reads or writes files when it answers");
    }
    String named = node(model.getSaverDef().getFilenameTensorName());
    boolean elsewhere =
        reached(Set.of(model.getSaverDef().getRestoreOpName())).stream()
            .filter(ModelTrust::isFile)
            .anyMatch(
                node ->
                    !node.getOp().equals(RESTORE)
                        || node.getInputCount() == 0
                        || !node(node.getInput(0)).equals(named));
    return elsewhere || !isPlaceholder(named)
        ? Optional.of("reads or writes other files than its variables when it is loaded")
        : Optional.empty();
  }

  /** The loader puts the name of the file in its place; a computed one would be kept. */
  private boolean isPlaceholder(String name) {
    NodeDef found = nodes.get(name);
    return found == null || found.getInputCount() == 0;
  }

  private static boolean isFile(NodeDef node) {
    return node.getOp().equals(SAVE) || node.getOp().equals(RESTORE);
  }

  /** All nodes that run when some run. */
  private Set<NodeDef> reached(Collection<String> roots) {
    Set<String> seen = new HashSet<>();
    Set<NodeDef> found = new HashSet<>();
    Deque<String> waiting = new ArrayDeque<>(roots);
    while (!waiting.isEmpty()) {
      String name = node(waiting.pop());
      NodeDef node = nodes.get(name);
      if (seen.add(name) && node != null) {
        found.add(node);
        waiting.addAll(node.getInputList());
      }
    }
    return found;
  }

  /** The node of an input: {@code name}, {@code name:output} or {@code ^name}. */
  private static String node(String input) {
    String plain = input.startsWith("^") ? input.substring(1) : input;
    int colon = plain.indexOf(':');
    return colon < 0 ? plain : plain.substring(0, colon);
  }
}
