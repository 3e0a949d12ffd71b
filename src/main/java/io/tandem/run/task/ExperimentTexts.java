package io.tandem.run.task;

import io.tandem.config.Experiment;
import io.tandem.data.DataSplit;
import io.tandem.data.text.TextSplit;
import io.tandem.data.text.Vocabulary;
import io.tandem.data.text.Windows;
import io.tandem.disk.AtomicFile;
import io.tandem.disk.Disk;
import io.tandem.disk.RunDirectory;
import io.tandem.export.ServableLanguageModel;
import io.tandem.graph.child.text.LanguageNetwork;
import io.tandem.graph.child.text.LanguageShape;
import io.tandem.graph.child.text.RecurrentNetwork;
import io.tandem.graph.child.text.TrainedLanguageModel;
import io.tandem.graph.inner.OptimizerUpdate;
import io.tandem.graph.joint.ChildProgram;
import io.tandem.graph.joint.child.Texts;
import io.tandem.graph.session.Placement;
import io.tandem.report.Baseline;
import io.tandem.report.drawing.Drawing;
import io.tandem.retrain.LanguageRetrainSettings;
import io.tandem.retrain.LanguageRetrainer;
import io.tandem.retrain.RetrainHooks;
import io.tandem.retrain.RetrainedModel;
import io.tandem.search.plan.SearchCosts;
import io.tandem.search.plan.SearchRows;
import io.tandem.search.plan.Strategy;
import io.tandem.search.plan.WindowRows;
import io.tandem.space.Architecture;
import io.tandem.space.ArchitectureSpace;
import io.tandem.space.Candidate;
import io.tandem.space.RecurrentSpace;
import io.tandem.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/**
 * Texts, whose words language models guess.
 *
 * @param experiment checked configuration, with no length left open
 * @param texts the three parts
 */
public record ExperimentTexts(Experiment configured, Experiment experiment, TextSplit texts)
    implements ExperimentData {
  private static final int SAMPLES = 32;
  private static final double EXACT = 4;

  /**
   * Checks that every part has a window, and fills in the lengths that follow the data.
   *
   * @throws io.tandem.data.DataException if one has not
   */
  public ExperimentTexts(Experiment configured, TextSplit texts) {
    this(configured, sized(configured, texts), texts);
  }

  private static Experiment sized(Experiment configured, TextSplit texts) {
    int window = configured.text().window();
    int tokens = texts.train().length;
    if (configured.search().strategy() != Strategy.GIVEN) {
      Windows.of("training part", tokens, configured.search().batch(), window);
    }
    Windows.of("training part", tokens, configured.retrain().batch(), window);
    Windows.of("training part", tokens, configured.search().derive().batch(), window);
    Windows.of("validation part", texts.validation().length, 1, window);
    return Sizing.of(configured, rows(configured, texts));
  }

  @Override
  public ExperimentData with(Experiment other) {
    return new ExperimentTexts(other, texts);
  }

  @Override
  public String sha256() {
    return texts.sha256();
  }

  @Override
  public List<String> notes() {
    return texts.notes();
  }

  @Override
  public List<String> suspicions() {
    return texts.suspicions();
  }

  @Override
  public String noteName() {
    return "texts";
  }

  @Override
  public void keep(Disk disk, RunDirectory run) {
    AtomicFile.write(disk, run.vocabulary(), texts.vocabulary().text());
  }

  @Override
  public String features() {
    return "words between white space, " + texts.vocabulary().size() + " of them known";
  }

  @Override
  public String split() {
    return texts.train().length
        + " / "
        + texts.validation().length
        + " / "
        + texts.test().length
        + " words";
  }

  @Override
  public DataSplit examples() {
    throw new IllegalStateException("texts have no rows");
  }

  @Override
  public List<Baseline> baselines() {
    return List.of();
  }

  @Override
  public NetworkSizes sizes(ArchitectureSpace space) {
    return NetworkSizes.of(space.recurrent(), texts.vocabulary().size());
  }

  /** Word by word, without a batch, where the reading is exact. */
  @Override
  public double readings() {
    return SearchCosts.FORWARD * Math.min(LanguageRetrainer.MOST_SCORED, texts.train().length)
        + EXACT * ((double) texts.validation().length + texts.test().length);
  }

  @Override
  public SearchRows searchRows() {
    return rows(experiment, texts);
  }

  private static SearchRows rows(Experiment experiment, TextSplit texts) {
    return new WindowRows(
        texts.train().length,
        texts.validation().length,
        experiment.text().window(),
        experiment.retrain().keepBest());
  }

  @Override
  public ChildProgram<TFloat32> child(
      Graph graph,
      Session session,
      Placement placement,
      SearchSpace space,
      OptimizerUpdate update,
      int fold) {
    return new ChildProgram<>(
        graph,
        session,
        placement,
        TFloat32.class,
        space,
        new Texts(
            texts.train(),
            texts.validation(),
            texts.vocabulary().size(),
            experiment.text().window(),
            largestBatch(experiment)),
        update,
        experiment.inner(),
        experiment.search().joint());
  }

  private static int largestBatch(Experiment experiment) {
    return Math.max(
        experiment.search().derive().batch(),
        Math.max(experiment.search().batch(), experiment.retrain().batch()));
  }

  private LanguageNetwork network(Architecture architecture) {
    RecurrentSpace space = experiment.retrained().recurrent();
    return new RecurrentNetwork(
        architecture.recurrent(),
        space.looseEnds(),
        new LanguageShape(texts.vocabulary().size(), space.hidden(), experiment.text().window()),
        space.regularisation());
  }

  @Override
  public Drawing.Captions captions(Architecture architecture) {
    RecurrentSpace space = experiment.retrained().recurrent();
    int words = texts.vocabulary().size();
    return new Drawing.Captions(
        String.format(Locale.ROOT, "%,d words", words),
        architecture.recurrent().parameters(space.hidden(), words),
        space.common(),
        words,
        space.looseEnds(),
        false);
  }

  /**
   * What trains language models as an experiment says.
   *
   * @param experiment checked configuration
   */
  public static LanguageRetrainer retrainer(Experiment experiment) {
    return new LanguageRetrainer(
        new LanguageRetrainSettings(
            experiment.retrain(),
            experiment.text().randomWindows(),
            experiment.text().averageAfter()),
        experiment.inner(),
        experiment.runtime());
  }

  @Override
  public Retrained retrain(Candidate candidate, long seed, RetrainHooks hooks) {
    LanguageRetrainer retrainer =
        retrainer(
            experiment.with(experiment.search(), experiment.retrain().of(candidate.optimizer())));
    RetrainedModel<TrainedLanguageModel> model =
        retrainer.retrain(candidate, network(candidate.architecture()), texts, seed, hooks);
    return new Retrained(
        model,
        model.network().weights(),
        () -> new Tested(retrainer.evaluate(model, texts.test()), Optional.empty()),
        new ServableLanguageModel(model.network(), samples()));
  }

  /** The first lines of the validation part. */
  private List<String> samples() {
    List<String> lines = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (int token : texts.validation()) {
      if (token != Vocabulary.END) {
        words.add(texts.vocabulary().word(token));
      } else if (!words.isEmpty()) {
        lines.add(String.join(" ", words));
        words.clear();
        if (lines.size() == SAMPLES) {
          break;
        }
      }
    }
    return lines.isEmpty() ? List.of(String.join(" ", words)) : lines;
  }
}
