package io.tandem.data.table;

import io.tandem.column.ColumnType;
import io.tandem.column.DateText;
import io.tandem.column.TruthWords;
import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.NearestName;
import io.tandem.data.Quote;
import io.tandem.data.StoredBytes;
import io.tandem.data.TableEncoding;
import io.tandem.data.TableLayout;
import io.tandem.data.TypedRows;
import io.tandem.data.row.NumberForm;
import io.tandem.data.row.TableInput;
import io.tandem.data.row.TableRow;
import io.tandem.data.row.TableRows;
import io.tandem.dialect.Delimiters;
import io.tandem.dialect.Dialect;
import io.tandem.dialect.DialectRemedy;
import io.tandem.dialect.DialectSettings;
import io.tandem.dialect.NumberMarks;
import io.tandem.disk.NextCommand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows that a model is applied to, read in batches, so that a file may be larger than memory.
 *
 * <p>The first row is a header if it has the name of a feature, or if every cell is a text. Columns
 * are then found by the names that the model was trained with, in whatever order, and others are
 * ignored; a feature that no column has is an error. Categories that no training row has, and
 * missing values, are accepted by models of tables with categories or gaps. Without a header,
 * columns are taken by their places: those of the features alone, or those of the whole table that
 * the model was trained on.
 */
public final class PredictionRows {
  private static final int BATCH = 1024;
  private static final Cells.Remedies REMEDIES =
      new Cells.Remedies(
          "correct the cell, or if this is a header, give it the names of the model's features",
          "correct the cell or remove the row");

  private final TableInput input;
  private final TableLayout layout;
  private final Optional<TableEncoding> encoding;
  private final Optional<List<ColumnType>> types;
  private final Request request;
  private final DialectRemedy remedy;
  private final BadCells bad;

  private PredictionRows(
      TableInput input, TableLayout layout, Optional<TableEncoding> encoding, Request request) {
    this.input = input;
    this.layout = layout;
    this.encoding = encoding;
    this.types = encoding.map(PredictionRows::types);
    this.request = request;
    this.remedy = DialectRemedy.OPTION;
    this.bad = new BadCells(input.name());
  }

  /**
   * What is wanted of the rows beside their features.
   *
   * @param dialect what is known of the way in which the file is written; the rest is found in its
   *     first rows, or as in the training table
   * @param passed columns whose cells are passed on: names, or without a header indices from 0
   * @param option that names these columns, for messages
   * @param labels whether what was predicted is wanted too: the label, or the numbers
   */
  public record Request(
      DialectSettings dialect, List<String> passed, String option, boolean labels) {
    /** Copies the list. */
    public Request {
      passed = List.copyOf(passed);
    }

    /** Where nothing but the features is wanted. */
    public static Request features(DialectSettings dialect) {
      return new Request(dialect, List.of(), "", false);
    }
  }

  /**
   * Some rows, one after the other.
   *
   * @param features finite numbers, row-major {@code [rows, features]}, not standardised; none
   *     where they are typed
   * @param typed the features of a model that takes categories and gaps
   * @param lines for each row the line that it begins in, from 1
   * @param passed for each row the cells that are passed on
   * @param labels for each row the cells of what is predicted, each empty if it is missing; none if
   *     they are not wanted
   */
  public record Batch(
      float[] features,
      Optional<TypedRows> typed,
      List<Long> lines,
      List<List<String>> passed,
      List<List<String>> labels) {
    /** Copies the lists. */
    public Batch {
      lines = List.copyOf(lines);
      passed = List.copyOf(passed);
      labels = List.copyOf(labels);
    }

    /** Number of rows. */
    public int rows() {
      return lines.size();
    }
  }

  /** Where everything is in a row. */
  private record Places(int[] features, int[] passed, int[] labels, boolean header) {}

  /**
   * Reads the rows.
   *
   * @param input the table
   * @param layout of the table that the model was trained on
   * @param encoding how the columns become features, in a model that takes categories and gaps
   * @param request what is wanted beside the features
   * @param sink gets the rows in their order, at least one batch
   * @throws DataException if the file cannot be read or its rows do not fit; batches before that
   *     may have gone to the sink
   */
  public static void read(
      TableInput input,
      TableLayout layout,
      Optional<TableEncoding> encoding,
      Request request,
      Consumer<Batch> sink) {
    new PredictionRows(input, layout, encoding, request).read(sink);
  }

  private static List<ColumnType> types(TableEncoding encoding) {
    return encoding.columns().stream().map(PredictionRows::type).toList();
  }

  private static ColumnType type(TableEncoding.Column column) {
    if (column instanceof TableEncoding.Dates dates) {
      return new ColumnType.Date(dates.inputs().form());
    }
    if (column instanceof TableEncoding.Truths) {
      return new ColumnType.Truth();
    }
    return column instanceof TableEncoding.Numbers
        ? new ColumnType.Numeric()
        : new ColumnType.Category();
  }

  /** What the rows of a file of features are, for messages and for {@link StoredBytes}. */
  public static String kind() {
    return CsvReader.KIND;
  }

  private void read(Consumer<Batch> sink) {
    try (TableRows rows =
        input.open(
            request.dialect(), Optional.of(layout.dialect()), remedy, StoredBytes.unhashed())) {
      TableRow row = rows.next();
      if (row == null) {
        throw new DataException(input.name() + ": the file is empty, expected rows; fill it");
      }
      EmptyColumns.drop(rows, row, layout);
      Dialect dialect = rows.dialect();
      Places places = places(row, dialect);
      requireRead(rows, places, row);
      int width = row.cells();
      if (places.header()) {
        row = rows.next();
      }
      if (row == null) {
        throw input.named()
            ? input.withoutRows()
            : new DataException(input.name() + ": a header and no rows, expected rows; add some");
      }
      Collected collected = new Collected(places, dialect);
      try {
        for (; row != null; row = rows.next()) {
          if (isAsWide(row, width)) {
            collected.add(row);
          }
          if (collected.lines.size() == BATCH) {
            collected.send(sink);
            collected = new Collected(places, dialect);
          }
        }
      } catch (DataException end) {
        throw bad.with(end);
      }
      if (!collected.lines.isEmpty()) {
        collected.send(sink);
      }
      bad.throwIfAny();
    }
  }

  /** The rows of a batch. */
  private final class Collected {
    private final Places places;
    private final Cells cells;
    private final Optional<TypedCells> typed;
    private final List<MissingMarks> predicted;
    private final NumberMarks numbers;
    private final List<Long> lines = new ArrayList<>();
    private final List<List<String>> passed = new ArrayList<>();
    private final List<List<String>> labels = new ArrayList<>();

    Collected(Places places, Dialect dialect) {
      this.numbers = dialect.numbers();
      this.places = places;
      this.cells = new Cells(places.features().length, REMEDIES, bad);
      this.predicted = missing(layout.predicted(), dialect);
      List<MissingMarks> marks = missing(layout.features(), dialect);
      this.typed =
          types.map(chosen -> new TypedCells(places.features(), chosen, marks, REMEDIES, bad));
    }

    void add(TableRow row) {
      if (typed.isPresent()) {
        typed.get().add(row, input.name());
      } else {
        for (int cell : places.features()) {
          cells.add(row, cell, input.name());
        }
      }
      lines.add(row.line());
      passed.add(Arrays.stream(places.passed()).mapToObj(row::text).toList());
      if (places.labels().length > 0) {
        labels.add(
            IntStream.range(0, places.labels().length)
                .mapToObj(each -> label(row, places.labels()[each], predicted.get(each)))
                .toList());
      }
    }

    /** What was predicted: a class as it is written, a number as programs write it. */
    private String label(TableRow row, int place, MissingMarks marks) {
      String text = row.text(place);
      if (marks.contains(text)) {
        return "";
      }
      if (layout.targets().isEmpty() || numbers.isPlain()) {
        return text;
      }
      if (!NumberForm.isNumber(text, numbers)) {
        bad.add(
            row.line(),
            () ->
                Quote.format(
                    "%s:%d:%d: %s %s, expected a number like %s; %s",
                    input.name(),
                    row.line(),
                    place + 1,
                    Quote.quoted(text),
                    row.form(text).map(NumberForm::name).orElse("is not a number"),
                    row.exampleNumber(),
                    row.form(text).map(NumberForm::remedy).orElse("correct the cell")));
        return "";
      }
      return numbers.plain(text).orElseThrow();
    }

    /** Rows after a mistake are only looked at for further ones. */
    void send(Consumer<Batch> sink) {
      if (bad.isEmpty()) {
        sink.accept(
            new Batch(cells.toArray(), typed.map(TypedCells::toRows), lines, passed, labels));
      }
    }
  }

  private void requireRead(TableRows rows, Places places, TableRow first) {
    List<Integer> used =
        Stream.of(places.features(), places.passed(), places.labels())
            .flatMapToInt(IntStream::of)
            .boxed()
            .toList();
    input.requireRead(
        rows.unread(),
        used,
        first.texts(),
        "give its values as one of these in a file of your own");
  }

  /** The marks of missing values of columns of the table that the model was trained on. */
  private List<MissingMarks> missing(List<Integer> columns, Dialect dialect) {
    return columns.stream()
        .map(column -> MissingMarks.of(written(layout.missing(column), dialect), dialect.numbers()))
        .toList();
  }

  /** Marks, and those that are numbers as this file writes them. */
  private List<String> written(List<String> marks, Dialect dialect) {
    List<String> missing = new ArrayList<>(marks);
    NumberMarks trained = layout.dialect().numbers();
    if (!trained.equals(dialect.numbers())) {
      for (String mark : marks) {
        trained
            .plain(mark)
            .filter(CsvFormat::isNumber)
            .map(dialect.numbers()::written)
            .ifPresent(missing::add);
      }
    }
    return missing;
  }

  private Places places(TableRow first, Dialect dialect) {
    boolean own = !layout.named() && first.texts().containsAll(layout.featureNames());
    if (own
        || layout.named() && hasNames(first, dialect.numbers())
        || input.named()
        || isHeader(first)) {
      // A model that was trained without names has some all the same: column0, column1 and so on.
      boolean named = layout.named() || first.texts().containsAll(layout.featureNames());
      return named ? byName(first, dialect) : byPlace(first, true, dialect);
    }
    return byPlace(first, false, dialect);
  }

  /** A name that is a number tells a header from data only if all the others are there too. */
  private boolean hasNames(TableRow row, NumberMarks numbers) {
    List<String> cells = row.texts();
    List<String> names = layout.featureNames();
    return cells.containsAll(names)
        || names.stream()
            .anyMatch(name -> !NumberForm.isNumber(name, numbers) && cells.contains(name));
  }

  /**
   * Whether a cell of the row is what the model has learnt of its column, so that it is no header.
   */
  private boolean hasKnownValue(TableRow row) {
    int count = layout.features().size();
    boolean whole = row.cells() == layout.columns().size();
    if (encoding.isEmpty() || !whole && row.cells() != count) {
      return false;
    }
    for (int feature = 0; feature < count; feature++) {
      String text = row.text(whole ? layout.features().get(feature) : feature);
      if (isKnown(encoding.get().columns().get(feature), text)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isKnown(TableEncoding.Column column, String text) {
    if (column instanceof TableEncoding.Dates dates) {
      return DateText.of(text).flatMap(date -> date.as(dates.inputs().form())).isPresent();
    }
    if (column instanceof TableEncoding.Truths) {
      return TruthWords.of(text).isPresent();
    }
    return column instanceof TableEncoding.Categories known && known.values().contains(text);
  }

  private boolean isHeader(TableRow row) {
    // Rows of categories are texts too.
    boolean texts =
        types
            .map(all -> all.stream().noneMatch(ColumnType.Numeric.class::isInstance))
            .orElse(false);
    if (!layout.named() && texts || hasKnownValue(row)) {
      return false;
    }
    boolean features = row.cells() == layout.features().size();
    for (int cell = 0; cell < row.cells(); cell++) {
      String text = row.text(cell);
      int column = features ? layout.features().get(cell) : cell;
      if (row.looksNumeric(cell) || text.isEmpty() || layout.missing(column).contains(text)) {
        return false;
      }
    }
    return true;
  }

  private Places byName(TableRow header, Dialect dialect) {
    Map<String, Integer> places = new HashMap<>();
    List<String> names = header.texts();
    List<String> wanted = new ArrayList<>(layout.featureNames());
    wanted.addAll(request.passed());
    if (request.labels()) {
      wanted.addAll(layout.predictedNames());
    }
    for (int cell = 0; cell < names.size(); cell++) {
      if (places.putIfAbsent(names.get(cell), cell) != null && wanted.contains(names.get(cell))) {
        throw new DataException(
            Quote.format(
                "%s:%d: a second column %s, expected one; rename or remove it",
                header.place(input.name()), cell + 1, Quote.quoted(names.get(cell))));
      }
    }
    String line = String.join(",", names);
    int[] features =
        layout.featureNames().stream()
            .mapToInt(
                name ->
                    place(
                        places,
                        name,
                        header,
                        "a feature of the model",
                        input.named()
                            ? "rename it"
                            : "rename it, or give rows without a header in the model's order",
                        line,
                        dialect))
            .toArray();
    int[] passed =
        request.passed().stream()
            .mapToInt(
                name ->
                    place(
                        places,
                        name,
                        header,
                        "given by " + request.option(),
                        "name a column of the file",
                        line,
                        dialect))
            .toArray();
    int[] labels =
        (request.labels() ? layout.predictedNames() : List.<String>of())
            .stream()
                .mapToInt(
                    name ->
                        place(
                            places,
                            name,
                            header,
                            "what --evaluate compares with",
                            "rename it, or leave out --evaluate",
                            line,
                            dialect))
                .toArray();
    return new Places(features, passed, labels, true);
  }

  private int place(
      Map<String, Integer> places,
      String name,
      TableRow header,
      String what,
      String advice,
      String line,
      Dialect dialect) {
    Integer place = places.get(name);
    if (place == null) {
      throw new DataException(
          Quote.format(
              "%s: no column is called %s (%s)%s; %s%s",
              header.place(input.name()),
              Quote.quoted(name),
              what,
              meant(name, header),
              advice,
              Delimiters.hint(line, dialect.delimiter(), remedy)));
    }
    return place;
  }

  /** A column that is probably meant; never one that the model needs under its own name. */
  private String meant(String name, TableRow header) {
    List<String> free = new ArrayList<>(header.texts());
    free.removeAll(layout.featureNames());
    return NearestName.similar(name, free)
        .map(near -> ", but one is called " + Quote.quoted(near))
        .orElse("");
  }

  private Places byPlace(TableRow first, boolean header, Dialect dialect) {
    int width = first.cells();
    int[] features;
    boolean whole = width == layout.columns().size();
    if (whole) {
      features = layout.features().stream().mapToInt(Integer::intValue).toArray();
    } else if (width == layout.features().size()) {
      features = new int[width];
      Arrays.setAll(features, cell -> cell);
    } else {
      throw new DataException(
          Quote.format(
              "%s: the row has %d %s, expected the %d features of the model (%s), or all %d"
                  + " columns of the table that it was trained on%s",
              first.place(input.name()),
              width,
              width == 1 ? "cell" : "cells",
              layout.features().size(),
              shortened(layout.featureNames()),
              layout.columns().size(),
              Delimiters.hint(first.text(0), dialect.delimiter(), remedy)));
    }
    if (request.labels() && layout.predicted().isEmpty()) {
      throw new DataException(
          input.name()
              + ": the model was exported by an earlier version, which kept no name of the label;"
              + " train it again with "
              + NextCommand.of("retrain")
              + ", or leave out --evaluate");
    }
    if (request.labels() && !whole) {
      throw new DataException(
          Quote.format(
              "%s: no label, expected the column %s to compare with; give a file that has it",
              first.place(input.name()),
              layout.predictedNames().stream()
                  .map(Quote::quoted)
                  .collect(Collectors.joining(", "))));
    }
    return new Places(
        features,
        request.passed().stream().mapToInt(name -> index(name, first)).toArray(),
        request.labels()
            ? layout.predicted().stream().mapToInt(Integer::intValue).toArray()
            : new int[0],
        header);
  }

  private static String shortened(List<String> names) {
    int shown = Math.min(names.size(), 4);
    return String.join(", ", names.subList(0, shown)) + (shown < names.size() ? ", ..." : "");
  }

  private int index(String id, TableRow first) {
    Integer index = id.matches("[0-9]{1,9}") ? Integer.valueOf(id) : null;
    if (index == null || index >= first.cells()) {
      throw new DataException(
          Quote.format(
              "%s: %s %s is not a column of a file without a header, expected 0 to %d",
              first.place(input.name()), request.option(), Quote.quoted(id), first.cells() - 1));
    }
    return index;
  }

  private boolean isAsWide(TableRow row, int expected) {
    if (row.cells() == expected) {
      return true;
    }
    bad.add(
        row.line(),
        () ->
            Quote.format(
                "%s:%d: the row has %d %s, expected %d as in the first row; correct or remove"
                    + " the row",
                row.place(input.name()),
                Math.min(row.cells(), expected) + 1,
                row.cells(),
                row.cells() == 1 ? "cell" : "cells",
                expected));
    return false;
  }
}
