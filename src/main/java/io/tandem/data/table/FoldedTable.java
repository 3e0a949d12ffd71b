package io.tandem.data.table;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.DataSplit;
import io.tandem.data.Dataset;
import io.tandem.data.Quote;
import io.tandem.data.Standardisation;
import io.tandem.data.fold.Folds;
import io.tandem.outcome.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The rows of a table that are not for the test, as training and validation parts of folds. What is
 * learnt of a table, such as categories, means and the scale of a number to predict, is learnt of
 * the training rows of each fold alone; so folds may have different columns.
 */
final class FoldedTable {
  private final Table table;
  private final CsvFormat format;
  private final int[] rows;
  private final int folds;

  /**
   * Rows to be divided.
   *
   * @param table the table
   * @param format how it is read
   * @param rows those that are not for the test
   * @param folds how many, at least 2
   */
  FoldedTable(Table table, CsvFormat format, int[] rows, int folds) {
    this.table = table;
    this.format = format;
    this.rows = rows;
    this.folds = folds;
  }

  /**
   * The folds.
   *
   * @param seed seed of the run
   * @throws DataException if there are too few rows for them
   */
  List<DataSplit.Fold> of(long seed) {
    List<int[]> divided = divide(seed);
    List<DataSplit.Fold> all = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      int[] held = select(divided.get(fold));
      int own = fold;
      int[] train =
          IntStream.range(0, folds)
              .filter(other -> other != own)
              .flatMap(other -> Arrays.stream(select(divided.get(other))))
              .sorted()
              .toArray();
      all.add(fold(train, held));
    }
    return all;
  }

  private int[] select(int... places) {
    return Arrays.stream(places).map(place -> rows[place]).toArray();
  }

  private List<int[]> divide(long seed) {
    if (table.labels().isPresent()) {
      ReadTargets.Labels labels = table.labels().get();
      int[] own = Arrays.stream(rows).map(row -> labels.values()[row]).toArray();
      int classes = labels.texts().size();
      requireRows(labels, own);
      Optional<int[]> groups = groups();
      if (groups.isEmpty()) {
        return Folds.ofLabels(own, classes, folds, seed);
      }
      List<int[]> divided = Folds.ofGroups(groups.get(), own, classes, folds, seed);
      requireClasses(labels, divided, own);
      return divided;
    }
    ReadTargets.Numbers numbers = (ReadTargets.Numbers) table.targets();
    if (rows.length < folds) {
      throw tooFew(Quote.format("%d rows are not for the test", rows.length));
    }
    return groups()
        .map(groups -> Folds.ofGroups(groups, new int[rows.length], 1, folds, seed))
        .orElseGet(() -> Folds.ofOrdered(ordered(numbers), folds, seed));
  }

  private int[] ordered(ReadTargets.Numbers numbers) {
    return IntStream.range(0, rows.length)
        .boxed()
        .sorted(Comparator.comparing(place -> numbers.values()[rows[place] * numbers.columns()]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Where rows belong together, the group of each. */
  private Optional<int[]> groups() {
    return table
        .division()
        .map(
            division -> {
              int[] all = ((RowDivision.Groups) division).groups();
              int[] own = Arrays.stream(rows).map(row -> all[row]).toArray();
              long count = Arrays.stream(own).distinct().count();
              if (count < folds) {
                throw tooFew(
                    Quote.format("%d groups (data.split.group) are not for the test", count));
              }
              return own;
            });
  }

  private void requireRows(ReadTargets.Labels labels, int... own) {
    int[] counts = new int[labels.texts().size()];
    for (int label : own) {
      counts[label]++;
    }
    for (int index = 0; index < counts.length; index++) {
      if (counts[index] < folds) {
        throw tooFew(
            Quote.format(
                "class %s has %d %s that %s not for the test",
                Quote.quoted(labels.texts().get(index)),
                counts[index],
                counts[index] == 1 ? "row" : "rows",
                counts[index] == 1 ? "is" : "are"));
      }
    }
  }

  private void requireClasses(ReadTargets.Labels labels, List<int[]> divided, int... own) {
    for (int[] places : divided) {
      boolean[] found = new boolean[labels.texts().size()];
      for (int place : places) {
        found[own[place]] = true;
      }
      for (int index = 0; index < found.length; index++) {
        if (!found[index]) {
          throw tooFew(
              Quote.format(
                  "a fold has no row of class %s, as all rows of a group (data.split.group) are in"
                      + " the same",
                  Quote.quoted(labels.texts().get(index))));
        }
      }
    }
  }

  private DataException tooFew(String what) {
    return new DataException(
        Quote.format(
            "%s: %s, expected at least one for each of the %d folds (search.folds); use fewer folds,"
                + " or 0 for one validation part",
            table.file(), what, folds));
  }

  private DataSplit.Fold fold(int[] train, int[] held) {
    Targets targets = TableTargets.of(table, TableTargets.outcome(table, format, train));
    if (table.typed().isPresent()) {
      return EncodedTable.fold(
          table,
          new EncodedTable.Part(table.typed().get().select(train), targets.select(train)),
          new EncodedTable.Part(table.typed().get().select(held), targets.select(held)),
          format.declared());
    }
    Dataset all = table.toDataset(targets);
    Dataset own = all.select(train);
    Standardisation standardisation = Standardisation.of(own);
    TableFiles.requireSpread(table, own, standardisation);
    Dataset validation = all.select(held);
    for (Dataset part : List.of(own, validation)) {
      TableFiles.requireFinite(table, part, standardisation, column -> "data.format.ignore");
    }
    return new DataSplit.Fold(own, validation, standardisation);
  }
}
