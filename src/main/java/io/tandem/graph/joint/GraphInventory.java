package io.tandem.graph.joint;

import io.tandem.graph.core.GradientRegistry;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.ndarray.Shape;

/**
 * What a static graph holds.
 *
 * @param nodesByPart number of operations by the part that built them
 * @param nodesByType number of operations by type
 * @param differentiable whether each type has a gradient, so that what it computes can be
 *     differentiated once more
 * @param variableBytes memory of the variables, the data set included
 */
public record GraphInventory(
    Map<String, Integer> nodesByPart,
    Map<String, Integer> nodesByType,
    Map<String, Boolean> differentiable,
    long variableBytes) {

  /** Takes stock of a graph. */
  public static GraphInventory of(Graph graph) {
    Map<String, Integer> parts = new TreeMap<>();
    Map<String, Integer> types = new TreeMap<>();
    Map<String, Boolean> differentiable = new TreeMap<>();
    long bytes = 0;
    for (Iterator<GraphOperation> all = graph.operations(); all.hasNext(); ) {
      GraphOperation operation = all.next();
      int slash = operation.name().indexOf('/');
      String part = slash < 0 ? "other" : operation.name().substring(0, slash);
      parts.merge(part, 1, Integer::sum);
      types.merge(operation.type(), 1, Integer::sum);
      differentiable.computeIfAbsent(operation.type(), GradientRegistry::differentiable);
      if (operation.type().equals("VariableV2")) {
        Shape shape = operation.output(0).shape();
        bytes += 4 * Math.max(1, shape.size());
      }
    }
    return new GraphInventory(parts, types, differentiable, bytes);
  }
}
