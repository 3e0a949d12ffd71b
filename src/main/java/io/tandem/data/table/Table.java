package io.tandem.data.table;

import io.tandem.data.Dataset;
import io.tandem.data.TableLayout;
import io.tandem.data.TypedRows;
import io.tandem.data.Values;
import io.tandem.outcome.Targets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file as it was read, before labels are made classes and numbers are standardised.
 *
 * @param file its name
 * @param layout what its columns are
 * @param cells its features, row by row; nothing where they are typed
 * @param targets what is to be predicted
 * @param division which rows belong together; empty if they are divided at random
 * @param typed its features with texts and gaps; empty where all are numbers
 * @param merged for each feature how often two different numbers in neighbouring rows became one
 * @param leftOut rows and columns that are left out, and why
 * @param suspicions what is odd about its columns, a line each
 */
record Table(
    String file,
    TableLayout layout,
    Cells cells,
    ReadTargets targets,
    Optional<RowDivision> division,
    Optional<TypedRows> typed,
    List<Integer> merged,
    List<String> leftOut,
    List<String> suspicions) {

  /** Number of rows. */
  int rows() {
    return targets.rows();
  }

  /**
   * The same with some of the columns.
   *
   * @param kept indices of their features
   * @param said why the others are left out
   */
  Table withColumns(List<Integer> kept, List<String> said) {
    return new Table(
        file,
        layout.with(kept.stream().map(layout.features()::get).toList()),
        cells,
        targets,
        division,
        typed.map(
            rows -> new TypedRows(kept.stream().map(rows.columns()::get).toList(), rows.rows())),
        kept.stream().map(merged::get).toList(),
        Stream.concat(leftOut.stream(), said.stream()).toList(),
        suspicions);
  }

  /** The same with what is odd about its columns. */
  Table suspecting(List<String> found) {
    return new Table(file, layout, cells, targets, division, typed, merged, leftOut, found);
  }

  /** The labels; empty if numbers are to be predicted. */
  Optional<ReadTargets.Labels> labels() {
    return targets instanceof ReadTargets.Labels labels ? Optional.of(labels) : Optional.empty();
  }

  /**
   * The rows of a table of numbers.
   *
   * @param predicted what is to be predicted for them
   */
  Dataset toDataset(Targets predicted) {
    List<String> names = layout.featureNames();
    return new Dataset(
        new Values.Floats(cells.toArray()), names.size(), predicted, names, Optional.empty());
  }
}
