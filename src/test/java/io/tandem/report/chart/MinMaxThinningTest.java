package io.tandem.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A curve that was thinned out shows the same extremes in the same order. */
class MinMaxThinningTest {
  @Test
  void thin_longCurve_keepsTheExtremesOfEveryColumn() {
    Curve thinned =
        MinMaxThinning.thin(curve(step -> step % 10 == 7 ? 5 : step % 10 == 2 ? -5 : 0), 10);
    assertThat(thinned.steps()).hasSize(20).isSorted();
    assertThat(thinned.values()).containsOnly(5, -5);
    assertThat(thinned.values()[0]).isEqualTo(-5);
  }

  @Test
  void thin_oneOutlier_isKept() {
    Curve thinned = MinMaxThinning.thin(curve(step -> step == 57 ? 1e9 : 0), 10);
    assertThat(thinned.values()).contains(1e9);
    assertThat(thinned.steps()).contains(57);
  }

  @Test
  void thin_columnsWithoutValues_stayGaps() {
    Curve thinned =
        MinMaxThinning.thin(curve(step -> step >= 30 && step < 50 ? Double.NaN : step), 10);
    assertThat(thinned.values()).contains(29, Double.NaN, 50);
    assertThat(IntStream.range(0, thinned.steps().length))
        .noneMatch(
            index ->
                Double.isFinite(thinned.values()[index])
                    && thinned.values()[index] != thinned.steps()[index]);
  }

  @Test
  void thin_fewPoints_staysAsItIs() {
    Curve curve = curve(step -> step);
    assertThat(MinMaxThinning.thin(curve, 50)).isSameAs(curve);
  }

  private static Curve curve(IntToDoubleFunction value) {
    return new Curve(
        "curve",
        IntStream.range(0, 100).asDoubleStream().toArray(),
        IntStream.range(0, 100).mapToDouble(value).toArray());
  }
}
