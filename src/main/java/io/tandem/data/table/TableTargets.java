package io.tandem.data.table;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.NearestName;
import io.tandem.data.Quote;
import io.tandem.outcome.Outcome;
import io.tandem.outcome.Regression;
import io.tandem.outcome.Targets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Makes targets of what was read: classes of labels, standardised numbers of numbers. */
final class TableTargets {
  private static final int PARTS = 3;

  /** Parts of the range of a number that each part of a split gets rows of. */
  private static final int STRATA = 10;

  private TableTargets() {}

  /**
   * Groups of rows of which each part of a split gets its share.
   *
   * @param groups number of the group of each row
   * @param count number of groups, each with at least as many rows as there are parts
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over and read once
  record Strata(int[] groups, int count) {}

  /**
   * The groups of a table that is to be divided: its classes, or tenths of the rows in the order of
   * their first number.
   *
   * @throws DataException if there are too few rows
   */
  static Strata strata(Table table) {
    Optional<ReadTargets.Labels> labels = table.labels();
    if (labels.isPresent()) {
      List<String> classes = ClassLabels.of(table, labels.get());
      ClassLabels.checkCounts(table, labels.get());
      return new Strata(classesOf(table, labels.get(), classes), classes.size());
    }
    ReadTargets.Numbers numbers = (ReadTargets.Numbers) table.targets();
    int rows = numbers.rows();
    if (rows < PARTS) {
      throw new DataException(
          Quote.format(
              "%s: %d %s with a number to be predicted, expected at least %d (one for each part of"
                  + " the split); add rows",
              table.file(), rows, rows == 1 ? "row" : "rows", PARTS));
    }
    int count = Math.min(STRATA, rows / PARTS);
    int[] groups = new int[rows];
    int[] ordered =
        IntStream.range(0, rows)
            .boxed()
            .sorted(Comparator.comparing(row -> numbers.values()[row * numbers.columns()]))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int place = 0; place < rows; place++) {
      groups[ordered[place]] = (int) ((long) place * count / rows);
    }
    return new Strata(groups, count);
  }

  /**
   * Checks that the training part has every class, where rows are not divided by their classes.
   *
   * @throws DataException naming a class that it lacks
   */
  static void requireClasses(Table table, int... train) {
    table
        .labels()
        .ifPresent(
            labels -> {
              Set<Integer> found = new HashSet<>();
              Arrays.stream(train).forEach(row -> found.add(labels.values()[row]));
              for (int text = 0; text < labels.texts().size(); text++) {
                if (!found.contains(text)) {
                  throw new DataException(
                      Quote.format(
                          "%s: class %s has no row in the training part, as the table is divided by"
                              + " groups or times, expected some; use another seed, or leave its rows"
                              + " out",
                          table.file(), Quote.quoted(labels.texts().get(text))));
                }
              }
            });
  }

  /**
   * What is predicted, learnt on some rows.
   *
   * @param table the table
   * @param format names the columns
   * @param train the rows that networks learn from
   * @throws DataException if they say nothing: one class, or one number
   */
  static Outcome outcome(Table table, CsvFormat format, int... train) {
    Optional<ReadTargets.Labels> labels = table.labels();
    if (labels.isPresent()) {
      return new Outcome.Classes(ClassLabels.of(table, labels.get()));
    }
    Regression regression = format.regression().orElseThrow();
    double[] values = ((ReadTargets.Numbers) table.targets()).select(train);
    List<String> names = table.layout().predictedNames();
    for (int column = 0; column < names.size(); column++) {
      double first = values[column];
      boolean varies = false;
      for (int place = column; place < values.length; place += names.size()) {
        varies |= values[place] != first;
      }
      if (!varies) {
        throw new DataException(
            Quote.format(
                "%s: column %s, which is to be predicted, is %s in every training row, expected"
                    + " different numbers; name another column with data.format.target",
                table.file(), Quote.quoted(names.get(column)), first));
      }
    }
    return Outcome.Numbers.learn(names, values, regression.logarithm(), regression.loss());
  }

  /** The same where all rows are for training. */
  static Outcome outcome(Table table, CsvFormat format) {
    return outcome(table, format, IntStream.range(0, table.rows()).toArray());
  }

  /**
   * The targets of all rows of a table.
   *
   * @param table the training table, or another part
   * @param outcome that was learnt
   * @throws DataException if a label is none of the classes
   */
  static Targets of(Table table, Outcome outcome) {
    if (outcome instanceof Outcome.Classes classes) {
      return new Targets.Labels(
          classesOf(table, table.labels().orElseThrow(), classes.names()), classes);
    }
    ReadTargets.Numbers numbers = (ReadTargets.Numbers) table.targets();
    return Targets.Numbers.of(numbers.values(), (Outcome.Numbers) outcome);
  }

  private static int[] classesOf(Table table, ReadTargets.Labels labels, List<String> classes) {
    int[] translation = new int[labels.texts().size()];
    for (int text = 0; text < translation.length; text++) {
      translation[text] = classes.indexOf(labels.texts().get(text));
      if (translation[text] < 0) {
        throw new DataException(
            Quote.format(
                "%s:%d:%d: label %s does not occur in the training rows, expected one of the %d"
                    + " classes there; did you mean %s?",
                table.file(),
                labels.lines().get(text),
                table.layout().label() + 1,
                Quote.quoted(labels.texts().get(text)),
                classes.size(),
                Quote.quoted(NearestName.of(labels.texts().get(text), classes))));
      }
    }
    return Arrays.stream(labels.values()).map(label -> translation[label]).toArray();
  }
}
