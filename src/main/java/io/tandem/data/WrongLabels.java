package io.tandem.data;

import io.tandem.outcome.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Replaces labels of the training part by wrong ones, for experiments with robust training. The
 * validation and the test part stay as they are.
 */
public final class WrongLabels {
  private WrongLabels() {}

  /**
   * The parts with wrong labels among those for training.
   *
   * @param split the parts
   * @param share of the training rows that get another class, every other one being equally likely;
   *     0 to 1
   * @param seed seed of the run; decides which rows and which classes
   */
  public static DataSplit in(DataSplit split, double share, long seed) {
    Dataset train = split.train();
    if (share > 0 && !(train.outcome() instanceof Outcome.Classes)) {
      throw new DataException(
          "data.wrong_labels: "
              + share
              + " is not allowed where numbers are predicted, which have no labels; leave it out");
    }
    if (share == 0) {
      return split;
    }
    int classes = train.classes().size();
    if (classes < 2) {
      return split;
    }
    List<Dataset> folds = new ArrayList<>();
    for (int fold = 0; fold < split.folds().size(); fold++) {
      folds.add(
          wrong(split.folds().get(fold).train(), share, Seeds.of(seed, "data/wrong_fold", fold)));
    }
    List<String> notes = new ArrayList<>(split.notes());
    notes.add(
        Quote.format(
            "%,d of %,d training labels replaced by wrong ones (data.wrong_labels)",
            count(train, share), train.rows()));
    return split.training(wrong(train, share, seed), folds, notes);
  }

  private static int count(Dataset train, double share) {
    return (int) Math.round(share * train.rows());
  }

  private static Dataset wrong(Dataset train, double share, long seed) {
    int classes = train.classes().size();
    SplittableRandom random = new SplittableRandom(Seeds.of(seed, "data/wrong_labels", 0));
    int[] labels = train.labels().clone();
    int[] order = Permutation.of(labels.length, Seeds.of(seed, "data/wrong_rows", 0));
    int count = count(train, share);
    for (int index = 0; index < count; index++) {
      int row = order[index];
      labels[row] = (labels[row] + 1 + random.nextInt(classes - 1)) % classes;
    }
    return train.labelled(labels);
  }
}
