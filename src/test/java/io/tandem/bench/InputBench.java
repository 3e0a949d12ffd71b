package io.tandem.bench;

import io.tandem.data.Inputs;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.graph.training.NetworkTraining;
import io.tandem.space.Candidate;
import java.util.SplittableRandom;

/**
 * What reading and augmenting images adds to a training step: a step that gathers bytes,
 * standardises, moves, reflects and blanks them against one that gathers finished numbers and
 * changes nothing, over random architectures of the macro space.
 */
public final class InputBench {
  private InputBench() {}

  /**
   * Measures and prints one JSON line.
   *
   * @param arguments optionally the number of runs per architecture
   */
  public static void main(String[] arguments) {
    int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
    SharedWorkload workload = SharedWorkload.of("macro6", 64);
    Inputs finished = workload.finished();
    SplittableRandom random = new SplittableRandom(1);
    double[] ratios = new double[5];
    for (int architecture = 0; architecture < ratios.length; architecture++) {
      Candidate candidate = workload.draw(random);
      try (NetworkTraining read =
              workload.dedicated(candidate, workload.data(), new AugmentationSettings(4, true, 8));
          NetworkTraining plain =
              workload.dedicated(candidate, finished, AugmentationSettings.none())) {
        double[] ours = new double[runs];
        double[] theirs = new double[runs];
        for (int run = -3; run < runs; run++) {
          int[] rows = workload.rows(random);
          int step = run;
          double one = SearchStepBench.time(() -> read.step(rows, step, 1, 0));
          double other = SearchStepBench.time(() -> plain.step(rows, step, 1, 0));
          if (run >= 0) {
            ours[run] = one;
            theirs[run] = other;
          }
        }
        ratios[architecture] =
            Figure.of("", "", "", ours).median() / Figure.of("", "", "", theirs).median();
      }
    }
    String text = "macro network, 32 x 32 x 3, 6 layers, 24 filters, batch 64";
    System.out.println(
        Figure.of(text, "step with data handling, ratio to one without", "1", ratios).json());
  }
}
