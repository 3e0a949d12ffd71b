package io.tandem.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates as tables have them. */
class DateTextTest {
  private static Moment moment(String text, DateForm form) {
    return DateText.of(text).orElseThrow().as(form).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31, YEAR_DASH, 2026-01-31T00:00, 0",
    "2026-1-3, YEAR_DASH, 2026-01-03T00:00, 0",
    "2026-01-31T08:30, YEAR_DASH, 2026-01-31T08:30, 0",
    "2026-01-31 8:30:15, YEAR_DASH, 2026-01-31T08:30:15, 0",
    "2026-01-31  08:30:15.1, YEAR_DASH, 2026-01-31T08:30:15.100, 0",
    "2026-01-31t08:30:15.123999z, YEAR_DASH, 2026-01-31T08:30:15.123, 0",
    "2026-01-31 08:30:15 UTC, YEAR_DASH, 2026-01-31T08:30:15, 0",
    "2026-01-31T08:30+01:00, YEAR_DASH, 2026-01-31T08:30, 60",
    "2026-01-31 08:30:15.5-0330, YEAR_DASH, 2026-01-31T08:30:15.500, -210",
    "2026-01-31 08:30 +02, YEAR_DASH, 2026-01-31T08:30, 120",
    "2024-02-29, YEAR_DASH, 2024-02-29T00:00, 0",
    "0001-01-01, YEAR_DASH, 0001-01-01T00:00, 0",
    "2026/01/31 23:59, YEAR_SLASH, 2026-01-31T23:59, 0",
    "31.01.2026, DAY_DOT, 2026-01-31T00:00, 0",
    "1.2.2026 08:30:00, DAY_DOT, 2026-02-01T08:30, 0",
    "01/02/2026, DAY_SLASH, 2026-02-01T00:00, 0",
    "01/02/2026, MONTH_SLASH, 2026-01-02T00:00, 0",
    "1/31/2026 0:05, MONTH_SLASH, 2026-01-31T00:05, 0"
  })
  void of_dates_areReadInTheirForm(String text, DateForm form, LocalDateTime expected, int offset) {
    Moment found = moment(text, form);
    assertThat(found.local()).isEqualTo(expected.toInstant(ZoneOffset.UTC).toEpochMilli());
    assertThat(found.offset()).isEqualTo(offset);
  }

  @Test
  void instant_isThatOfTheZone() {
    assertThat(moment("1970-01-01T01:00:00+01:00", DateForm.YEAR_DASH).instant()).isZero();
    assertThat(moment("1969-12-31 20:30 -03:30", DateForm.YEAR_DASH).instant()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026",
        "20260131",
        "2026-13-01",
        "2026-02-30",
        "2023-02-29",
        "2026-00-10",
        "2026-01-00",
        "2026-01-31T",
        "2026-01-31T8",
        "2026-01-31T24:00",
        "2026-01-31 08:60",
        "2026-01-31 08:30:60",
        "2026-01-31 08:30:15.",
        "2026-01-31 08:30Q",
        "2026-01-31Z",
        "2026-01-31 08:30+18:00",
        "2026-01-31 08:30+01:60",
        "2026-01-31 08:30+1",
        "26-01-31",
        "31-01-2026",
        "2026.01.31",
        "31.01.26",
        "31/01.2026",
        "32/01/2026",
        "00/01/2026",
        "1/31/20266",
        "01/02/2026x",
        "2026-01-311",
        " 2026-01-31",
        "1234.5.6789",
        "\u0661\u0662/01/2026"
      })
  void of_others_areNone(String text) {
    for (DateForm form : DateForm.values()) {
      assertThat(DateText.of(text).flatMap(date -> date.as(form))).as("%s", form).isEmpty();
    }
  }

  /** The exported model reads by the expression, training by the scanner. */
  @ParameterizedTest
  @EnumSource(DateForm.class)
  void of_mutatedTexts_isWhatTheExpressionSays(DateForm form) {
    Random random = new Random(form.ordinal());
    Pattern pattern = Pattern.compile(form.pattern());
    List<String> seeds =
        new ArrayList<>(
            List.of(
                "2026-01-31T08:30:15.123+01:00",
                "1/12/2026 8:05",
                "31.01.2026 23:59:59",
                "2026/1/31 08:30:15 UTC",
                "29.2.2023 0:00 -0330",
                form.example()));
    String symbols = "0123456789-/.:+ TZz";
    int taken = 0;
    for (int trial = 0; trial < 60_000; trial++) {
      StringBuilder text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
      for (int change = random.nextInt(4); change > 0 && !text.isEmpty(); change--) {
        int place = random.nextInt(text.length());
        char symbol = symbols.charAt(random.nextInt(symbols.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.deleteCharAt(place);
          case 1 -> text.insert(place, symbol);
          default -> text.setCharAt(place, symbol);
        }
      }
      Matcher matcher = pattern.matcher(text);
      boolean expected = matcher.matches() && exists(matcher, form);
      boolean found = DateText.of("" + text).flatMap(date -> date.as(form)).isPresent();
      assertThat(found).as("%s", text).isEqualTo(expected);
      taken += found ? 1 : 0;
    }
    assertThat(taken).isGreaterThan(1000);
  }

  private static boolean exists(Matcher matcher, DateForm form) {
    int month = Integer.parseInt(matcher.group(form.month()));
    int day = Integer.parseInt(matcher.group(form.day()));
    return month >= 1
        && month <= 12
        && day >= 1
        && day
            <= LocalDate.of(Integer.parseInt(matcher.group(form.year())), month, 1).lengthOfMonth();
  }

  @ParameterizedTest
  @EnumSource(DateForm.class)
  void text_isReadAsTheSameMoment(DateForm form) {
    Random random = new Random(7);
    for (int trial = 0; trial < 5000; trial++) {
      long unit = List.of(1L, 1000L, 60_000L, 3_600_000L, 86_400_000L).get(trial % 5);
      long local = random.nextLong(-62_000_000_000_000L, 250_000_000_000_000L);
      Moment moment =
          new Moment(
              Math.floorDiv(local, unit) * unit,
              random.nextBoolean() ? 0 : random.nextInt(-1079, 1080));
      assertThat(moment(form.text(moment), form)).as(form.text(moment)).isEqualTo(moment);
    }
    assertThat(form.text(moment(form.example(), form))).isEqualTo(form.example());
  }

  @Test
  void scan_findsTheFormAndAsksForTheOrder() {
    DateScan scan = new DateScan();
    assertThat(scan.add("03/03/2026")).isTrue();
    assertThat(scan.unclear()).as("both are one day").isEmpty();
    assertThat(scan.add("01/02/2026")).isTrue();
    assertThat(scan.add("soon")).isFalse();
    assertThat(scan.unclear()).contains("01/02/2026");
    assertThat(scan.form(DateOrder.AS_FOUND)).isEqualTo(DateForm.DAY_SLASH);
    assertThat(scan.form(DateOrder.MDY)).isEqualTo(DateForm.MONTH_SLASH);
    scan.add("01/13/2026");
    assertThat(scan.unclear()).isEmpty();
    assertThat(scan.form(DateOrder.DMY)).isEqualTo(DateForm.MONTH_SLASH);
    assertThat(scan.dates()).isEqualTo(3);
    assertThat(scan.most()).isEqualTo(3);
    assertThat(scan.first(DateForm.MONTH_SLASH)).isEqualTo("01/02/2026");
    assertThat(scan.last(DateForm.MONTH_SLASH)).isEqualTo("03/03/2026");
  }
}
