package io.tandem.data.profile;

import io.tandem.data.Quote;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is odd about single columns. */
final class Oddities {
  private static final double MOSTLY_MISSING = 0.5;
  private static final double MOSTLY_DATES = 0.9;
  private static final int MANY = 50;
  private static final int LEAST_ROWS = 10;
  private static final double RARE = 0.1;
  private static final int PARTS = 3;

  /** Of the rows. */
  private static final double MANY_CLASSES = 0.2;

  private Oddities() {}

  static void of(TableProfile profile, List<String> warnings) {
    Map<String, Integer> seen = new HashMap<>();
    for (ColumnProfile column : profile.columns()) {
      String name = Quote.quoted(column.name());
      Integer earlier = seen.putIfAbsent(column.name(), column.index());
      if (earlier != null) {
        warnings.add(
            Quote.format(
                "columns %d and %d are both called %s; training wants different names",
                earlier + 1, column.index() + 1, name));
      }
      if (column.index() == profile.target()) {
        ofTarget(profile, column, warnings);
      } else {
        ofFeature(column, name, warnings);
      }
    }
  }

  private static void ofFeature(ColumnProfile column, String name, List<String> warnings) {
    switch (column.kind()) {
      case EMPTY ->
          warnings.add(Quote.format("column %s has no value in any row; leave it out", name));
      case CONSTANT ->
          warnings.add(
              Quote.format(
                  "column %s is %s wherever it has a value; leave it out",
                  name, Quote.quoted(column.frequent().get(0).value())));
      case DATE -> ofDates(column.dates().orElseThrow(), name, warnings);
      case BOOLEAN -> {
        // Nothing is odd about two values.
      }
      case IDENTIFIER -> {
        warnings.add(
            Quote.format(
                "column %s has %,d different texts in %,d rows, as names and keys have; training"
                    + " leaves it out",
                name, column.distinct(), column.present()));
        mostlyDates(column, name, warnings);
      }
      case CATEGORY -> {
        if (column.distinct() > MANY) {
          warnings.add(
              Quote.format(
                  "column %s has %,d different values; training tells the %d most frequent apart",
                  name, column.distinct(), MANY));
        }
        mostlyDates(column, name, warnings);
      }
      case NUMBER -> ofNumber(column, name, warnings);
    }
    if (column.kind() != ColumnProfile.Kind.EMPTY && column.missingShare() > MOSTLY_MISSING) {
      warnings.add(
          Quote.format(
              "column %s is missing in %.0f %% of the rows", name, 100 * column.missingShare()));
    }
  }

  private static void ofDates(ColumnProfile.Dates dates, String name, List<String> warnings) {
    dates
        .unclear()
        .ifPresent(
            date ->
                warnings.add(
                    Quote.format(
                        "column %s has dates such as %s, in which day and month cannot be told apart;"
                            + " say which is first with format.date_order",
                        name, Quote.quoted(date))));
  }

  private static void mostlyDates(ColumnProfile column, String name, List<String> warnings) {
    long dates = column.dates().map(ColumnProfile.Dates::count).orElse(0L);
    if (dates > MOSTLY_DATES * column.present()) {
      warnings.add(
          Quote.format(
              "column %s has %,d dates in %,d rows; training takes it for dates only if format.missing or"
                  + " format.column_missing has what the others are",
              name, dates, column.present()));
    }
  }

  private static void ofNumber(ColumnProfile column, String name, List<String> warnings) {
    long texts = column.present() - column.numbers();
    if (texts > 0) {
      warnings.add(
          Quote.format(
              "column %s has %,d %s among its numbers; training refuses %s, unless format.missing,"
                  + " format.column_missing or format.categorical says what %s",
              name,
              texts,
              texts == 1 ? "text" : "texts",
              texts == 1 ? "it" : "them",
              texts == 1 ? "it is" : "they are"));
    }
    ofGap(column, name, warnings);
    if (isRowNumber(column)) {
      warnings.add(
          Quote.format(
              "column %s has a different whole number in every row, as row numbers and keys have;"
                  + " leave it out unless it is a measurement",
              name));
    }
  }

  private static void ofGap(ColumnProfile column, String name, List<String> warnings) {
    column
        .gap()
        .ifPresent(
            gap ->
                warnings.add(
                    Quote.format(
                        "column %s is %s in %,d rows and never negative otherwise; if that is a"
                            + " missing value, say so with format.column_missing",
                        name, gap.value(), gap.count())));
  }

  static boolean isRowNumber(ColumnProfile column) {
    return column.kind() == ColumnProfile.Kind.NUMBER
        && column.whole()
        && column.rows() >= LEAST_ROWS
        && column.distinct() == Math.min(column.rows(), ColumnProfile.MOST_DISTINCT)
        && column.missing() == 0;
  }

  private static void ofTarget(TableProfile profile, ColumnProfile column, List<String> warnings) {
    String name = Quote.quoted(column.name());
    if (column.missing() > 0) {
      warnings.add(
          Quote.format(
              "column %s, which is to be predicted, is missing in %,d rows; training leaves them"
                  + " out",
              name, column.missing()));
    }
    if (column.kind() == ColumnProfile.Kind.EMPTY
        || column.kind() == ColumnProfile.Kind.CONSTANT
        || column.kind() == ColumnProfile.Kind.IDENTIFIER) {
      warnings.add(
          Quote.format(
              "column %s cannot be predicted: it has %,d different values in %,d rows; choose another"
                  + " with --target",
              name, column.distinct(), column.present()));
    } else if (!profile.predictsNumber() && column.distinct() > MANY_CLASSES * column.present()) {
      warnings.add(
          Quote.format(
              "column %s has %,d different values in %,d rows, too many for classes; choose another"
                  + " with --target",
              name, column.distinct(), column.present()));
    } else if (!profile.predictsNumber()) {
      ofClasses(column, name, warnings);
    }
  }

  private static void ofClasses(ColumnProfile column, String name, List<String> warnings) {
    if (column.distinct() <= column.frequent().size()) {
      ColumnProfile.Frequency rarest = column.frequent().get(column.distinct() - 1);
      double share = (double) rarest.count() / column.present();
      if (rarest.count() < PARTS) {
        warnings.add(
            Quote.format(
                "class %s of column %s has %d %s, and a split needs %d",
                Quote.quoted(rarest.value()),
                name,
                rarest.count(),
                rarest.count() == 1 ? "row" : "rows",
                PARTS));
      } else if (share < RARE) {
        warnings.add(
            Quote.format(
                "only %.1f %% of the rows are of class %s: look at balanced accuracy and PR AUC, not"
                    + " at accuracy, and consider space.optimizer.class_balance",
                100 * share, Quote.quoted(rarest.value())));
      }
    }
  }
}
