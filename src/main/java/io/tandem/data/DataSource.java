package io.tandem.data;

import java.nio.file.Path;

/** Where the rows come from. */
public sealed interface DataSource {
  /** The handwritten digits that come with the program: 64 features, ten classes. */
  record Digits() implements DataSource {}

  /**
   * One table, to be split.
   *
   * @param file comma-separated values
   * @param format how to read it
   */
  record CsvTable(Path file, CsvFormat format) implements DataSource {}

  /**
   * A table for each part.
   *
   * @param train rows that the weights learn from
   * @param validation rows that the search is rewarded on
   * @param test rows that are read once, at the end
   * @param format how to read each of them
   */
  record CsvParts(Path train, Path validation, Path test, CsvFormat format) implements DataSource {}

  /**
   * Images in the IDX files of MNIST; pixels become features in [0, 1].
   *
   * @param images training images
   * @param labels their labels
   * @param testImages images that are read once, at the end
   * @param testLabels their labels
   * @param limit most images to use of the training files, from the first; 0 is all
   * @param validation how many of those, the last, the search is rewarded on, positive
   * @param classes number of classes; labels are 0 up to but not this
   */
  record Idx(
      Path images,
      Path labels,
      Path testImages,
      Path testLabels,
      int limit,
      int validation,
      int classes)
      implements DataSource {}
}
