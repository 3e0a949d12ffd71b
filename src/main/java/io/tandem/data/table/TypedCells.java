package io.tandem.data.table;

import io.tandem.column.ColumnType;
import io.tandem.column.DateForm;
import io.tandem.column.DateInputs;
import io.tandem.column.DateText;
import io.tandem.column.Moment;
import io.tandem.column.TruthWords;
import io.tandem.data.Quote;
import io.tandem.data.TypedRows;
import io.tandem.data.row.TableRow;
import io.tandem.data.row.TextCodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Cells of every type collected from rows, column by column, with gaps. */
final class TypedCells {
  private static final int FIRST = 1 << 10;

  private final int[] places;
  private final List<MissingMarks> marks;
  private final Cells.Remedies remedies;
  private final BadCells bad;
  private final List<Values> columns = new ArrayList<>();
  private int rows;

  /** The values of a column. */
  private sealed interface Values permits NumberValues, TextValues, TruthValues, DateValues {}

  private record NumberValues(Cells cells) implements Values {}

  private static final class TextValues implements Values {
    private final TextCodes texts = new TextCodes();
    private int[] codes = new int[FIRST];

    void add(int row, int code) {
      if (row == codes.length) {
        codes = Arrays.copyOf(codes, 2 * row);
      }
      codes[row] = code;
    }
  }

  private static final class TruthValues implements Values {
    private byte[] values = new byte[FIRST];

    void add(int row, byte value) {
      if (row == values.length) {
        values = Arrays.copyOf(values, 2 * row);
      }
      values[row] = value;
    }
  }

  private static final class DateValues implements Values {
    private final DateForm form;
    private long[] local = new long[FIRST];
    private short[] offsets = new short[FIRST];

    DateValues(DateForm form) {
      this.form = form;
    }

    void add(int row, Optional<Moment> moment) {
      if (row == local.length) {
        local = Arrays.copyOf(local, 2 * row);
        offsets = Arrays.copyOf(offsets, 2 * row);
      }
      local[row] = moment.map(Moment::local).orElse(DateInputs.MISSING);
      offsets[row] = moment.map(Moment::offset).orElse(0).shortValue();
    }
  }

  /**
   * No rows yet.
   *
   * @param places index in a row of each feature
   * @param types of the features
   * @param marks of each feature, the cells that are missing values
   * @param remedies what to do about a cell that is not of the type of its column
   * @param bad gets such cells
   */
  TypedCells(
      int[] places,
      List<ColumnType> types,
      List<MissingMarks> marks,
      Cells.Remedies remedies,
      BadCells bad) {
    this.places = places.clone();
    this.marks = List.copyOf(marks);
    this.remedies = remedies;
    this.bad = bad;
    types.forEach(type -> columns.add(values(type)));
  }

  private Values values(ColumnType type) {
    if (type instanceof ColumnType.Date date) {
      return new DateValues(date.form());
    }
    if (type instanceof ColumnType.Truth) {
      return new TruthValues();
    }
    return type instanceof ColumnType.Category
        ? new TextValues()
        : new NumberValues(new Cells(1, remedies, bad));
  }

  /**
   * Adds a row.
   *
   * @param file name of the table, for messages
   */
  void add(TableRow row, String file) {
    for (int feature = 0; feature < places.length; feature++) {
      int place = places[feature];
      Values column = columns.get(feature);
      MissingMarks missing = marks.get(feature);
      if (column instanceof TextValues texts) {
        texts.add(rows, row.code(place, texts.texts));
      } else if (column instanceof TruthValues truths) {
        truths.add(rows, truth(row, place, file, missing));
      } else if (column instanceof DateValues dates) {
        dates.add(rows, moment(row, place, file, dates.form, missing));
      } else {
        Cells cells = ((NumberValues) column).cells();
        if ((missing.haveNumber() || Double.isNaN(row.number(place)))
            && missing.contains(row.text(place))) {
          cells.addMissing(file);
        } else {
          cells.add(row, place, file);
        }
      }
    }
    rows++;
  }

  private byte truth(TableRow row, int place, String file, MissingMarks missing) {
    String text = row.text(place);
    if (missing.contains(text)) {
      return TypedRows.Truths.MISSING;
    }
    Optional<Boolean> value = TruthWords.of(text);
    if (value.isEmpty()) {
      refuse(row, place, file, "is neither true nor false, expected such a word, or yes or no");
    }
    return (byte) (value.orElse(false) ? 1 : 0);
  }

  private Optional<Moment> moment(
      TableRow row, int place, String file, DateForm form, MissingMarks missing) {
    String text = row.text(place);
    if (missing.contains(text)) {
      return Optional.empty();
    }
    Optional<Moment> moment = DateText.of(text).flatMap(date -> date.as(form));
    if (moment.isEmpty()) {
      refuse(row, place, file, "is no date, expected one like " + form.example());
    }
    return moment;
  }

  private void refuse(TableRow row, int place, String file, String why) {
    long line = row.line();
    String text = row.text(place);
    bad.add(
        line,
        () ->
            Quote.format(
                "%s:%d:%d: %s %s; %s",
                file,
                line,
                place + 1,
                Quote.quoted(text),
                why,
                line == 1 ? remedies.first() : remedies.later()));
  }

  /**
   * How often two different numbers in neighbouring rows of a column became one in 32 bits.
   *
   * @return for each feature; 0 for others than numbers
   */
  List<Integer> merged() {
    return columns.stream()
        .map(column -> column instanceof NumberValues numbers ? numbers.cells().merged(0) : 0)
        .toList();
  }

  /** All of them. */
  TypedRows toRows() {
    List<TypedRows.Column> typed = new ArrayList<>();
    for (int feature = 0; feature < places.length; feature++) {
      Values column = columns.get(feature);
      if (column instanceof TextValues texts) {
        typed.add(CategoryTexts.of(texts.texts, texts.codes, rows, marks.get(feature)));
      } else if (column instanceof TruthValues truths) {
        typed.add(new TypedRows.Truths(Arrays.copyOf(truths.values, rows)));
      } else if (column instanceof DateValues dates) {
        typed.add(
            new TypedRows.Dates(
                dates.form, Arrays.copyOf(dates.local, rows), Arrays.copyOf(dates.offsets, rows)));
      } else {
        typed.add(new TypedRows.Numbers(((NumberValues) column).cells().toArray()));
      }
    }
    return new TypedRows(typed, rows);
  }
}
