package io.tandem.bench;

import io.tandem.config.ConfigLoader;
import io.tandem.config.Experiment;
import io.tandem.graph.joint.GraphVariables;
import io.tandem.graph.joint.policy.LearningPolicy;
import io.tandem.graph.joint.policy.PolicyProgram;
import io.tandem.graph.joint.response.SampledResponse;
import io.tandem.graph.session.SessionConfig;
import io.tandem.space.Choices;
import io.tandem.space.SearchSpace;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/**
 * Time of a step of the controller with 20 samples, drawing them and the update, without their
 * inner loops, and of raising the likelihood of 50 examples by 150 updates, in the published sizes
 * of the image spaces with all optimizers.
 */
public final class ControllerBench {
  private static final int SAMPLES = 20;
  private static final int EXAMPLES = 50;
  private static final int UPDATES = 150;

  private ControllerBench() {}

  /**
   * Measures and prints one JSON line per space.
   *
   * @param arguments optionally the number of runs
   */
  public static void main(String[] arguments) {
    int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
    measure(runs, "macro space, 12 layers", "space=macro", "space.macro.layers=12");
    measure(runs, "micro space, 5 blocks", "space=micro");
  }

  private static void measure(int runs, String text, String... overrides) {
    Experiment experiment = ConfigLoader.defaults(List.of(overrides)).experiment();
    SearchSpace space = experiment.space();
    try (Graph graph = new Graph();
        Session session = new Session(graph, SessionConfig.ofBranches(experiment.runtime()))) {
      LearningPolicy policy =
          PolicyProgram.create(
              graph,
              session,
              TFloat32.class,
              space,
              experiment.controller(),
              experiment.search().clipOuterNorm(),
              1,
              experiment.search().joint().gates());
      new GraphVariables(graph, session, Set.of()).initialise();
      SplittableRandom random = new SplittableRandom(1);
      double[] times = new double[runs];
      for (int run = -5; run < runs; run++) {
        int step = run + 5;
        double[] losses = random.doubles(SAMPLES).toArray();
        double time =
            SearchStepBench.time(
                () -> {
                  List<Choices> samples = policy.sample(SAMPLES, 1, step);
                  policy.update(SampledResponse.score(samples, losses, 1, step));
                });
        if (run >= 0) {
          times[run] = time;
        }
      }
      System.out.println(Figure.of(text, "step of the controller, 20 samples", "ms", times).json());
      double[] raises = new double[Math.max(1, Math.floorDiv(runs, 10))];
      for (int run = 0; run < raises.length; run++) {
        List<Choices> examples = policy.sample(EXAMPLES, 2, run);
        double[] weights = random.doubles(EXAMPLES).toArray();
        raises[run] = SearchStepBench.time(() -> policy.raise(examples, weights, UPDATES));
      }
      System.out.println(
          Figure.of(text, "150 updates by the likelihood of 50 examples", "ms", raises).json());
    }
  }
}
