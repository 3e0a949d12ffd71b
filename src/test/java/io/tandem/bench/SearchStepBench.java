package io.tandem.bench;

import io.tandem.graph.hypergradient.NoResponse;
import io.tandem.graph.training.NetworkTraining;
import io.tandem.space.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Time of a training step of the shared child against the dedicated graph of the same architecture,
 * over ten random architectures in one process.
 */
public final class SearchStepBench {
  private final SharedWorkload workload;
  private final SplittableRandom random = new SplittableRandom(1);

  private SearchStepBench(SharedWorkload workload) {
    this.workload = workload;
  }

  /**
   * Measures and prints one JSON line per figure.
   *
   * @param arguments a workload ({@code perceptron}, {@code macro}, {@code micro}), then optionally
   *     the number of runs per architecture and the rows of a batch
   */
  public static void main(String[] arguments) {
    int runs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 60;
    int batch = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
    new SearchStepBench(SharedWorkload.of(arguments[0], batch)).measure(runs);
  }

  private void measure(int runs) {
    List<Double> ratios = new ArrayList<>();
    List<Double> shared = new ArrayList<>();
    try (SharedWorkload.Child child = workload.child(1, new NoResponse(), false)) {
      for (int architecture = 0; architecture < 10; architecture++) {
        Candidate candidate = workload.draw(random);
        try (NetworkTraining dedicated = workload.dedicated(candidate)) {
          double[] ours = new double[runs];
          double[] theirs = new double[runs];
          for (int run = -Math.min(10, runs); run < runs; run++) {
            // Each has rows of its own, and each goes first in turn: none finds the other's data in
            // the caches.
            int[] rows = workload.rows(random);
            int[] others = workload.rows(random);
            int step = run;
            Runnable shares = () -> child.train(candidate, rows, step);
            Runnable alone = () -> dedicated.step(others, step, 1, 0);
            double first = time(run % 2 == 0 ? shares : alone);
            double second = time(run % 2 == 0 ? alone : shares);
            if (run >= 0) {
              ours[run] = run % 2 == 0 ? first : second;
              theirs[run] = run % 2 == 0 ? second : first;
            }
          }
          double median = Figure.of(workload.text(), "", "", ours).median();
          shared.add(median);
          ratios.add(median / Figure.of(workload.text(), "", "", theirs).median());
        }
      }
    }
    print("step", "ms", shared);
    print(
        "examples per second",
        "1/s",
        shared.stream().map(time -> 1000 * workload.batch() / time).toList());
    print("ratio to the dedicated graph", "1", ratios);
  }

  private void print(String figure, String unit, List<Double> values) {
    double[] array = values.stream().mapToDouble(Double::doubleValue).toArray();
    System.out.println(Figure.of(workload.text(), figure, unit, array).json());
  }

  /** Milliseconds. */
  static double time(Runnable work) {
    long begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) / 1e6;
  }
}
