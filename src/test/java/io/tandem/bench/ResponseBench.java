package io.tandem.bench;

import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.space.Candidate;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Time and peak memory of the unrolled response of a shared macro network over 1, 2 and 3 steps,
 * the time that its graph takes to build, each in a process of its own, whose peak the kernel
 * counts.
 */
public final class ResponseBench {
  private ResponseBench() {}

  /**
   * Measures and prints one JSON line per figure.
   *
   * @param arguments optionally the number of runs; then workload and steps for one measurement in
   *     this process
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    String runs = arguments.length > 0 ? arguments[0] : "20";
    if (arguments.length == 3) {
      measure(Integer.parseInt(runs), arguments[1], Integer.parseInt(arguments[2]));
      return;
    }
    for (String[] own :
        new String[][] {{"macro6", "1"}, {"macro6", "2"}, {"macro6", "3"}, {"macro", "1"}}) {
      OwnProcess.run(ResponseBench.class, List.of(runs, own[0], own[1]));
    }
  }

  private static void measure(int runs, String name, int steps) throws IOException {
    SharedWorkload workload = SharedWorkload.of(name, 0);
    String text = workload.text() + ", batch " + workload.batch() + ", K = " + steps;
    SplittableRandom random = new SplittableRandom(1);
    HypergradientEstimator estimator =
        HypergradientEstimator.of(new ResponseSettings.Unrolled(0, false));
    long begin = System.nanoTime();
    try (SharedWorkload.Child child = workload.child(steps, estimator, true)) {
      double build = (System.nanoTime() - begin) / 1e9;
      double built = Memory.of("VmHWM");
      double[] times = new double[runs];
      for (int run = -3; run < runs; run++) {
        Candidate candidate = workload.draw(random);
        int[] rows = workload.rows(random);
        int step = run;
        double time = SearchStepBench.time(() -> child.respond(candidate, rows, step));
        if (run >= 0) {
          times[run] = time;
        }
      }
      print(text, "graph built and loaded", "s", build);
      print(text, "peak memory when built", "MiB", built);
      System.out.println(Figure.of(text, "response", "ms", times).json());
      print(text, "peak memory", "MiB", Memory.of("VmHWM"));
    }
  }

  private static void print(String workload, String figure, String unit, double value) {
    System.out.println(Figure.of(workload, figure, unit, new double[] {value}).json());
  }
}
