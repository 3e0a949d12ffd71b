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
 * @param leftOut rows and columns that are left out, and why
 */
record Table(
    String file,
    TableLayout layout,
    Cells cells,
    int[] labels,
    List<String> texts,
    List<Long> lines,
    Optional<TypedRows> typed,
    List<String> leftOut) {

  /** Number of rows. */
  int rows() {
    return labels.length;
  }

  /** The same with other columns. */
  Table withColumns(TableLayout other, TypedRows columns, List<String> said) {
    return new Table(file, other, cells, labels, texts, lines, Optional.of(columns), both(said));
  }

  private List<String> both(List<String> said) {
    return Stream.concat(leftOut.stream(), said.stream()).toList();
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
