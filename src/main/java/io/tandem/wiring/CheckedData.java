package io.tandem.wiring;

import io.tandem.config.Experiment;
import io.tandem.data.DataSplit;
import io.tandem.data.Quote;
import io.tandem.data.text.TextSplit;
import java.util.List;

/**
 * What {@code tandem check} says of data that can be used.
 *
 * @param notes what a user should know of the reading, a line each
 * @param summary sizes of the parts, without a full stop
 */
public record CheckedData(List<String> notes, String summary) {
  /** Copies the notes. */
  public CheckedData {
    notes = List.copyOf(notes);
  }

  /**
   * Loads the data of an experiment and lets go of them.
   *
   * @param experiment checked configuration
   * @throws io.tandem.data.DataException if the data cannot be used
   */
  public static CheckedData of(Experiment experiment) {
    ExperimentData data = ExperimentData.load(experiment);
    return data instanceof ExperimentTexts words ? of(words.texts()) : of(data.examples());
  }

  /** Of rows. */
  private static CheckedData of(DataSplit data) {
    return new CheckedData(
        data.notes(),
        Quote.format(
            "%d training, %d validation, %d test rows, %d features, %d classes",
            data.train().rows(),
            data.validation().rows(),
            data.test().rows(),
            data.train().columns(),
            data.train().classes().size()));
  }

  /** Of words; the first note is the summary. */
  static CheckedData of(TextSplit text) {
    return new CheckedData(text.notes().subList(1, text.notes().size()), text.summary());
  }
}
