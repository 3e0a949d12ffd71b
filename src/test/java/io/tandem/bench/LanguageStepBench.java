package io.tandem.bench;

import io.tandem.graph.hypergradient.NoResponse;
import io.tandem.graph.joint.MeasuredLanguages;
import io.tandem.graph.training.LanguageTraining;
import io.tandem.space.Candidate;
import java.io.IOException;
import java.util.SplittableRandom;

/**
 * Time of a training step of the shared language models with a new random cell in every step: words
 * per second, peak memory, share outside matrix products, and over ten random cells the ratio to
 * the dedicated graph of the same cell.
 */
public final class LanguageStepBench {
  private static final int CELLS = 10;
  private static final int WARM_UP = 3;

  private final LanguageWorkload workload;
  private final int runs;
  private final SplittableRandom random = new SplittableRandom(1);

  private LanguageStepBench(LanguageWorkload workload, int runs) {
    this.workload = workload;
    this.runs = runs;
  }

  /**
   * Measures and prints one JSON line per figure.
   *
   * @param arguments optionally the number of runs, then width, words, batch, length and nodes
   */
  public static void main(String[] arguments) throws IOException {
    int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
    new LanguageStepBench(
            new LanguageWorkload(9, 200, 10_000, 128, 35).with(arguments), Math.max(1, runs))
        .measure();
  }

  private void measure() throws IOException {
    long begin = System.nanoTime();
    try (MeasuredLanguages child = workload.child(1, new NoResponse(), false)) {
      print("graph built and loaded", "s", (System.nanoTime() - begin) / 1e9);
      double[] steps = new double[runs];
      for (int run = -WARM_UP; run < runs; run++) {
        double time = step(child, workload.draw(random), run);
        if (run >= 0) {
          steps[run] = time;
        }
      }
      // Before there is anything else in this process.
      print("peak memory", "MiB", Memory.of("VmHWM"));
      print("step, a new cell in each", "ms", steps);
      double words = workload.batch() * workload.length();
      double[] perSecond = new double[runs];
      for (int run = 0; run < runs; run++) {
        perSecond[run] = 1000 * words / steps[run];
      }
      print("words per second", "1/s", perSecond);
      print("share outside matrix products", "1", outside(child));
      print("ratio to the dedicated graph", "1", ratios(child));
    }
  }

  private double step(MeasuredLanguages child, Candidate cell, int step) {
    int[] starts = workload.starts(random);
    return SearchStepBench.time(() -> child.train(cell, starts, step));
  }

  /** Each in turn with the same products alone. */
  private double[] outside(MeasuredLanguages child) {
    double[] shares = new double[runs];
    try (LanguageProducts products = new LanguageProducts(workload)) {
      products.time();
      for (int run = 0; run < runs; run++) {
        double alone = products.time();
        shares[run] = 1 - alone / step(child, workload.draw(random), run);
      }
    }
    return shares;
  }

  private double[] ratios(MeasuredLanguages child) {
    double[] ratios = new double[CELLS];
    for (int cell = 0; cell < CELLS; cell++) {
      Candidate candidate = workload.draw(random);
      double[] ours = new double[runs];
      double[] theirs = new double[runs];
      try (LanguageTraining dedicated = workload.dedicated(candidate)) {
        for (int run = -WARM_UP; run < runs; run++) {
          LanguageTraining.Step step =
              new LanguageTraining.Step(
                  workload.starts(random), false, workload.length(), run, 1, false);
          // Each goes first in turn.
          double before = run % 2 == 0 ? step(child, candidate, run) : 0;
          double alone = SearchStepBench.time(() -> dedicated.step(step));
          double shared = run % 2 == 0 ? before : step(child, candidate, run);
          if (run >= 0) {
            ours[run] = shared;
            theirs[run] = alone;
          }
        }
      }
      ratios[cell] = Figure.of("", "", "", ours).median() / Figure.of("", "", "", theirs).median();
    }
    return ratios;
  }

  private void print(String figure, String unit, double... values) {
    System.out.println(Figure.of(workload.text(), figure, unit, values).json());
  }
}
