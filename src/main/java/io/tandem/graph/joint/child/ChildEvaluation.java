package io.tandem.graph.joint.child;

import io.tandem.data.Permutation;
import io.tandem.data.Seeds;
import io.tandem.graph.core.Reals;
import io.tandem.graph.objective.BatchTargets;
import io.tandem.graph.objective.OutputMetrics;
import io.tandem.graph.objective.Temperatures;
import io.tandem.metric.Metric;
import io.tandem.outcome.Targets;
import io.tandem.space.Candidate;
import io.tandem.space.RateFactor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * A candidate's loss and score on the validation part, or on a random sample of it.
 *
 * @param <T> type of reals
 */
public final class ChildEvaluation<T extends TNumber> implements Judge {
  /** Weight of the loss where metrics are equal. */
  private static final double TIE = 1e-6;

  private final Session session;
  private final ChildInputs<T> inputs;
  private final Targets targets;
  private final int count;
  private final int most;
  private final Map<Integer, List<int[]>> runs = new HashMap<>();
  private final Operand<TFloat64> losses;
  private final Operand<TFloat64> tally;
  private final Operand<TFloat32> outputs;
  private final Optional<Metric> metric;

  /**
   * Adds the reading.
   *
   * @param tf where it is added
   * @param session the run's session
   * @param inputs what is fed
   * @param problem validation loss
   * @param weights the corners of the shared weights that the candidate uses
   * @param targets of the validation part
   * @param metric by which candidates are ranked; empty for the calibrated loss
   */
  ChildEvaluation(
      Ops tf,
      Session session,
      ChildInputs<T> inputs,
      SharedProblem<T> problem,
      List<Operand<T>> weights,
      Targets targets,
      Optional<Metric> metric) {
    this.metric = metric;
    this.session = session;
    this.inputs = inputs;
    this.targets = targets;
    count = targets.rows();
    most = problem.child().evaluationRows();
    Operand<T> logits = problem.validationLogits(tf, weights);
    BatchTargets<T> rows = problem.validationTargets(tf);
    losses = rows.judged(tf, logits);
    tally = rows.tally(tf, logits);
    outputs =
        metric.isPresent() ? tf.dtypes.cast(logits, TFloat32.class) : tf.constant(new float[0]);
  }

  /**
   * The rows of every run. Where a network normalises by the batch, a run must look like the whole:
   * rows of one class only, as files in class folders come, would be judged badly. So several runs
   * divide the rows at random, always in the same way.
   *
   * @param count rows of the part
   * @param wanted how many of them are judged, at most all
   * @param most rows of a run, at most
   */
  public static List<int[]> runs(int count, int wanted, int most) {
    int batch = batch(wanted, most);
    int[] order =
        batch >= count
            ? IntStream.range(0, count).toArray()
            : Permutation.of(count, Seeds.of(0, "evaluation", 0));
    List<int[]> runs = new ArrayList<>();
    for (int first = 0; first < wanted; first += batch) {
      runs.add(Arrays.copyOfRange(order, first, Math.min(wanted, first + batch)));
    }
    return List.copyOf(runs);
  }

  /**
   * Rows of a run, so that all runs have about as many: a few rows left over would be judged badly
   * as well.
   *
   * @param count rows of the part
   * @param most rows of a run, at most
   */
  public static int batch(int count, int most) {
    int runs = Math.max(1, Math.floorDiv(count - 1, most) + 1);
    return Math.max(1, Math.floorDiv(count - 1, runs) + 1);
  }

  @Override
  public Evaluation evaluate(Candidate chosen, long examples) {
    int wanted = (int) Math.max(1, Math.min(count, examples));
    double[] sums = new double[Math.toIntExact(losses.shape().size())];
    double[] tallied = new double[Math.toIntExact(tally.shape().size())];
    float[] said = new float[metric.isPresent() ? wanted * targets.outcome().outputs() : 0];
    int filled = 0;
    List<int[]> parts = runs.computeIfAbsent(wanted, rows -> runs(count, rows, most));
    for (int[] rows : parts) {
      List<Tensor> open = new ArrayList<>();
      try {
        Session.Runner runner = session.runner();
        inputs.candidate().feed(runner, chosen, RateFactor.of(1), open);
        CandidateFeeds.add(runner, inputs.validationRows(), TInt32.vectorOf(rows), open);
        try (Result result = runner.fetch(losses).fetch(tally).fetch(outputs).run()) {
          double[] means = Reals.of((TFloat64) result.get(0));
          for (int place = 0; place < sums.length; place++) {
            sums[place] += means[place] * rows.length / wanted;
          }
          double[] own = Reals.of((TFloat64) result.get(1));
          for (int place = 0; place < own.length; place++) {
            tallied[place] += own[place];
          }
          float[] part = Reals.of((TFloat32) result.get(2));
          System.arraycopy(part, 0, said, filled, part.length);
          filled += part.length;
        }
      } finally {
        open.forEach(Tensor::close);
      }
    }
    int[] judged = parts.stream().flatMapToInt(Arrays::stream).toArray();
    double calibrated = Temperatures.best(sums);
    return new Evaluation(
        Temperatures.plain(sums),
        targets.score(tallied, judged),
        metric.map(one -> rank(one, judged, said, calibrated)).orElse(calibrated));
  }

  /**
   * A number of which less is better. Metrics of shares are often equal on small validation parts;
   * the loss then decides.
   */
  private double rank(Metric one, int[] judged, float[] said, double loss) {
    double value = OutputMetrics.value(one, targets.select(judged), said);
    return Double.isFinite(loss) && Double.isFinite(value)
        ? one.turned(value) + TIE * loss
        : Double.NaN;
  }
}
