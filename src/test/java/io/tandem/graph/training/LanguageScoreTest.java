package io.tandem.graph.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.data.text.Vocabulary;
import io.tandem.graph.child.text.LanguageNetwork;
import io.tandem.graph.child.text.LanguageShape;
import io.tandem.graph.child.text.LstmNetwork;
import io.tandem.graph.child.text.RecurrentNetwork;
import io.tandem.graph.child.text.ReferenceModel;
import io.tandem.graph.child.text.TrainedLanguageModel;
import io.tandem.graph.gradient.GradientRegistry;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.session.SessionConfig;
import io.tandem.space.LanguageRegularisation;
import io.tandem.space.OptimizerFamily;
import io.tandem.testing.Derivatives;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.ConfigProto;

/**
 * The perplexity that is reported counts every token of a text once, with all that is before it:
 * windows that forget, or a first token that is left out, would flatter.
 */
class LanguageScoreTest {
  private static final List<String> WORDS = List.of("<unk>", "<eos>", "a", "b", "c");
  private static final LanguageShape SHAPE = new LanguageShape(WORDS.size(), 4, 3);
  private static final int[] TEXT = Languages.text(50, WORDS.size());
  private static final ConfigProto CONFIG = SessionConfig.of(Languages.RUNTIME);

  @BeforeAll
  static void install() {
    GradientRegistry.install();
  }

  private static TrainedLanguageModel model(LanguageNetwork network) {
    List<float[]> weights = new ArrayList<>();
    for (var part : network.parts().list()) {
      double[] numbers = Derivatives.numbers(part.size(), 2 + weights.size());
      float[] narrow = new float[numbers.length];
      for (int index = 0; index < narrow.length; index++) {
        narrow[index] = (float) numbers[index];
      }
      weights.add(narrow);
    }
    return new TrainedLanguageModel(network, weights, new Vocabulary(WORDS));
  }

  private static RecurrentNetwork cell() {
    return Languages.network(SHAPE, new LanguageRegularisation(0, 0.5, 0, 0.5, 1, 1));
  }

  @Test
  void of_aText_isThePlainModelsCrossEntropy() {
    TrainedLanguageModel model = model(cell());
    List<double[]> weights = new ArrayList<>();
    for (float[] values : model.weights()) {
      double[] wide = new double[values.length];
      Arrays.setAll(wide, place -> values[place]);
      weights.add(wide);
    }
    int[] seen = new int[TEXT.length];
    seen[0] = Vocabulary.END;
    System.arraycopy(TEXT, 0, seen, 1, TEXT.length - 1);
    ReferenceModel reference =
        new ReferenceModel(
            cell().architecture(),
            cell().architecture().outputs(true),
            new LanguageShape(WORDS.size(), SHAPE.hidden(), TEXT.length),
            weights);
    reference.run(new int[][] {seen}, new double[1][SHAPE.hidden()]);
    double loss = 0;
    int right = 0;
    for (int time = 0; time < TEXT.length; time++) {
      double[] logits = reference.logits.get(time);
      loss += Math.log(Arrays.stream(logits).map(Math::exp).sum()) - logits[TEXT[time]];
      right += logits[TEXT[time]] == Arrays.stream(logits).max().orElseThrow() ? 1 : 0;
    }
    Score score = LanguageScore.of(model, TEXT, CONFIG);
    assertThat(score.loss()).isCloseTo(loss / TEXT.length, within(1e-5));
    assertThat(score.accuracy()).isCloseTo((double) right / TEXT.length, within(1e-12));
  }

  /** The state goes from window to window, of an LSTM both halves. */
  @Test
  void of_windowsOfAnyLength_isTheSame() {
    for (LanguageNetwork network :
        List.of(cell(), new LstmNetwork(SHAPE, LanguageRegularisation.none()))) {
      TrainedLanguageModel model = model(network);
      Score whole = LanguageScore.of(model, TEXT, 1, TEXT.length, CONFIG);
      for (int length : new int[] {1, 3, 7, 128}) {
        Score score = LanguageScore.of(model, TEXT, 1, length, CONFIG);
        assertThat(score.loss()).isCloseTo(whole.loss(), within(1e-6));
        assertThat(score.accuracy()).isEqualTo(whole.accuracy());
      }
    }
  }

  @Test
  void of_streams_countsEveryTokenAndForgetsAtTheirBeginnings() {
    TrainedLanguageModel model = model(cell());
    Score exact = LanguageScore.of(model, TEXT, CONFIG);
    Score three = LanguageScore.of(model, TEXT, 3, CONFIG);
    assertThat(three.loss()).isNotEqualTo(exact.loss()).isCloseTo(exact.loss(), within(0.3));
    assertThat(three.accuracy() * TEXT.length)
        .isCloseTo(Math.rint(three.accuracy() * TEXT.length), within(1e-9));
  }

  @Test
  void of_emptyText_isNotMeasured() {
    assertThat(LanguageScore.of(model(cell()), new int[0], CONFIG)).isEqualTo(Score.none());
  }

  @Test
  void score_whileTraining_isThatOfTheTrainedModel() {
    try (LanguageTraining training =
        new LanguageTraining(
            cell(),
            Languages.optimizer(OptimizerFamily.SGD, 1),
            new InnerSettings(1, 0.999, 1e-8),
            3,
            new LanguageTraining.Reading(TEXT, 2, false),
            Languages.RUNTIME)) {
      TrainedLanguageModel model =
          new TrainedLanguageModel(cell(), training.trained(), new Vocabulary(WORDS));
      for (int streams : new int[] {1, 4}) {
        Score during = training.score(TEXT, streams);
        Score after = LanguageScore.of(model, TEXT, streams, CONFIG);
        assertThat(during.loss()).isCloseTo(after.loss(), within(1e-6));
        assertThat(during.accuracy()).isEqualTo(after.accuracy());
      }
    }
  }
}
