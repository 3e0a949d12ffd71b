package io.tandem.data.table;

import io.tandem.column.DateInputs;
import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.DataSplit;
import io.tandem.data.Dataset;
import io.tandem.data.Quote;
import io.tandem.data.Standardisation;
import io.tandem.data.TableEncoding;
import io.tandem.data.TypedRows;
import io.tandem.data.Values;
import io.tandem.outcome.Targets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes numbers of the parts of a table that has texts and gaps. */
final class EncodedTable {
  /** Rows that an exported model is tried on, at most. */
  private static final int SAMPLES = 1024;

  /** Columns that a line names. */
  private static final int SHOWN = 10;

  private EncodedTable() {}

  /**
   * Some rows.
   *
   * @param rows their features
   * @param targets what is to be predicted for them
   */
  record Part(TypedRows rows, Targets targets) {}

  /**
   * The parts with what is learnt from the first of them.
   *
   * @param table the rows of the training part, and perhaps of the others
   * @param parts training, validation and test part
   * @param declared what becomes of columns
   * @param digest of the files
   * @param leftOut what is left out of other files, a line each
   * @throws DataException if a column cannot be used
   */
  static DataSplit finish(
      Table table,
      List<Part> parts,
      CsvFormat.Declared declared,
      MessageDigest digest,
      List<String> leftOut) {
    TypedRows train = parts.get(0).rows();
    requireNumbers(table, train, "training row");
    TableEncoding encoding = TableEncoding.of(train, declared.oneHot(), declared.quantiles());
    List<Dataset> encoded = encode(table, encoding, parts);
    TypedRows validation = parts.get(1).rows();
    return new DataSplit(
        encoded.get(0),
        encoded.get(1),
        encoded.get(2),
        standardise(table, encoding, encoded),
        HexFormat.of().formatHex(digest.digest()),
        text(encoding),
        Optional.of(table.layout()),
        Stream.concat(notes(table, train).stream(), leftOut.stream()).toList(),
        TableSuspicions.of(table, encoded.get(0).outcome()),
        Optional.of(
            new DataSplit.Encoded(
                encoding, validation.first(Math.min(SAMPLES, validation.rows())))));
  }

  /**
   * The parts of a fold with what is learnt from the first of them.
   *
   * @param table the rows of all folds
   * @param train the training rows of the fold
   * @param validation those that it is judged on
   * @param declared what becomes of columns
   * @throws DataException if a column cannot be used
   */
  static DataSplit.Fold fold(
      Table table, Part train, Part validation, CsvFormat.Declared declared) {
    requireNumbers(table, train.rows(), "training row of a fold (search.folds)");
    TableEncoding encoding =
        TableEncoding.of(train.rows(), declared.oneHot(), declared.quantiles());
    List<Dataset> encoded = encode(table, encoding, List.of(train, validation));
    return new DataSplit.Fold(
        encoded.get(0), encoded.get(1), standardise(table, encoding, encoded));
  }

  private static List<Dataset> encode(Table table, TableEncoding encoding, List<Part> parts) {
    List<String> names = encoding.names(table.layout().featureNames());
    List<Dataset> encoded = new ArrayList<>();
    for (Part part : parts) {
      encoded.add(
          new Dataset(
              new Values.Floats(encoding.encode(part.rows())),
              encoding.width(),
              part.targets(),
              names,
              Optional.empty(),
              encoding.vocabularies()));
    }
    return encoded;
  }

  /** Learnt from the first part; the others have to fit it. */
  private static Standardisation standardise(
      Table table, TableEncoding encoding, List<Dataset> encoded) {
    Standardisation standardisation =
        Standardisation.leaving(encoded.get(0), encoding.indicators());
    TableFiles.requireSpread(table, encoded.get(0), standardisation);
    for (Dataset part : encoded) {
      TableFiles.requireFinite(table, part, standardisation, column -> "data.format.ignore");
    }
    return standardisation;
  }

  private static void requireNumbers(Table table, TypedRows train, String row) {
    for (int feature = 0; feature < train.columns().size(); feature++) {
      if (missing(train.columns().get(feature)) == train.rows()) {
        int place = table.layout().features().get(feature);
        throw new DataException(
            Quote.format(
                "%s: column %s has no value in any %s, expected some; leave it out with %s",
                table.file(),
                Quote.quoted(table.layout().columns().get(place)),
                row,
                IgnoredColumns.setting(table.layout(), List.of(place))));
      }
    }
  }

  private static int missing(TypedRows.Column column) {
    if (column instanceof TypedRows.Texts texts) {
      int empty = texts.distinct().indexOf("");
      return empty < 0 ? 0 : texts.counts()[empty];
    }
    int count = 0;
    if (column instanceof TypedRows.Truths truths) {
      for (byte value : truths.values()) {
        count += value == TypedRows.Truths.MISSING ? 1 : 0;
      }
    } else if (column instanceof TypedRows.Dates dates) {
      for (long value : dates.local()) {
        count += value == DateInputs.MISSING ? 1 : 0;
      }
    } else {
      for (float value : ((TypedRows.Numbers) column).values()) {
        count += Float.isNaN(value) ? 1 : 0;
      }
    }
    return count;
  }

  private static String text(TableEncoding encoding) {
    List<String> kinds = new ArrayList<>();
    kinds.add(count(encoding, TableEncoding.Numbers.class, "number", "numbers"));
    kinds.add(count(encoding, TableEncoding.Categories.class, "category", "categories"));
    for (String kind :
        List.of(
            count(encoding, TableEncoding.Truths.class, "boolean", "booleans"),
            count(encoding, TableEncoding.Dates.class, "date", "dates"))) {
      if (!kind.startsWith("0 ")) {
        kinds.add(kind);
      }
    }
    int last = kinds.size() - 1;
    int embedded = encoding.vocabularies().size();
    return Quote.format(
        "%s and %s as in the table, which become %d inputs%s",
        String.join(", ", kinds.subList(0, last)),
        kinds.get(last),
        encoding.width() - embedded,
        embedded == 0
            ? ""
            : Quote.format(" and %d %s", embedded, embedded == 1 ? "embedding" : "embeddings"));
  }

  private static String count(
      TableEncoding encoding, Class<?> kind, String singular, String plural) {
    long count = encoding.columns().stream().filter(kind::isInstance).count();
    return count + " " + (count == 1 ? singular : plural);
  }

  /** The first columns of a list, and the number of the others. */
  private static String shortened(List<String> columns) {
    int shown = Math.min(SHOWN, columns.size());
    String first = String.join(", ", columns.subList(0, shown));
    return shown < columns.size() ? first + " and " + (columns.size() - shown) + " more" : first;
  }

  /** In one line, what the columns are taken for, which gaps they have, and what is left out. */
  private static List<String> notes(Table table, TypedRows train) {
    List<String> categories = new ArrayList<>();
    List<String> truths = new ArrayList<>();
    List<String> dates = new ArrayList<>();
    List<String> gaps = new ArrayList<>();
    List<String> names = table.layout().featureNames();
    for (int feature = 0; feature < names.size(); feature++) {
      TypedRows.Column column = train.columns().get(feature);
      if (column instanceof TypedRows.Texts) {
        categories.add(Quote.quoted(names.get(feature)));
      } else if (column instanceof TypedRows.Truths) {
        truths.add(Quote.quoted(names.get(feature)));
      } else if (column instanceof TypedRows.Dates found) {
        dates.add(
            Quote.format("%s (as %s)", Quote.quoted(names.get(feature)), found.form().example()));
      }
      int missing = missing(column);
      if (missing > 0) {
        gaps.add(
            Quote.format(
                "%s (%.1f %%)", Quote.quoted(names.get(feature)), 100.0 * missing / train.rows()));
      }
    }
    List<String> parts = new ArrayList<>();
    if (!categories.isEmpty()) {
      parts.add("categories " + shortened(categories));
    }
    if (!truths.isEmpty()) {
      parts.add("booleans " + shortened(truths));
    }
    if (!dates.isEmpty()) {
      parts.add("dates " + shortened(dates));
    }
    if (!gaps.isEmpty()) {
      parts.add("missing values in " + shortened(gaps));
    }
    parts.addAll(table.leftOut());
    return parts.isEmpty() ? List.of() : List.of(table.file() + ": " + String.join("; ", parts));
  }
}
