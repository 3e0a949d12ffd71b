package io.tandem.graph.core;

import java.nio.file.Path;
import java.util.Iterator;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;

/** A graph with the session that runs it; closes both. */
public final class GraphSession implements AutoCloseable {
  private final Graph graph;
  private final Session session;

  private GraphSession(Graph graph, Session session) {
    this.graph = graph;
    this.session = session;
  }

  /**
   * Opens an empty graph.
   *
   * @param settings threads, device, memory
   */
  public static GraphSession open(RuntimeSettings settings) {
    GradientRegistry.install();
    Graph graph = new Graph();
    return new GraphSession(graph, new Session(graph, SessionConfig.of(settings)));
  }

  /** The graph. */
  public Graph graph() {
    return graph;
  }

  /** The session. */
  public Session session() {
    return session;
  }

  /** Where operations are added. */
  public Ops ops() {
    return Ops.create(graph);
  }

  /**
   * Writes all variables. The first call adds operations to the graph: make it before the session
   * is busy.
   *
   * @param prefix path without extension
   */
  public void save(Path prefix) {
    session.save(prefix.toString());
  }

  /**
   * Reads all variables.
   *
   * @param prefix path without extension, as given to {@link #save}
   */
  public void restore(Path prefix) {
    session.restore(prefix.toString());
  }

  /** The number of operations by now. */
  public int size() {
    int count = 0;
    Iterator<GraphOperation> operations = graph.operations();
    while (operations.hasNext()) {
      operations.next();
      count++;
    }
    return count;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
