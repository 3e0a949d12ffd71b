package io.tandem.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An axis that a few outliers stretch shows nothing of all the other values. */
class ValueAxisTest {
  @Test
  void of_ordinaryValues_isTheirRange() {
    ValueAxis axis = ValueAxis.of(new double[] {0.4, Double.NaN, 2, -1}, false);
    assertThat(axis.low()).isEqualTo(-1);
    assertThat(axis.high()).isEqualTo(2);
    assertThat(axis.logarithmic()).isFalse();
    assertThat(axis.label("nats")).isEqualTo("nats");
  }

  @Test
  void of_outliersOnBothSides_leavesThemOutAndCountsThem() {
    double[] values =
        DoubleStream.concat(DoubleStream.of(-1e6, 1e9), new SplittableRandom(1).doubles(998, 1, 2))
            .toArray();
    ValueAxis axis = ValueAxis.of(values, false);
    assertThat(axis.low()).isEqualTo(1, within(0.01));
    assertThat(axis.high()).isEqualTo(2, within(0.01));
    assertThat(axis.label("nats")).isEqualTo("nats (2 of 1,000 values outside)");
  }

  @Test
  void of_decay_isShownAsAWhole() {
    double[] values = IntStream.range(0, 200).mapToDouble(i -> 2.3 * Math.exp(-i / 50.0)).toArray();
    assertThat(ValueAxis.of(values, false).outside()).isZero();
  }

  @Test
  void of_fewValues_leavesNoneOut() {
    ValueAxis axis = ValueAxis.of(new double[] {1, 1.1, 1.2, 50}, false);
    assertThat(axis.high()).isEqualTo(50);
  }

  @Test
  void of_positiveValuesOverTwoDecades_isLogarithmic() {
    double[] values = IntStream.range(0, 50).mapToDouble(i -> Math.pow(10, -i / 10.0)).toArray();
    assertThat(ValueAxis.of(values, false).logarithmic()).isTrue();
    values[20] = 0;
    assertThat(ValueAxis.of(values, false).logarithmic()).isFalse();
  }

  @Test
  void of_spikesOfManyDecades_areNoReasonForALogarithm() {
    double[] values = new double[200];
    Arrays.setAll(values, i -> i == 9 ? 1e8 : 0.3 + 0.001 * i);
    ValueAxis axis = ValueAxis.of(values, false);
    assertThat(axis.logarithmic()).isFalse();
    assertThat(axis.outside()).isEqualTo(1);
  }

  @Test
  void of_logarithmicAxisTooShortForThreeNumbers_isLinear() {
    assertThat(ValueAxis.of(new double[] {0.031, 0.052}, true).logarithmic()).isFalse();
    assertThat(ValueAxis.of(new double[] {0.031, 0.062}, true).logarithmic()).isTrue();
    for (double low = 0.1; low < 1; low += 0.01) {
      for (double factor = 10; factor < 1e7; factor *= 1.7) {
        assertThat(ValueAxis.of(new double[] {low, low * factor}, true).logarithmic())
            .as("%s to %s", low, low * factor)
            .isTrue();
      }
    }
  }

  @Test
  void of_firstEpochsOfAShortTraining_areShown() {
    double[] values = {2.1, 0.85, 0.73, 0.69, 0.65, 0.62, 0.6, 0.57, 0.42, 0.4, 0.35, 0.3};
    assertThat(ValueAxis.of(values, false).outside()).isZero();
    values[0] = 21;
    assertThat(ValueAxis.of(values, false).outside()).isEqualTo(1);
  }

  @Test
  void of_equalValues_hasThemInTheMiddle() {
    ValueAxis axis = ValueAxis.of(new double[] {0.05, 0.05}, true);
    assertThat((axis.low() + axis.high()) / 2).isEqualTo(0.05, within(1e-12));
    assertThat(ValueAxis.of(new double[] {0}, false).low()).isEqualTo(-1);
  }

  @Test
  void clamped_farOutside_isALengthOfTheAxisAway() {
    ValueAxis linear = ValueAxis.of(new double[] {1, 3}, false);
    assertThat(linear.clamped(1e300)).isEqualTo(5);
    assertThat(linear.clamped(2.5)).isEqualTo(2.5);
    ValueAxis logarithmic = ValueAxis.of(new double[] {1, 1000}, true);
    assertThat(logarithmic.clamped(1e300)).isEqualTo(1e6, within(1.0));
  }
}
