package io.tandem.data;

import io.tandem.outcome.Outcome;
import io.tandem.outcome.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
 * @param layout where the features are in the table; empty for images
 * @param notes what a user should know of the reading, a line each; the first sums up
 * @param suspicions what is probably not as the user thinks, a line each
 * @param table how the columns of a table became features; empty where the features are the numbers
 *     of the table, or images
 */
public record DataSplit(
    Dataset train,
    Dataset validation,
    Dataset test,
    Standardisation standardisation,
    String sha256,
    String features,
    Optional<TableLayout> layout,
    List<String> notes,
    List<String> suspicions,
    Optional<Encoded> table) {
  /** Copies the lists. */
  public DataSplit {
    notes = List.copyOf(notes);
    suspicions = List.copyOf(suspicions);
  }

  /** Whose features are the numbers of a table, or images. */
  public DataSplit(
      Dataset train,
      Dataset validation,
      Dataset test,
      Standardisation standardisation,
      String sha256,
      String features,
      Optional<TableLayout> layout,
      List<String> notes,
      List<String> suspicions) {
    this(
        train,
        validation,
        test,
        standardisation,
        sha256,
        features,
        layout,
        notes,
        suspicions,
        Optional.empty());
  }

  /**
   * A table whose columns were encoded.
   *
   * @param encoding learnt on the training part
   * @param samples some rows of the validation part, to try an exported model on
   */
  public record Encoded(TableEncoding encoding, TypedRows samples) {}

  /** The same with further suspicions. */
  public DataSplit suspecting(List<String> more) {
    List<String> all = new ArrayList<>(suspicions);
    all.addAll(more);
    return new DataSplit(
        train, validation, test, standardisation, sha256, features, layout, notes, all, table);
  }

  /** The same with another training part and what is to be said of it. */
  DataSplit training(Dataset other, List<String> said) {
    return new DataSplit(
        other,
        validation,
        test,
        standardisation,
        sha256,
        features,
        layout,
        said,
        suspicions,
        table);
  }

  /** The same with weights of its classes. */
  public DataSplit predicting(Outcome.Classes weighted) {
    return new DataSplit(
        predicting(train, weighted),
        predicting(validation, weighted),
        predicting(test, weighted),
        standardisation,
        sha256,
        features,
        layout,
        notes,
        suspicions,
        table);
  }

  private static Dataset predicting(Dataset part, Outcome.Classes weighted) {
    return part.predicting(new Targets.Labels(part.labels(), weighted));
  }

  /**
   * The same for networks that see images: standardised by the channel.
   *
   * @throws IllegalArgumentException if the rows are no images
   */
  public DataSplit perChannel() {
    return new DataSplit(
        train,
        validation,
        test,
        Standardisation.perChannel(train),
        sha256,
        features,
        layout,
        notes,
        suspicions);
  }
}
