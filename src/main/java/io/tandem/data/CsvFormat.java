package io.tandem.data;

import io.tandem.column.DateOrder;
import io.tandem.dialect.Dialect;
import io.tandem.dialect.DialectSettings;
import io.tandem.dialect.NumberMarks;
import io.tandem.outcome.Regression;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a table is written.
 *
 * @param header whether the first row names the columns
 * @param label column of the class: a name from the header or a 0-based index, negative counted
 *     from the end (-1 is the last column)
 * @param dialect what is known of the way in which it is written
 * @param ignore columns that are left out, each as {@code label} names one
 * @param missing cells that say that a value is missing, the empty cell not among them, which
 *     always says so; single columns may have others
 * @param categorical columns whose cells are categories even if they are numbers, each as {@code
 *     label} names one
 * @param regression the columns of numbers that are predicted instead of the class of {@code
 *     label}, which is not read then; empty if classes are predicted
 * @param split the column by which one table is divided, which is no feature; empty if rows are
 *     divided at random
 * @param damagedShare largest share of rows that may have another number of cells than the others,
 *     0 to 1; they are left out
 */
public record CsvFormat(
    boolean header,
    String label,
    DialectSettings dialect,
    List<String> ignore,
    List<String> missing,
    List<String> categorical,
    Optional<Regression> regression,
    Optional<SplitColumn> split,
    Declared declared,
    double damagedShare) {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?");

  /** Checks that there is a label column. */
  public CsvFormat {
    ignore = List.copyOf(ignore);
    missing = List.copyOf(missing);
    categorical = List.copyOf(categorical);
    if (label.isEmpty()) {
      throw new IllegalArgumentException("the label column has no name or index");
    }
    if (!(damagedShare >= 0 && damagedShare <= 1)) {
      throw new IllegalArgumentException("damaged share " + damagedShare);
    }
  }

  /**
   * What users say of columns, beside which are categories.
   *
   * @param dates columns of dates, each as {@code label} names one
   * @param order of day and month in dates that can be read both ways
   * @param numbers columns of numbers, in which every text is a mistake
   * @param truths columns of truth values
   * @param quantiles whether all columns of numbers are mapped to normal scores
   * @param oneHot most values of a category that get an input each; of a category with more values
   *     networks learn embeddings
   * @param marks of missing values that not all columns have
   */
  public record Declared(
      List<String> dates,
      DateOrder order,
      List<String> numbers,
      List<String> truths,
      boolean quantiles,
      int oneHot,
      OwnMarks marks) {
    /** Values of a category that get an input each by default. */
    public static final int ONE_HOT = 50;

    /** Nothing. */
    public static final Declared NOTHING =
        new Declared(List.of(), DateOrder.AS_FOUND, List.of(), List.of(), false);

    /** With embeddings from the usual number of values on. */
    public Declared(
        List<String> dates,
        DateOrder order,
        List<String> numbers,
        List<String> truths,
        boolean quantiles) {
      this(dates, order, numbers, truths, quantiles, ONE_HOT, OwnMarks.NONE);
    }

    /** Copies the lists. */
    public Declared {
      dates = List.copyOf(dates);
      numbers = List.copyOf(numbers);
      truths = List.copyOf(truths);
    }
  }

  /**
   * Marks of missing values that not all columns have.
   *
   * @param classes those of the column of the class, unless it is among {@code columns}; empty if
   *     they are those of all columns
   * @param columns those of single columns
   */
  public record OwnMarks(Optional<List<String>> classes, List<ColumnMarks> columns) {
    /** Every column has the same. */
    public static final OwnMarks NONE = new OwnMarks(Optional.empty(), List.of());

    /** Copies the lists. */
    public OwnMarks {
      classes = classes.map(List::copyOf);
      columns = List.copyOf(columns);
    }
  }

  /**
   * The cells of a column that say that a value is missing, beside the empty one.
   *
   * @param column as {@code label} names one
   * @param marks instead of those of all columns
   */
  public record ColumnMarks(String column, List<String> marks) {
    /** Copies the list. */
    public ColumnMarks {
      marks = List.copyOf(marks);
    }
  }

  /** The same with what users say of its columns. */
  public CsvFormat declaring(Declared said) {
    return new CsvFormat(
        header,
        label,
        dialect,
        ignore,
        missing,
        categorical,
        regression,
        split,
        said,
        damagedShare);
  }

  /** One whose types are found out. */
  public CsvFormat(
      boolean header,
      String label,
      DialectSettings dialect,
      List<String> ignore,
      List<String> missing,
      List<String> categorical,
      Optional<Regression> regression,
      Optional<SplitColumn> split,
      double damagedShare) {
    this(
        header,
        label,
        dialect,
        ignore,
        missing,
        categorical,
        regression,
        split,
        Declared.NOTHING,
        damagedShare);
  }

  /**
   * The column by which a table is divided.
   *
   * @param column a name from the header or a 0-based index, negative counted from the end
   * @param kind what it says
   */
  public record SplitColumn(String column, Kind kind) {
    /** How the column divides the rows. */
    public enum Kind {
      /** To which group a row belongs, whose rows are all in one part. */
      GROUP,
      /** When a row was: the last ones are the test part. */
      TIME
    }

    /** The setting that names it. */
    public String setting() {
      return "data.split." + kind.name().toLowerCase(Locale.ROOT);
    }
  }

  /** A table of which a class is predicted. */
  public CsvFormat(
      boolean header,
      String label,
      char delimiter,
      List<String> ignore,
      List<String> missing,
      List<String> categorical) {
    this(
        header,
        label,
        DialectSettings.of(delimiter),
        ignore,
        missing,
        categorical,
        Optional.empty(),
        Optional.empty(),
        0);
  }

  /** One whose numbers are numbers. */
  public CsvFormat(
      boolean header, String label, char delimiter, List<String> ignore, List<String> missing) {
    this(header, label, delimiter, ignore, missing, List.of());
  }

  /** A table of which every column is used and only empty cells are missing values. */
  public CsvFormat(boolean header, String label, char delimiter) {
    this(header, label, delimiter, List.of(), List.of());
  }

  /** The same table, of which it is known how it is written. */
  public CsvFormat with(Dialect known) {
    return with(DialectSettings.exactly(known));
  }

  /** The same with something else known of the way in which it is written. */
  public CsvFormat with(DialectSettings known) {
    return new CsvFormat(
        header,
        label,
        known,
        ignore,
        missing,
        categorical,
        regression,
        split,
        declared,
        damagedShare);
  }

  /**
   * Returns true if a text is a finite number.
   *
   * @param numbers the marks in it
   */
  public static boolean isNumber(String text, NumberMarks numbers) {
    return numbers.plain(text).filter(CsvFormat::isNumber).isPresent();
  }

  /** Returns true if a text is a finite number in the form that tables may have. */
  public static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches() && Float.isFinite(Float.parseFloat(text));
  }
}
