package io.tandem.bench;

import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.graph.joint.MeasuredLanguages;
import io.tandem.space.Candidate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Time and peak memory of the unrolled response of shared language models over 1 and 2 steps, with
 * a new random cell each time, each in a process of its own.
 */
public final class LanguageResponseBench {
  private static final String STEPS = "K=";
  private static final int WARM_UP = 2;

  private LanguageResponseBench() {}

  /**
   * Measures and prints one JSON line per figure.
   *
   * @param arguments optionally the number of runs, then width, words, batch, length and nodes; for
   *     one measurement in this process {@code K=} with the steps behind all of them
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    LanguageWorkload usual = new LanguageWorkload(9, 100, 10_000, 32, 35);
    String last = arguments.length > 0 ? arguments[arguments.length - 1] : "";
    if (last.startsWith(STEPS)) {
      measure(
          usual.with(arguments),
          Integer.parseInt(arguments[0]),
          Integer.parseInt(last.substring(STEPS.length())));
      return;
    }
    String runs = arguments.length > 0 ? arguments[0] : "10";
    for (int steps = 1; steps <= 2; steps++) {
      List<String> own = new ArrayList<>(List.of(runs));
      own.addAll(usual.with(arguments).sizes());
      own.add(STEPS + steps);
      OwnProcess.run(LanguageResponseBench.class, own);
    }
  }

  private static void measure(LanguageWorkload workload, int runs, int steps) throws IOException {
    String text = workload.text() + ", K = " + steps;
    SplittableRandom random = new SplittableRandom(1);
    HypergradientEstimator estimator =
        HypergradientEstimator.of(new ResponseSettings.Unrolled(0, false));
    long begin = System.nanoTime();
    try (MeasuredLanguages child = workload.child(steps, estimator, true)) {
      print(text, "graph built and loaded", "s", (System.nanoTime() - begin) / 1e9);
      double[] times = new double[runs];
      for (int run = -WARM_UP; run < runs; run++) {
        Candidate cell = workload.draw(random);
        int[] starts = workload.starts(random);
        int step = run;
        double time = SearchStepBench.time(() -> child.respond(cell, starts, step));
        if (run >= 0) {
          times[run] = time;
        }
      }
      print(text, "response", "ms", times);
      print(text, "peak memory", "MiB", Memory.of("VmHWM"));
    }
  }

  private static void print(String workload, String figure, String unit, double... values) {
    System.out.println(Figure.of(workload, figure, unit, values).json());
  }
}
