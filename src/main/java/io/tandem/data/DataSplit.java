package io.tandem.data;

import java.util.List;

/**
 * The three parts of a data set. Features are raw: whoever feeds them applies the standardisation.
 *
 * @param train rows that the weights learn from
 * @param validation rows that the search is rewarded on
 * @param test rows that are read once, at the end
 * @param standardisation learnt on {@code train} alone
 * @param sha256 hash of the bytes of the files, in hexadecimal; of several files of those in the
 *     order train, validation, test, one after the other ({@code cat ... | sha256sum}); of image
 *     files that of the list that {@code sha256sum} makes of them
 * @param features what the raw features of a row are, for people
 * @param notes what a user should know of the reading, a line each; the first sums up
 */
public record DataSplit(
    Dataset train,
    Dataset validation,
    Dataset test,
    Standardisation standardisation,
    String sha256,
    String features,
    List<String> notes) {
  /** Copies the notes. */
  public DataSplit {
    notes = List.copyOf(notes);
  }

  /**
   * The same for networks that see images: standardised by the channel.
   *
   * @throws IllegalArgumentException if the rows are no images
   */
  public DataSplit perChannel() {
    return new DataSplit(
        train, validation, test, Standardisation.perChannel(train), sha256, features, notes);
  }
}
