package io.tandem.export;

import io.tandem.data.text.Vocabulary;
import io.tandem.disk.Disk;
import io.tandem.graph.child.text.LanguageShape;
import io.tandem.graph.child.text.RecurrentNetwork;
import io.tandem.graph.child.text.ReferenceModel;
import io.tandem.graph.child.text.TrainedLanguageModel;
import io.tandem.space.Candidate;
import io.tandem.space.LanguageRegularisation;
import io.tandem.space.RecurrentArchitecture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A small language model with drawn weights, and what it says by plain loops. */
public final class TextFixtures {
  static final int HIDDEN = 8;
  static final Vocabulary VOCABULARY =
      new Vocabulary(
          List.of(
              "<unk>",
              "<eos>",
              "the",
              "of",
              "straße",
              "\uD83D\uDE00",
              "“x”",
              "a\uFEFF",
              "The",
              "0",
              "to",
              "in",
              "cat",
              "dog",
              "sat",
              "on",
              "mat",
              "ran",
              ".",
              ","));
  private static final RecurrentNetwork NETWORK =
      new RecurrentNetwork(
          RecurrentArchitecture.parse("0 0 0 1 1 1 3"),
          true,
          new LanguageShape(VOCABULARY.size(), HIDDEN, 7),
          LanguageRegularisation.none());

  private TextFixtures() {}

  /** The model. */
  public static TrainedLanguageModel model() {
    SplittableRandom random = new SplittableRandom(11);
    List<float[]> weights = new ArrayList<>();
    for (var shape : NETWORK.parts().shapes()) {
      float[] values = new float[(int) shape.size()];
      for (int index = 0; index < values.length; index++) {
        values[index] = (float) random.nextDouble(-1, 1);
      }
      weights.add(values);
    }
    return new TrainedLanguageModel(NETWORK, weights, VOCABULARY);
  }

  /** The model with lines to try it on. */
  public static Servable servable() {
    return new ServableLanguageModel(
        model(), List.of("the cat sat on the mat .", "", "the unknown dog"));
  }

  /** Exports it. */
  public static Path export(Path base) {
    return new SavedModelExporter(new ExportSettings(List.of(1, 8)), Disk.system())
        .export(servable(), base, 1, card());
  }

  /** A card. */
  public static ModelCard card() {
    ModelCard plain = ExportFixtures.card();
    return new ModelCard(
        plain.name(),
        "stories.txt",
        "words between white space",
        plain.dataHash(),
        "100 / 20 / 20 tokens",
        plain.seed(),
        new Candidate(NETWORK.architecture(), plain.candidate().optimizer()),
        plain.networks(),
        plain.metrics(),
        plain.tested(),
        plain.versions(),
        plain.command());
  }

  /** What plain loops make of tokens. */
  record Expected(double[][] logProbabilities, double[] state) {}

  /** Log-probabilities of the words behind every token, and the state after the last one. */
  static Expected expected(int[] tokens, double[] state) {
    List<double[]> weights = new ArrayList<>();
    for (float[] values : model().weights()) {
      double[] wide = new double[values.length];
      for (int index = 0; index < wide.length; index++) {
        wide[index] = values[index];
      }
      weights.add(wide);
    }
    ReferenceModel reference =
        new ReferenceModel(
            NETWORK.architecture(),
            NETWORK.architecture().outputs(true),
            new LanguageShape(VOCABULARY.size(), HIDDEN, tokens.length),
            weights);
    reference.run(new int[][] {tokens}, new double[][] {state});
    double[][] normal = new double[tokens.length][];
    for (int time = 0; time < tokens.length; time++) {
      double[] logits = reference.logits.get(time).clone();
      double sum = 0;
      for (double logit : logits) {
        sum += Math.exp(logit);
      }
      for (int word = 0; word < logits.length; word++) {
        logits[word] -= Math.log(sum);
      }
      normal[time] = logits;
    }
    return new Expected(normal, reference.state[0]);
  }

  /** Sum over all tokens of a text, read from zeros with {@code <eos>} before the first. */
  public static double logProbability(int... tokens) {
    int[] inputs = new int[tokens.length];
    inputs[0] = Vocabulary.END;
    System.arraycopy(tokens, 0, inputs, 1, tokens.length - 1);
    double[][] each = expected(inputs, new double[HIDDEN]).logProbabilities();
    double sum = 0;
    for (int time = 0; time < tokens.length; time++) {
      sum += each[time][tokens[time]];
    }
    return sum;
  }
}
