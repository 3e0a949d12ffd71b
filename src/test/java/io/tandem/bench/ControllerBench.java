package io.tandem.bench;

import io.tandem.config.ConfigLoader;
import io.tandem.config.Experiment;
import io.tandem.graph.core.SessionConfig;
import io.tandem.graph.joint.GraphVariables;
import io.tandem.graph.joint.PolicyProgram;
import io.tandem.graph.joint.SampledResponse;
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
 * inner loops, in the published sizes of the image spaces with all optimizers.
 */
public final class ControllerBench {
  private static final int SAMPLES = 20;

  private ControllerBench() {}

  /**
   * Measures and prints one JSON line per space.
   *
   * @param arguments optionally the number of runs
   */
  public static void main(String[] arguments) {
    int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
    measure(runs, "macro space, 12 layers", "space=macro");
    measure(runs, "micro space, 5 blocks", "space=micro");
  }

  private static void measure(int runs, String text, String override) {
    Experiment experiment = ConfigLoader.defaults(List.of(override)).experiment();
    SearchSpace space = experiment.space();
    try (Graph graph = new Graph();
        Session session = new Session(graph, SessionConfig.ofBranches(experiment.runtime()))) {
      PolicyProgram<TFloat32> policy =
          PolicyProgram.create(
              graph,
              session,
              TFloat32.class,
              space,
              experiment.controller(),
              experiment.search().clipOuterNorm(),
              1,
              experiment.search().joint());
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
    }
  }
}
