package io.tandem.bench;

import io.tandem.config.ConfigLoader;
import io.tandem.config.Experiment;
import io.tandem.data.DataSource;
import io.tandem.data.Seeds;
import io.tandem.data.text.TextLoader;
import io.tandem.data.text.TextSplit;
import io.tandem.graph.child.text.LanguageShape;
import io.tandem.graph.child.text.LstmNetwork;
import io.tandem.graph.child.text.TrainedLanguageModel;
import io.tandem.retrain.LanguageRetrainer;
import io.tandem.retrain.RetrainHooks;
import io.tandem.retrain.RetrainedModel;
import io.tandem.run.task.ExperimentTexts;
import io.tandem.space.Candidate;
import io.tandem.space.RecurrentSpace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The perplexity of an LSTM of one layer with about as many weights as the recurrent cells of an
 * experiment, trained as {@code tandem train} would train one of them: with {@code
 * fixed_optimizer}, dropouts and budget of the configuration.
 */
public final class LstmBench {
  private LstmBench() {}

  /**
   * Trains and prints one JSON line.
   *
   * @param arguments a configuration with texts and {@code space.recurrent}, then overrides {@code
   *     path=value}
   */
  public static void main(String[] arguments) {
    List<String> overrides = Arrays.asList(arguments).subList(1, arguments.length);
    Experiment experiment = ConfigLoader.load(Path.of(arguments[0]), overrides).experiment();
    TextSplit texts = TextLoader.load((DataSource.Text) experiment.data().source());
    RecurrentSpace space = experiment.retrained().recurrent();
    int words = texts.vocabulary().size();
    long weights = space.largest().parameters(space.hidden(), words);
    int hidden = LstmNetwork.hidden(weights, words);
    LanguageRetrainer retrainer = ExperimentTexts.retrainer(experiment);
    RetrainedModel<TrainedLanguageModel> model =
        retrainer.retrain(
            new Candidate(space.largest(), experiment.fixedOptimizer()),
            new LstmNetwork(
                new LanguageShape(words, hidden, experiment.text().window()),
                space.regularisation()),
            texts,
            Seeds.of(experiment.seed(), "retrain", 0),
            RetrainHooks.none());
    double loss = retrainer.evaluate(model, texts.test()).loss();
    System.out.printf(
        Locale.ROOT,
        "{\"what\":\"LSTM of one layer, width %d, %d weights\",\"validation.perplexity\":%.2f,"
            + "\"test.perplexity\":%.2f,\"seed\":%d}%n",
        hidden,
        LstmNetwork.parameters(hidden, words),
        Math.exp(model.validation().loss()),
        Math.exp(loss),
        experiment.seed());
  }
}
