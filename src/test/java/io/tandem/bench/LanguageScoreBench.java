package io.tandem.bench;

import io.tandem.data.text.Vocabulary;
import io.tandem.graph.child.text.TrainedLanguageModel;
import io.tandem.graph.session.SessionConfig;
import io.tandem.graph.training.LanguageScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Time of the exact score of a language model on a whole text, read as one stream. */
public final class LanguageScoreBench {
  private LanguageScoreBench() {}

  /**
   * Measures and prints one JSON line.
   *
   * @param arguments optionally the number of tokens, then width, words, batch, length and nodes,
   *     of which batch and length do not matter
   */
  public static void main(String[] arguments) {
    int tokens = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 245_000;
    LanguageWorkload workload = new LanguageWorkload(9, 200, 13_000, 1, 2).with(arguments);
    SplittableRandom random = new SplittableRandom(1);
    List<String> words = new ArrayList<>(List.of("<unk>", "<eos>"));
    for (int word = words.size(); word < workload.vocabulary(); word++) {
      words.add("w" + word);
    }
    TrainedLanguageModel model = workload.drawn(random, new Vocabulary(words));
    int[] text = random.ints(tokens, 0, workload.vocabulary()).toArray();
    double time =
        SearchStepBench.time(
            () -> LanguageScore.of(model, text, SessionConfig.of(LanguageWorkload.RUNTIME)));
    String what =
        String.format(
            Locale.ROOT,
            "recurrent cell of %d nodes, width %d, %d words",
            workload.nodes(),
            workload.hidden(),
            workload.vocabulary());
    System.out.println(
        Figure.of(what, "exact score of " + tokens + " tokens", "s", new double[] {time / 1000})
            .json());
  }
}
