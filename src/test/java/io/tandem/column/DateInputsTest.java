package io.tandem.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DateInputsTest {
  private static long[] local(String... texts) {
    long[] local = new long[texts.length];
    for (int row = 0; row < local.length; row++) {
      local[row] = texts[row].isEmpty() ? DateInputs.MISSING : moment(texts[row]).local();
    }
    return local;
  }

  private static Moment moment(String text) {
    return DateText.of(text).orElseThrow().as(DateForm.YEAR_DASH).orElseThrow();
  }

  private static DateInputs learn(String... texts) {
    return DateInputs.of(DateForm.YEAR_DASH, local(texts), new short[texts.length]);
  }

  private static float[] encode(DateInputs inputs, String text) {
    float[] found = new float[inputs.width()];
    short offset = text.isEmpty() ? 0 : (short) moment(text).offset();
    inputs.encode(local(text)[0], offset, found, 0);
    return found;
  }

  /** The 30th of January 2026 is a Friday. */
  @Test
  void encode_ofEverything_hasAllInputs() {
    DateInputs inputs =
        learn("2026-01-30T18:00", "2025-10-02", "", "2026-01-30T06:00", "2026-02-01");
    assertThat(inputs.names("t"))
        .containsExactly(
            "t days",
            "t year",
            "t January",
            "t February",
            "t October",
            "t Thursday",
            "t Friday",
            "t Sunday",
            "t hour 0",
            "t hour 6",
            "t hour 18",
            "t missing");
    assertThat(inputs.width()).isEqualTo(12);
    assertThat(inputs.numbers()).isEqualTo(2);
    assertThat(inputs.days()).isEqualTo(120.5f);
    assertThat(encode(inputs, "2026-01-30T18:00"))
        .containsExactly(120.75f, 2026, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0);
    assertThat(encode(inputs, "2025-10-02")).containsExactly(0, 2025, 0, 0, 1, 1, 0, 0, 1, 0, 0, 0);
    assertThat(encode(inputs, "")).containsExactly(120.5f, 2026, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    // A Monday in May at 7: of none of them there was a training row.
    assertThat(encode(inputs, "2026-05-04T07:30"))
        .containsExactly(214.3125f, 2026, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Before the first moment, with an offset: the calendar is that of the text. */
  @Test
  void encode_offset_movesTheMomentAlone() {
    DateInputs inputs = learn("2026-01-01", "2026-01-02T12:00");
    assertThat(inputs.names("t"))
        .containsExactly("t days", "t Thursday", "t Friday", "t hour 0", "t hour 12");
    assertThat(encode(inputs, "2026-01-01T00:00+02:00"))
        .containsExactly((float) (-2.0 / 24), 1, 0, 1, 0);
  }

  @Test
  void of_whatNeverVaries_hasNoInput() {
    DateInputs inputs = learn("2026-01-30", "2026-01-30");
    assertThat(inputs)
        .isEqualTo(
            new DateInputs(
                DateForm.YEAR_DASH,
                moment("2026-01-30").local(),
                0,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                false));
    assertThat(encode(inputs, "2026-02-02T12:00")).containsExactly(3.5f);
    assertThat(learn("2026-01-01", "2026-02-01").names("t"))
        .containsExactly("t days", "t January", "t February", "t Thursday", "t Sunday");
    refused(Float.NaN, List.of(), List.of(), List.of());
    refused(0, List.of(0), List.of(), List.of());
    refused(0, List.of(13), List.of(), List.of());
    refused(0, List.of(), List.of(3, 2), List.of());
    refused(0, List.of(), List.of(), List.of(24));
  }

  private static void refused(
      float days, List<Integer> months, List<Integer> weekdays, List<Integer> hours) {
    assertThatThrownBy(
            () ->
                new DateInputs(
                    DateForm.DAY_DOT, 0, days, Optional.empty(), months, weekdays, hours, true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void truthWords_areReadInPairs() {
    assertThat(TruthWords.of("TRUE")).contains(true);
    assertThat(TruthWords.of("n")).contains(false);
    assertThat(TruthWords.of("1")).contains(true);
    assertThat(TruthWords.of("perhaps")).isEmpty();
    assertThat(TruthWords.of("2")).isEmpty();
    assertThat(TruthWords.pairs("True") & TruthWords.pairs("false")).isNotZero();
    assertThat(TruthWords.pairs("yes") & TruthWords.pairs("false")).isZero();
    assertThat(TruthWords.pairs("1")).isZero();
    assertThat("Yes").matches(TruthWords.pattern(true));
    assertThat("yes?").doesNotMatch(TruthWords.pattern(true));
  }
}
