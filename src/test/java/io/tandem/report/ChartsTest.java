package io.tandem.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.disk.Json;
import io.tandem.report.journal.JournalEntry;
import io.tandem.space.Goal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Charts are looked at by people, in browsers with other fonts than the machine that drew them, and
 * kept with every run: they must show what informs, name their axes and be small.
 */
class ChartsTest {
  private static final int MOST_BYTES = 60_000;

  @Test
  void reward_ofClasses_drawsTheLossesAndNotTheirMirrorImage() {
    SvgPicture picture = reward(search(20, 0.1), Goal.ACCURACY);
    assertThat(picture.contents())
        .contains("Validation loss (minus the reward)", "before inner steps", "after inner steps")
        .doesNotContain("reward")
        .noneMatch(text -> text.startsWith("-"));
    assertThat(picture.curves()).hasSize(2);
  }

  @Test
  void reward_ofWords_hasTheRewardInAChartOfItsOwn() {
    SvgPicture picture = reward(search(20, 0.1), Goal.PERPLEXITY);
    assertThat(picture.root().getAttribute("viewBox")).isEqualTo("0 0 900 960");
    assertThat(picture.contents()).contains("Validation loss", "Reward", "after inner steps");
    assertThat(picture.curves()).hasSize(3);
  }

  @Test
  void reward_withoutInnerSteps_isOneCurve() {
    assertThat(reward(search(20, 0), Goal.ACCURACY).contents()).contains("validation loss");
    assertThat(reward(search(20, Double.NaN), Goal.ACCURACY).curves()).hasSize(1);
  }

  @Test
  void retraining_trainedOnTheValidationPart_hasTheTrainingLossAlone() {
    assertThat(Charts.retraining(List.of(), Goal.ACCURACY)).isEmpty();
    SvgPicture one =
        picture(Charts.retraining(retraining(40, Double.NaN), Goal.ACCURACY).orElseThrow());
    assertThat(one.contents()).contains("epoch", "training loss").doesNotContain("validation loss");
    SvgPicture both = picture(Charts.retraining(retraining(40, 0.1), Goal.ACCURACY).orElseThrow());
    assertThat(both.contents()).contains("training loss", "validation loss");
    assertThat(both.curves()).hasSize(2);
  }

  @Test
  void hypergradient_withoutADirectPart_namesTheOneCurveByBoth() {
    List<JournalEntry.Tuned> steps =
        IntStream.range(0, 20).mapToObj(step -> tuned(step, 0.1 + step)).toList();
    assertThat(picture(Charts.hypergradient(steps).orElseThrow()).contents())
        .contains("whole = response");
  }

  static Stream<String> pictures() {
    List<JournalEntry.Tuned> tuning =
        IntStream.range(0, 5000)
            .mapToObj(step -> tuned(step, Math.exp(20 * noise(step) - 10)))
            .toList();
    List<JournalEntry.Step> search = search(5000, 0.1);
    return Stream.of(
            Charts.reward(search, Goal.ACCURACY),
            Charts.reward(search, Goal.PERPLEXITY),
            Charts.gradients(search),
            Charts.retraining(retraining(5000, 0.1), Goal.ACCURACY),
            Charts.losses(tuning, Goal.ACCURACY),
            Charts.hypergradient(tuning),
            Charts.refinement(tuning, Goal.ACCURACY),
            schedule(5000, 17, step -> 0.001 + noise(step)),
            Charts.reward(search(30, 0.1), Goal.ACCURACY),
            Charts.gradients(search(30, 0.1)),
            Charts.retraining(retraining(1, 0.1), Goal.ACCURACY),
            Charts.retraining(retraining(2, 0.1), Goal.ACCURACY),
            Charts.retraining(retraining(13, 0.1), Goal.ACCURACY),
            Charts.retraining(retraining(101, 0.1), Goal.ACCURACY))
        .map(svg -> svg.orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void charts_ofAnyLength_areSmallWithRoundedPointsAndRealText(String svg) {
    assertThat(svg.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MOST_BYTES);
    SvgPicture picture = picture(svg);
    assertThat(picture.paths())
        .noneMatch(path -> path.contains("Q"))
        .noneMatch(path -> path.matches(".*\\.\\d{3}.*"));
    assertThat(picture.values()).hasSizeGreaterThan(1);
    assertThat(picture.steps()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void charts_ofAnyLength_haveNoTextThatTouchesAnother(String svg) {
    SvgPicture picture = picture(svg);
    List<SvgPicture.Text> values = new ArrayList<>(picture.values());
    values.sort(Comparator.comparingDouble(SvgPicture.Text::y));
    for (int index = 1; index < values.size(); index++) {
      SvgPicture.Text above = values.get(index - 1);
      assertThat(values.get(index).y() - above.y()).isGreaterThan(1.2 * above.size());
    }
    List<SvgPicture.Text> steps = picture.steps();
    for (int index = 1; index < steps.size(); index++) {
      SvgPicture.Text left = steps.get(index - 1);
      SvgPicture.Text right = steps.get(index);
      if (left.y() == right.y()) {
        assertThat(right.x() - left.x()).isGreaterThan((left.width() + right.width()) / 2 + 6);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.05, 0.05",
    "0.05, 0.0501",
    "0.03, 0.036",
    "0.031, 0.075",
    "0.002, 0.009",
    "0.0011, 0.0099",
    "0.02, 0.3",
    "1e-7, 3",
    "1e-30, 1e-2"
  })
  void overTraining_logarithmicOfAnyRange_hasNumbersThatDiffer(double low, double high) {
    SvgPicture picture =
        picture(schedule(100, 1, step -> low * Math.pow(high / low, noise(step))).orElseThrow());
    assertThat(picture.values())
        .extracting(SvgPicture.Text::content)
        .hasSizeGreaterThan(1)
        .doesNotHaveDuplicates();
  }

  @Test
  void losses_oneStepDiverged_areClippedAndTheLabelSaysSo() {
    List<JournalEntry.Tuned> steps = new ArrayList<>();
    for (int step = 0; step < 50; step++) {
      steps.add(tuned(step, 1, step == 30 ? 1e6 : 0.3 + 0.1 * noise(step), 0.3));
    }
    SvgPicture picture = picture(Charts.losses(steps, Goal.ACCURACY).orElseThrow());
    assertThat(picture.contents()).contains("nats (1 of 100 values outside)");
    assertThat(picture.values()).extracting(SvgPicture.Text::content).contains("0.35");
  }

  @Test
  void losses_overManyDecades_areLogarithmic() {
    List<JournalEntry.Tuned> steps = new ArrayList<>();
    for (int step = 0; step < 50; step++) {
      steps.add(tuned(step, 1, Math.pow(10, -step / 10.0), Math.pow(10, -step / 12.0)));
    }
    assertThat(picture(Charts.losses(steps, Goal.ACCURACY).orElseThrow()).values())
        .extracting(SvgPicture.Text::content)
        .contains("1", "0.1", "0.01", "0.001", "0.0001");
  }

  private static SvgPicture reward(List<JournalEntry.Step> steps, Goal goal) {
    return picture(Charts.reward(steps, goal).orElseThrow());
  }

  private static SvgPicture picture(String svg) {
    return SvgPicture.of(svg);
  }

  private static Optional<String> schedule(int steps, int layers, IntToDoubleFunction value) {
    Map<String, double[]> curves = new LinkedHashMap<>();
    for (int layer = 0; layer < layers; layer++) {
      int shift = layer;
      curves.put(
          "layer " + layer,
          IntStream.range(0, steps)
              .mapToDouble(step -> value.applyAsDouble(step + shift))
              .toArray());
    }
    return Charts.overTraining("learning rate", "value", true, curves);
  }

  /** A number from 0 to 1, both of them for some step. */
  private static double noise(long step) {
    return step == 3 ? 0 : step == 5 ? 1 : new SplittableRandom(step).nextDouble();
  }

  private static List<JournalEntry.Step> search(int count, double improvement) {
    List<JournalEntry.Step> steps = new ArrayList<>();
    for (int step = 1; step <= count; step++) {
      double before = 0.2 + 2 * Math.exp(-3.0 * step / count) * noise(step);
      double after = Double.isNaN(improvement) ? before : before * (1 - improvement);
      steps.add(
          new JournalEntry.Step(
              step,
              1.5,
              Double.isNaN(improvement) ? Double.NaN : before,
              after,
              0.5,
              -after,
              3,
              0.25 + noise(step),
              step % 50 == 0 ? Double.NaN : 0.001 + noise(step + 1),
              0.1,
              0,
              100L * step,
              step));
    }
    return steps;
  }

  private static List<JournalEntry.Retrain> retraining(int epochs, double gap) {
    List<JournalEntry.Retrain> lines = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      double loss = 0.25 + 0.1 * noise(epoch);
      lines.add(new JournalEntry.Retrain(epoch, loss, loss + gap, 0.9, 1000L * epoch, epoch));
    }
    return lines;
  }

  private static JournalEntry.Tuned tuned(long step, double norm) {
    return tuned(step, norm, 0.3 + 0.1 * noise(step), 0.2 + 0.1 * noise(step + 1));
  }

  private static JournalEntry.Tuned tuned(long step, double norm, double outer, double training) {
    return new JournalEntry.Tuned(
        step, outer, training, 0.9, norm, 0, norm, 0.5, 1, 0.1, Json.object(), null, 10, 1);
  }
}
