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
 * @param folds of the training and validation rows of a table, for a search that tries candidates
 *     on them; empty where it does not
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
    Optional<Encoded> table,
    List<Fold> folds) {
  /** Copies the lists. */
  public DataSplit {
    folds = List.copyOf(folds);
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

  /** Without folds. */
  public DataSplit(
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
        table,
        List.of());
  }

  /**
   * Rows of a table that are not for the test, some of them for training and some to judge by.
   * Folds may have different columns.
   *
   * @param train rows that the weights learn from
   * @param validation the others
   * @param standardisation learnt on {@code train} alone
   */
  public record Fold(Dataset train, Dataset validation, Standardisation standardisation) {
    private Fold with(Dataset learnt, Dataset judged) {
      return new Fold(learnt, judged, standardisation);
    }
  }

  /** The same with folds. */
  public DataSplit folded(List<Fold> all) {
    return new DataSplit(
        train,
        validation,
        test,
        standardisation,
        sha256,
        features,
        layout,
        notes,
        suspicions,
        table,
        all);
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
        train,
        validation,
        test,
        standardisation,
        sha256,
        features,
        layout,
        notes,
        all,
        table,
        folds);
  }

  /**
   * The same with other training parts and what is to be said of them.
   *
   * @param other training part
   * @param ofFolds those of the folds
   * @param said notes
   */
  DataSplit training(Dataset other, List<Dataset> ofFolds, List<String> said) {
    List<Fold> changed = new ArrayList<>();
    for (int fold = 0; fold < folds.size(); fold++) {
      changed.add(folds.get(fold).with(ofFolds.get(fold), folds.get(fold).validation()));
    }
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
        table,
        changed);
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
        table,
        folds.stream()
            .map(
                fold ->
                    fold.with(
                        predicting(fold.train(), weighted),
                        predicting(fold.validation(), weighted)))
            .toList());
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
