package io.tandem.graph.joint;

import io.tandem.graph.gradient.GradientCoverage;
import io.tandem.graph.gradient.GradientProbe;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.NodeDef;

/**
 * What a static graph holds.
 *
 * @param nodesByPart number of operations by the part that built them
 * @param nodesByType number of operations by type
 * @param coverage how often what each type computes can be differentiated; of its operations, the
 *     first that derivatives have to do with is tried
 * @param variableBytes memory of the variables, the data set included
 */
public record GraphInventory(
    Map<String, Integer> nodesByPart,
    Map<String, Integer> nodesByType,
    Map<String, GradientCoverage> coverage,
    long variableBytes) {

  /** Number of operations in a graph. */
  public static int operations(Graph graph) {
    int count = 0;
    for (Iterator<GraphOperation> all = graph.operations(); all.hasNext(); all.next()) {
      count++;
    }
    return count;
  }

  /** Takes stock of a graph. */
  public static GraphInventory of(Graph graph) {
    Map<String, Integer> parts = new TreeMap<>();
    Map<String, Integer> types = new TreeMap<>();
    Map<String, GraphOperation> samples = new TreeMap<>();
    long bytes = 0;
    for (Iterator<GraphOperation> all = graph.operations(); all.hasNext(); ) {
      GraphOperation operation = all.next();
      int slash = operation.name().indexOf('/');
      String part = slash < 0 ? "other" : operation.name().substring(0, slash);
      parts.merge(part, 1, Integer::sum);
      types.merge(operation.type(), 1, Integer::sum);
      if (!samples.containsKey(operation.type()) && GradientProbe.needsGradient(operation)) {
        samples.put(operation.type(), operation);
      }
      if (operation.type().equals("VariableV2")) {
        Shape shape = operation.output(0).shape();
        bytes += 4 * Math.max(1, shape.size());
      }
    }
    return new GraphInventory(parts, types, coverage(graph, types.keySet(), samples), bytes);
  }

  private static Map<String, GradientCoverage> coverage(
      Graph graph, Set<String> types, Map<String, GraphOperation> samples) {
    Map<String, GradientCoverage> coverage = new TreeMap<>();
    types.forEach(type -> coverage.put(type, GradientCoverage.NOT_NEEDED));
    for (NodeDef definition : graph.toGraphDef().getNodeList()) {
      GraphOperation sample = samples.get(definition.getOp());
      if (sample != null && sample.name().equals(definition.getName())) {
        coverage.put(definition.getOp(), GradientProbe.of(sample, definition));
      }
    }
    return coverage;
  }
}
