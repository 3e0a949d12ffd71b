package io.tandem.export.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.column.DateForm;
import io.tandem.column.DateInputs;
import io.tandem.column.DateText;
import io.tandem.column.Moment;
import io.tandem.column.Quantiles;
import io.tandem.column.TruthWords;
import io.tandem.data.TableEncoding;
import io.tandem.data.TypedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/** The graph of an exported model and Java make the same inputs of a column, bit for bit. */
class ColumnOpsTest {
  private static float[] run(
      BiFunction<Ops, Operand<TString>, Operand<TFloat32>> built, List<String> texts) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TString> column = tf.constant(NdArrays.vectorOfObjects(texts.toArray(String[]::new)));
      return fetched(session, built.apply(tf, column));
    }
  }

  private static float[] fetched(Session session, Operand<TFloat32> output) {
    try (TFloat32 found = (TFloat32) session.runner().fetch(output).run().get(0)) {
      float[] values = new float[(int) found.size()];
      found.asRawTensor().data().asFloats().read(values);
      return values;
    }
  }

  private static TypedRows.Dates dates(DateForm form, List<String> texts) {
    long[] local = new long[texts.size()];
    short[] offsets = new short[texts.size()];
    for (int row = 0; row < local.length; row++) {
      Optional<Moment> moment = DateText.of(texts.get(row)).flatMap(date -> date.as(form));
      local[row] = moment.map(Moment::local).orElse(DateInputs.MISSING);
      offsets[row] = moment.map(Moment::offset).orElse(0).shortValue();
    }
    return new TypedRows.Dates(form, local, offsets);
  }

  /** Moments of ten thousand years, some beyond what a month or day has, some no date at all. */
  private static List<String> texts(DateForm form) {
    Random random = new Random(form.ordinal());
    List<String> texts = new ArrayList<>();
    for (int row = 0; row < 4000; row++) {
      String time =
          switch (random.nextInt(5)) {
            case 0 -> "";
            case 1 -> String.format("T%02d:%02d", random.nextInt(26), random.nextInt(61));
            case 2 ->
                String.format(
                    " %d:%02d:%02d", random.nextInt(24), random.nextInt(60), random.nextInt(60));
            case 3 -> String.format(" 08:30:15.%d", random.nextInt(100_000));
            default ->
                String.format(
                    "t08:30%s%02d:%02d",
                    random.nextBoolean() ? "+" : " -", random.nextInt(19), 15 * random.nextInt(4));
          };
      int year = row % 2 == 0 ? random.nextInt(10_000) : 1960 + random.nextInt(100);
      String first = Integer.toString(random.nextInt(14));
      String second = Integer.toString(random.nextInt(33));
      String separator = form.example().replaceAll("[0-9]", "").substring(0, 1);
      String date =
          switch (form) {
            case YEAR_DASH, YEAR_SLASH ->
                String.join(separator, String.format("%04d", year), first, second);
            case DAY_DOT, DAY_SLASH ->
                String.join(separator, second, first, String.format("%04d", year));
            case MONTH_SLASH -> String.join(separator, first, second, String.format("%04d", year));
          };
      texts.add(date + time);
    }
    texts.addAll(
        List.of("", "soon", "NA", "2026", form.example() + " ", form.example() + " 12:00 UTC"));
    for (int year : new int[] {1900, 2000, 2023, 2024}) {
      texts.add(
          form.text(
              new Moment(java.time.LocalDate.of(year, 3, 1).toEpochDay() * 86_400_000L - 1, 0)));
      texts.add(form.example().replace("2026", "" + year).replace("01", "02").replace("31", "29"));
    }
    return texts;
  }

  @ParameterizedTest
  @EnumSource(DateForm.class)
  void dates_inEveryForm_areThoseOfJava(DateForm form) {
    List<String> texts = texts(form);
    TypedRows rows = new TypedRows(List.of(dates(form, texts)), texts.size());
    for (boolean gaps : new boolean[] {true, false}) {
      TableEncoding.Dates how =
          new TableEncoding.Dates(
              new DateInputs(
                  form,
                  1_769_846_399_999L,
                  12.25f,
                  gaps ? Optional.of(1999) : Optional.empty(),
                  List.of(1, 2, 3, 7, 12),
                  gaps ? List.of(1, 2, 3, 4, 5, 6, 7) : List.of(),
                  List.of(0, 8, 23),
                  gaps));
      float[] expected = new TableEncoding(List.of(how)).encode(rows);
      float[] found =
          run(
              (tf, text) -> DateOps.inputs(tf, how, text, tf.math.equal(text, tf.constant("NA"))),
              texts);
      assertThat(found).hasSameSizeAs(expected);
      for (int index = 0; index < found.length; index++) {
        assertThat(found[index])
            .as("%s", texts.get(index / how.width()))
            .isEqualTo(expected[index]);
      }
    }
    long read =
        texts.stream()
            .filter(text -> DateText.of(text).flatMap(date -> date.as(form)).isPresent())
            .count();
    assertThat(read).isBetween(1500L, 3900L);
  }

  /** A mark of missing values may be a date. */
  @Test
  void dates_mark_isMissing() {
    TableEncoding.Dates how =
        new TableEncoding.Dates(
            new DateInputs(
                DateForm.YEAR_DASH, 0, 5, Optional.empty(), List.of(), List.of(), List.of(), true));
    assertThat(
            run(
                (tf, text) ->
                    DateOps.inputs(tf, how, text, tf.math.equal(text, tf.constant("1900-01-01"))),
                List.of("1900-01-01", "1970-01-02")))
        .containsExactly(5, 1, 1, 0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void truths_everyWord_isThatOfJava(boolean usual) {
    List<String> texts =
        List.of(
            "true", "FALSE", "Yes", "no", "t", "f", "y", "N", "1", "0", "", "2", "maybe", "not",
            "NA");
    byte[] values = new byte[texts.size()];
    for (int row = 0; row < values.length; row++) {
      values[row] =
          TruthWords.of(texts.get(row))
              .map(value -> (byte) (value ? 1 : 0))
              .orElse(TypedRows.Truths.MISSING);
    }
    TypedRows rows = new TypedRows(List.of(new TypedRows.Truths(values)), values.length);
    for (boolean gaps : new boolean[] {true, false}) {
      TableEncoding.Truths how = new TableEncoding.Truths(usual, gaps);
      assertThat(
              run(
                  (tf, text) ->
                      TruthOps.inputs(tf, how, text, tf.math.equal(text, tf.constant("NA"))),
                  texts))
          .containsExactly(new TableEncoding(List.of(how)).encode(rows));
    }
    // A mark may be one of the words.
    assertThat(
            run(
                (tf, text) ->
                    TruthOps.inputs(
                        tf,
                        new TableEncoding.Truths(usual, true),
                        text,
                        tf.math.equal(text, tf.constant("no"))),
                List.of("no", "yes")))
        .containsExactly(usual ? 1 : 0, 1, 1, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 50, 5000})
  void quantiles_ofAnyNumbers_areThoseOfJava(int count) {
    Random random = new Random(count);
    float[] learnt = new float[count];
    float[] asked = new float[2000];
    for (int index = 0; index < Math.max(count, asked.length); index++) {
      float number =
          (float) Math.exp(6 * random.nextGaussian())
              * (random.nextInt(4) == 0 ? 0 : random.nextBoolean() ? 1 : -1);
      if (index < count) {
        learnt[index] = number;
      }
      if (index < asked.length) {
        asked[index] = index < 500 ? learnt[index % count] : number;
      }
    }
    asked[0] = Float.NEGATIVE_INFINITY;
    asked[1] = Float.MAX_VALUE;
    asked[2] = -0f;
    Quantiles map = Quantiles.of(learnt);
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      assertThat(fetched(session, QuantileOps.scores(tf, map, tf.constant(asked))))
          .containsExactly(map.apply(asked));
    }
  }
}
