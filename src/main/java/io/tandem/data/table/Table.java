package io.tandem.data.table;

import io.tandem.data.DataException;
import io.tandem.data.Dataset;
import io.tandem.data.NearestName;
import io.tandem.data.Quote;
import io.tandem.data.TableLayout;
import io.tandem.data.TypedRows;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file as it was read, before its labels are made classes.
 *
 * @param file its name
 * @param layout what its columns are
 * @param cells its features, row by row; nothing where they are typed
 * @param labels index into {@code texts} for each row
 * @param texts distinct labels in order of appearance
 * @param lines for each of them the line it was first seen in
 * @param typed its features with texts and gaps; empty where all are numbers
 * @param merged for each feature how often two different numbers in neighbouring rows became one
 * @param leftOut rows and columns that are left out, and why
 * @param suspicions what is odd about its columns, a line each
 */
record Table(
    String file,
    TableLayout layout,
    Cells cells,
    int[] labels,
    List<String> texts,
    List<Long> lines,
    Optional<TypedRows> typed,
    List<Integer> merged,
    List<String> leftOut,
    List<String> suspicions) {

  /** Number of rows. */
  int rows() {
    return labels.length;
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
        labels,
        texts,
        lines,
        typed.map(
            rows -> new TypedRows(kept.stream().map(rows.columns()::get).toList(), rows.rows())),
        kept.stream().map(merged::get).toList(),
        Stream.concat(leftOut.stream(), said.stream()).toList(),
        suspicions);
  }

  /** The same with what is odd about its columns. */
  Table suspecting(List<String> found) {
    return new Table(file, layout, cells, labels, texts, lines, typed, merged, leftOut, found);
  }

  /**
   * The labelled rows.
   *
   * @param classes the classes there are
   * @throws DataException if a label is none of them
   */
  Dataset toDataset(List<String> classes) {
    List<String> names = layout.featureNames();
    return new Dataset(cells.toArray(), names.size(), classesOf(classes), classes, names);
  }

  /**
   * The class of every row.
   *
   * @param classes the classes there are
   * @throws DataException if a label is none of them
   */
  int[] classesOf(List<String> classes) {
    int[] translation = new int[texts.size()];
    for (int text = 0; text < translation.length; text++) {
      translation[text] = classes.indexOf(texts.get(text));
      if (translation[text] < 0) {
        throw new DataException(
            Quote.format(
                "%s:%d:%d: label %s does not occur in the training rows, expected one of the %d"
                    + " classes there; did you mean %s?",
                file,
                lines.get(text),
                layout.label() + 1,
                Quote.quoted(texts.get(text)),
                classes.size(),
                Quote.quoted(NearestName.of(texts.get(text), classes))));
      }
    }
    int[] translated = new int[labels.length];
    for (int row = 0; row < labels.length; row++) {
      translated[row] = translation[labels[row]];
    }
    return translated;
  }
}
