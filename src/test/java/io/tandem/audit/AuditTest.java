package io.tandem.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.disk.Progress;
import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.graph.tuning.Granularity;
import io.tandem.graph.tuning.Target;
import io.tandem.graph.tuning.TargetLayout;
import io.tandem.graph.tuning.TargetSettings;
import io.tandem.graph.tuning.TunedTraining;
import io.tandem.graph.tuning.TuningOutcome;
import io.tandem.space.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Error, bias and variance are those of errors that were put in, and the rule of choice holds. */
final class AuditTest {
  private static final ResponseSettings EXACT = ResponseSettings.Unrolled.exact();
  private static final ResponseSettings CHEAP = new ResponseSettings.Neumann(3, 0.1);
  private static final ResponseSettings RANDOM =
      new ResponseSettings.ConjugateGradient(3, 0.1, 0.1);
  private static final List<ResponseSettings> ALL = List.of(CHEAP, RANDOM, EXACT);

  /** Nanoseconds that every evaluation takes, by estimator. */
  private long clock;

  @Test
  void run_biasedAndNoisyEstimators_measuresWhatWasPutIn() {
    AuditReport report = audit(0.01);
    // Slopes 2, 4 on the two samples: root mean square sqrt(10), mean 3, variance 2.
    AuditRow exact = row(report, EXACT);
    assertThat(exact.value()).isCloseTo(3, within(1e-6));
    assertThat(exact.difference()).isCloseTo(3, within(1e-6));
    assertThat(exact.relativeError()).isLessThan(1e-6);
    assertThat(exact.variance()).isCloseTo(2, within(1e-6));
    AuditRow biased = row(report, CHEAP);
    assertThat(biased.value()).isCloseTo(3.5, within(1e-6));
    assertThat(biased.bias()).isCloseTo(0.5 / Math.sqrt(10), within(1e-6));
    assertThat(biased.relativeError()).isCloseTo(0.5 / Math.sqrt(10), within(1e-6));
    AuditRow noisy = row(report, RANDOM);
    assertThat(noisy.bias()).isCloseTo(0, within(1e-6));
    assertThat(noisy.relativeError()).isCloseTo(0.5 / Math.sqrt(10), within(1e-6));
    assertThat(noisy.variance()).isCloseTo(4.5, within(1e-6));
    assertThat(exact.cosine()).isCloseTo(1, within(1e-12));
    assertThat(exact.milliseconds()).isEqualTo(9);
  }

  @Test
  void run_tightBound_choosesTheExactOne() {
    Choice choice = audit(0.01).choice();
    assertThat(choice.estimator()).contains("unrolled");
    assertThat(choice.reason()).contains("0.01 on 1 of 1", "the only one");
  }

  @Test
  void run_looseBound_choosesTheCheapest() {
    Choice choice = audit(0.5).choice();
    assertThat(choice.estimator()).contains("neumann");
    assertThat(choice.reason()).contains("the cheapest of 3", "1.0 ms against 4.0 ms");
  }

  @Test
  void of_nothingWithinTheBound_choosesNone() {
    List<AuditRow> rows =
        audit(0.01).rows().stream().filter(row -> !row.estimator().equals("unrolled")).toList();
    Choice choice = Choice.of(rows, 0.01);
    assertThat(choice.estimator()).isEmpty();
    assertThat(choice.reason())
        .isEqualTo("no estimator keeps relative error and bias of at most 0.01");
  }

  private AuditReport audit(double bound) {
    return new Audit(
            new AuditSettings(2, bound, 1e-5, ALL, 9), new Fake(), new Ticks(), Progress.NONE)
        .run();
  }

  private static AuditRow row(AuditReport report, ResponseSettings estimator) {
    return report.rows().stream()
        .filter(row -> row.estimator().equals(estimator.key()))
        .findFirst()
        .orElseThrow();
  }

  private final class Ticks implements Meter {
    @Override
    public long nanoseconds() {
      return clock;
    }

    @Override
    public void watchMemory() {}

    @Override
    public double peakMib() {
      return 1;
    }
  }

  private final class Fake implements AuditProblem {
    @Override
    public Optional<String> obstacle(ResponseSettings estimator) {
      return Optional.empty();
    }

    @Override
    public Optional<String> obstacle(ResponseSettings estimator, Target target) {
      return Optional.empty();
    }

    @Override
    public TunedTraining build(ResponseSettings estimator) {
      return new Line(estimator);
    }

    @Override
    public ResponseSettings reference() {
      return EXACT;
    }

    @Override
    public void draw(TunedTraining training, int sample) {
      training.redraw(List.of(), sample);
    }
  }

  /** Loss {@code slope * x} with slopes 2 and 4, half of the derivative direct. */
  private final class Line implements TunedTraining {
    private final ResponseSettings estimator;
    private long sample;

    Line(ResponseSettings estimator) {
      this.estimator = estimator;
    }

    private double slope() {
      return sample == 0 ? 2 : 4;
    }

    @Override
    public TargetLayout layout() {
      return new TargetLayout(
          List.of(
              new TargetLayout.Block(
                  new TargetSettings(
                      Target.LEARNING_RATE, Granularity.GLOBAL, Scale.LINEAR, 1, 0, 2),
                  0,
                  1)));
    }

    @Override
    public TuningOutcome evaluate(double[] point) {
      double error = 0;
      if (estimator.equals(CHEAP)) {
        error = 0.5;
        clock += 1_000_000;
      } else if (estimator.equals(RANDOM)) {
        error = sample == 0 ? -0.5 : 0.5;
        clock += 4_000_000;
      } else {
        clock += 9_000_000;
      }
      double half = slope() / 2;
      return new TuningOutcome(
          loss(point), 0, new double[0], new double[] {half}, new double[] {half + error});
    }

    @Override
    public double loss(double[] point) {
      return slope() * point[0];
    }

    @Override
    public void redraw(List<int[]> batches, long weightSeed) {
      sample = weightSeed;
    }

    @Override
    public List<float[]> train(double[] point) {
      return new ArrayList<>();
    }

    @Override
    public void close() {}
  }
}
