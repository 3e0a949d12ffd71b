package io.tandem.data.table;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.NearestName;
import io.tandem.data.Quote;
import io.tandem.data.SplitSettings;
import io.tandem.data.StratifiedSplit;
import io.tandem.outcome.Outcome;
import io.tandem.outcome.Regression;
import io.tandem.outcome.Targets;
import java.util.ArrayList;
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

  /** Means of so many standard deviations leave 10 bits of 24 for the differences. */
  private static final double FAR = 1 << 14;

  private TableTargets() {}

  /**
   * Divides a table so that every part has its share of every class, or of every stretch of the
   * rows in the order of their first number.
   *
   * @param table the table
   * @param settings shares
   * @param seed seed of the run
   * @throws DataException if there are too few rows
   */
  static StratifiedSplit split(Table table, SplitSettings settings, long seed) {
    Optional<ReadTargets.Labels> labels = table.labels();
    if (labels.isPresent()) {
      List<String> classes = ClassLabels.of(table, labels.get());
      ClassLabels.checkCounts(table, labels.get());
      return StratifiedSplit.of(
          classesOf(table, labels.get(), classes), classes.size(), settings, seed);
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
    int[] ordered =
        IntStream.range(0, rows)
            .boxed()
            .sorted(Comparator.comparing(row -> numbers.values()[row * numbers.columns()]))
            .mapToInt(Integer::intValue)
            .toArray();
    return StratifiedSplit.ofOrdered(ordered, settings, seed);
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
    try {
      return Outcome.Numbers.learn(names, values, regression.logarithm(), regression.loss());
    } catch (IllegalArgumentException extreme) {
      throw new DataException(
          Quote.format(
              "%s: %s; its numbers differ by too little to be predicted, rescale the column",
              table.file(), String.valueOf(extreme.getMessage())),
          extreme);
    }
  }

  /**
   * What people should know of the numbers to predict.
   *
   * @param table the table
   * @param outcome that was learnt
   * @return a line each
   */
  static List<String> suspicions(Table table, Outcome outcome) {
    List<String> found = new ArrayList<>();
    if (outcome instanceof Outcome.Numbers numbers && !numbers.logarithm()) {
      for (int output = 0; output < numbers.outputs(); output++) {
        if (Math.abs(numbers.mean()[output]) > FAR * numbers.scale()[output]) {
          found.add(
              Quote.format(
                  "%s: column %s, which is to be predicted, is around %s and differs by about %s: the"
                      + " signature regress of an exported model, which answers in 32 bits, cannot"
                      + " tell such numbers apart; subtract a constant from the column if it is used",
                  table.file(),
                  Quote.quoted(numbers.names().get(output)),
                  numbers.mean()[output],
                  numbers.scale()[output]));
        }
      }
    }
    return found;
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
                "%s:%d: label %s does not occur in the training rows, expected one of the %d"
                    + " classes there; did you mean %s?",
                labels.places().get(text),
                table.layout().label() + 1,
                Quote.quoted(labels.texts().get(text)),
                classes.size(),
                Quote.quoted(NearestName.of(labels.texts().get(text), classes))));
      }
    }
    return Arrays.stream(labels.values()).map(label -> translation[label]).toArray();
  }
}
