package io.tandem.data.table;

import io.tandem.data.DataException;
import io.tandem.data.Dataset;
import io.tandem.data.NearestName;
import io.tandem.data.Quote;
import io.tandem.data.TableLayout;
import java.util.List;

/**
 * A file as it was read, before its labels are made classes.
 *
 * @param file its name
 * @param layout what its columns are
 * @param cells its features, row by row
 * @param labels index into {@code texts} for each row
 * @param texts distinct labels in order of appearance
 * @param lines for each of them the line it was first seen in
 */
record Table(
    String file,
    TableLayout layout,
    Cells cells,
    int[] labels,
    List<String> texts,
    List<Long> lines) {

  /** Number of rows. */
  int rows() {
    return labels.length;
  }

  /**
   * The labelled rows.
   *
   * @param classes the classes there are
   * @throws DataException if a label is none of them
   */
  Dataset toDataset(List<String> classes) {
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
    List<String> names = layout.featureNames();
    return new Dataset(cells.toArray(), names.size(), translated, classes, names);
  }
}
