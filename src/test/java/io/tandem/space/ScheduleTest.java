package io.tandem.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A learning rate that moves otherwise than written spoils a training without a sign. */
class ScheduleTest {
  private static final Restarts PUBLISHED = new Restarts(10, 2, 0.01);

  /** The published training of 630 epochs: 0.05 to 0.0005, anew at epochs 10, 30, 70, 150, 310. */
  @Test
  void factor_publishedRestarts_areAtTheirEpochs() {
    List<Integer> restarts = new ArrayList<>();
    double before = 1;
    for (int epoch = 0; epoch < 630; epoch++) {
      double factor = at(epoch, 630, PUBLISHED);
      if (factor > before) {
        restarts.add(epoch);
        assertThat(0.05 * factor).isCloseTo(0.05, within(1e-12));
      }
      before = factor;
    }
    assertThat(restarts).containsExactly(10, 30, 70, 150, 310);
    assertThat(0.05 * at(29.999999, 630, PUBLISHED)).isCloseTo(0.0005, within(1e-8));
    // In the middle of the third period, which has 40 epochs.
    assertThat(at(50, 630, PUBLISHED)).isCloseTo((1 + 0.01) / 2, within(1e-12));
  }

  private static double at(double epoch, double epochs, Restarts restarts) {
    return Schedule.COSINE_RESTARTS.factor(new Course(epoch / epochs, epochs, restarts));
  }

  @Test
  void factor_withoutRestarts_isTheCosine() {
    for (double progress : new double[] {0, 0.2, 0.5, 0.9, 1}) {
      assertThat(Schedule.COSINE_RESTARTS.factor(Course.of(progress)))
          .isCloseTo(Schedule.COSINE.factor(Course.of(progress)), within(1e-15));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CONSTANT, 0.7, 1",
    "COSINE, 0, 1",
    "COSINE, 0.5, 0.5",
    "COSINE, 2, 0",
    "STEP, 0.49, 1",
    "STEP, 0.5, 0.1",
    "STEP, 0.75, 0.01",
    "WARMUP_LINEAR, -1, 0",
    "WARMUP_LINEAR, 0.05, 0.5",
    "WARMUP_LINEAR, 0.55, 0.5",
    "WARMUP_LINEAR, 1, 0"
  })
  void factor_points_areThoseOfTheDefinition(Schedule schedule, double progress, double factor) {
    assertThat(schedule.factor(Course.of(progress))).isCloseTo(factor, within(1e-12));
  }

  /** Runs from before a warm-up could be chosen repeat bit for bit. */
  @Test
  void factor_usualWarmup_isATenthToTheLastBit() {
    for (double p = 0; p <= 1; p += 1.0 / 1024) {
      assertThat(Schedule.WARMUP_LINEAR.factor(Course.of(p)))
          .isEqualTo(p < 0.1 ? p / 0.1 : (1 - p) / 0.9);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.1, 0.25", "0.2, 0.5", "0.4, 1", "0.7, 0.5", "1, 0"})
  void factor_chosenWarmup_endsThere(double progress, double factor) {
    assertThat(Schedule.WARMUP_LINEAR.factor(Course.of(progress), 0.4))
        .isCloseTo(factor, within(1e-12));
  }

  @ParameterizedTest
  @EnumSource
  void slope_anyPoint_isTheDerivativeByTheWarmup(Schedule schedule) {
    for (double p : new double[] {0, 0.1, 0.29, 0.31, 0.8, 1}) {
      Course course = Course.of(p);
      double difference =
          (schedule.factor(course, 0.3 + 1e-6) - schedule.factor(course, 0.3 - 1e-6)) / 2e-6;
      assertThat(schedule.slope(course, 0.3)).isCloseTo(difference, within(1e-9));
    }
  }
}
