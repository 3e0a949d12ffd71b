package io.tandem.graph.joint;

import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.inner.FamilySwitch;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.joint.child.LanguageTask;
import io.tandem.graph.joint.child.Rows;
import io.tandem.graph.joint.child.Texts;
import io.tandem.graph.session.Placement;
import io.tandem.graph.session.RuntimeSettings;
import io.tandem.graph.session.SessionConfig;
import io.tandem.space.Candidate;
import io.tandem.space.RecurrentSpace;
import io.tandem.space.SearchSpace;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/** The shared language models in a graph of their own, for measurements. */
public final class MeasuredLanguages implements AutoCloseable {
  private final Graph graph = new Graph();
  private final Session session;
  private final ChildProgram<TFloat32> child;
  private final int steps;

  /**
   * A text and how it is read.
   *
   * @param tokens training and validation part
   * @param vocabulary number of different words
   * @param length words of a window
   * @param batch windows of a step
   */
  public record Reading(int[] tokens, int vocabulary, int length, int batch) {}

  /** Builds the graph and draws the weights. */
  public MeasuredLanguages(
      SearchSpace space,
      RecurrentSpace cells,
      Candidate any,
      Reading text,
      int steps,
      HypergradientEstimator estimator,
      RuntimeSettings runtime) {
    this.steps = steps;
    session = new Session(graph, SessionConfig.ofBranches(runtime));
    InnerSettings inner = new InnerSettings(steps, 0.999, 1e-8);
    child =
        new ChildProgram<>(
                graph,
                session,
                Placement.of(runtime),
                TFloat32.class,
                space,
                (tf, inputs) ->
                    new LanguageTask<>(
                        tf,
                        Placement.of(runtime),
                        TFloat32.class,
                        inputs,
                        cells,
                        new Texts(
                            text.tokens(),
                            text.tokens(),
                            text.vocabulary(),
                            text.length(),
                            text.batch())),
                new FamilySwitch(space.families(), inner),
                inner,
                new JointSettings(ResponseThrough.SAMPLE, ArchitectureGradient.SCORE))
            .withResponse(estimator);
    child.load();
    child.initialise(1, any.optimizer());
  }

  /** One step of the shared weights, or as many as the program has. */
  public void train(Candidate candidate, int[] starts, int step) {
    if (!child.train(candidate, 1, rows(starts, step), false, false, 0).applied()) {
      throw new IllegalStateException("the step was dropped");
    }
  }

  /** The response of one candidate. */
  public void respond(Candidate candidate, int[] starts, int step) {
    if (child.respond(candidate, 1, rows(starts, step)).dropped()) {
      throw new IllegalStateException("the response was dropped");
    }
  }

  private Rows rows(int[] starts, int step) {
    int[][] all = IntStream.range(0, steps).mapToObj(k -> starts).toArray(int[][]::new);
    return new Rows(all, starts, 1, step);
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
