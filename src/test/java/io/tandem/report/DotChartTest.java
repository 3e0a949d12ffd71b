package io.tandem.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.report.chart.ChartSheet;
import io.tandem.report.chart.DotChart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever looks at the dots has to see how many there are and which group they are of. */
class DotChartTest {
  private static Optional<String> svg(DotChart.Group... groups) {
    return ChartSheet.svg(List.of(new DotChart("Title", "groups", "unit", List.of(groups))));
  }

  /** A dot is a line from a point to itself. */
  private static long dots(SvgPicture picture) {
    return picture.curves().stream()
        .flatMap(path -> Pattern.compile("M([^ML]+)L([^ML]+)").matcher(path).results())
        .filter(line -> line.group(1).strip().equals(line.group(2).strip()))
        .count();
  }

  @Test
  void svg_twoGroups_hasADotForEachFiniteValueAndNamesInOrder() {
    SvgPicture picture =
        SvgPicture.of(
            svg(
                    new DotChart.Group("first", new double[] {0.9, 0.8, 0.85}, 0.85),
                    new DotChart.Group("second", new double[] {0.7, Double.NEGATIVE_INFINITY}, 0.7))
                .orElseThrow());
    assertThat(dots(picture)).isEqualTo(4);
    assertThat(picture.contents()).contains("Title", "groups", "unit");
    assertThat(picture.steps())
        .extracting(SvgPicture.Text::content)
        .containsExactly("first", "second");
    assertThat(picture.values()).extracting(SvgPicture.Text::content).contains("0.80");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 12, 20})
  void svg_anyNumberOfGroups_hasEveryNameOnceWithRoom(int count) {
    List<DotChart.Group> groups = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      double[] values = new SplittableRandom(index).doubles(30, 0.9, 1).toArray();
      groups.add(new DotChart.Group(index + "_a_name_that_is_rather_long", values, 0.95));
    }
    String svg = svg(groups.toArray(DotChart.Group[]::new)).orElseThrow();
    assertThat(svg).hasSizeLessThan(60_000);
    List<SvgPicture.Text> names = SvgPicture.of(svg).steps();
    assertThat(names).hasSize(count);
    for (int index = 0; index < count; index++) {
      assertThat(names.get(index).content()).startsWith(index + (count < 20 ? "_a" : ""));
      if (index > 0) {
        double distance = names.get(index).x() - names.get(index - 1).x();
        assertThat(distance).isGreaterThan(names.get(index).width());
      }
    }
  }

  @Test
  void svg_manySeeds_isSmallAndHasTheExtremes() {
    double[] values = new SplittableRandom(1).doubles(1000, 0.9, 1).toArray();
    DotChart.Group[] groups = new DotChart.Group[20];
    Arrays.setAll(groups, index -> new DotChart.Group("arm" + index, values, 0.95));
    String svg = svg(groups).orElseThrow();
    assertThat(svg).hasSizeLessThan(60_000);
    assertThat(dots(SvgPicture.of(svg))).isBetween(1000L, 1500L);
  }

  @Test
  void svg_nothingFinite_isEmpty() {
    assertThat(svg(new DotChart.Group("a", new double[] {Double.NaN}, Double.NaN))).isEmpty();
    assertThat(svg(new DotChart.Group("a", new double[] {5}, 5))).isPresent();
  }
}
