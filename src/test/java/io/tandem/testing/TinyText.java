package io.tandem.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A text in which every word follows from the one before, and a language model of it. */
public final class TinyText {
  private static final List<String> WORDS =
      List.of("ape", "bee", "cat", "dog", "elk", "fox", "gnu", "hen");

  private TinyText() {}

  /**
   * The lines of a text.
   *
   * @param count number of lines
   * @param first which word begins the first
   */
  public static String lines(int count, int first) {
    StringBuilder text = new StringBuilder();
    int word = first;
    for (int line = 0; line < count; line++) {
      for (int place = 0; place < 3 + line % 4; place++) {
        text.append(WORDS.get(word % WORDS.size())).append(' ');
        word += 3;
      }
      text.append('\n');
    }
    return text.toString();
  }

  /**
   * Writes the texts and gives the overrides of a whole run with them.
   *
   * @param folder where to
   */
  public static List<String> ofRun(Path folder) throws IOException {
    List<String> overrides = new ArrayList<>(TinySearch.searchOfImages());
    overrides.addAll(overrides(folder));
    overrides.addAll(
        List.of(
            "space.optimizer.learning_rate=0.1..2",
            "search.budget.examples=8000",
            "retrain.batch=8",
            "retrain.examples=4000",
            "retrain.with_validation=false",
            "retrain.average_after=1",
            "retrain.checkpoint_every=10",
            "export.batch_sizes=2"));
    return List.copyOf(overrides);
  }

  /**
   * Writes the texts and gives the overrides of an experiment with them.
   *
   * @param folder where to
   */
  public static List<String> overrides(Path folder) throws IOException {
    Path train = Files.writeString(folder.resolve("train.txt"), lines(160, 0));
    Path test = Files.writeString(folder.resolve("test.txt"), lines(20, 5));
    return List.of(
        "data.text.train=" + train,
        "data.text.test=" + test,
        "data.text_format.window=4",
        "space.recurrent.nodes=2",
        "space.recurrent.hidden=6",
        "fixed_optimizer.augmentation=1",
        "space.optimizer.augmentation.max=1");
  }
}
