package io.tandem.run.task;

import io.tandem.config.Experiment;
import io.tandem.data.DataSource;
import io.tandem.data.DataSplit;
import io.tandem.data.source.DataLoader;
import io.tandem.data.text.TextLoader;
import io.tandem.disk.Disk;
import io.tandem.disk.RunDirectory;
import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.graph.inner.OptimizerUpdate;
import io.tandem.graph.joint.ChildProgram;
import io.tandem.graph.preprocessing.GraphImageDecoder;
import io.tandem.graph.session.Placement;
import io.tandem.report.Baseline;
import io.tandem.report.drawing.Drawing;
import io.tandem.retrain.RetrainHooks;
import io.tandem.search.plan.SearchRows;
import io.tandem.search.plan.SearchStage;
import io.tandem.space.Architecture;
import io.tandem.space.ArchitectureSpace;
import io.tandem.space.Candidate;
import io.tandem.space.SearchSpace;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/** The data of an experiment, with how its networks see them, in the search and after it. */
public sealed interface ExperimentData permits ExperimentExamples, ExperimentTexts {
  /**
   * Loads them: rows standardised by the column for fully connected networks, by the channel for
   * those that see images; texts as they are.
   *
   * @param experiment checked configuration
   * @throws io.tandem.data.DataException if the data cannot be used
   */
  static ExperimentData load(Experiment experiment) {
    return experiment.data().source() instanceof DataSource.Text text
        ? new ExperimentTexts(experiment, TextLoader.load(text))
        : new ExperimentExamples(experiment, ThresholdData.require(experiment, split(experiment)));
  }

  /**
   * Loads the rows of an experiment, standardised by the column.
   *
   * @param experiment checked configuration
   * @throws io.tandem.data.DataException if the data cannot be used
   */
  static DataSplit rows(Experiment experiment) {
    return DataLoader.load(experiment.data(), experiment.seed(), GraphImageDecoder::new);
  }

  private static DataSplit split(Experiment experiment) {
    DataSplit rows = rows(experiment);
    return experiment
        .space()
        .architecture()
        .match(
            perceptrons -> rows,
            macros -> rows.perChannel(),
            micros -> rows.perChannel(),
            recurrents -> rows);
  }

  /** The configuration, with lengths left open where they follow the data and the budget. */
  Experiment configured();

  /** The configuration, with the lengths that follow the data filled in. */
  Experiment experiment();

  /** The same data for another experiment with the same source and division. */
  ExperimentData with(Experiment other);

  /** Hash of the bytes of the files, in hexadecimal. */
  String sha256();

  /** What a user should know of the reading, a line each; the first sums up. */
  List<String> notes();

  /** What is probably not as the user thinks, a line each. */
  List<String> suspicions();

  /** What to call these notes in the journal. */
  String noteName();

  /**
   * Writes what a run keeps of them.
   *
   * @param disk where to
   * @param run the run
   * @throws io.tandem.disk.UserError if the disk refuses
   */
  void keep(Disk disk, RunDirectory run);

  /** What goes into a network, for people. */
  String features();

  /** Sizes of the training, validation and test part, for people. */
  String split();

  /**
   * The rows of the parts.
   *
   * @throws IllegalStateException if they are texts
   */
  DataSplit examples();

  /** What simple models score on the test part; none of texts. */
  List<Baseline> baselines();

  /** Returns true if a linear model is one of them, where time allows. */
  default boolean hasLinearModel() {
    return experiment().data().source().tableFormat().isPresent();
  }

  /** How large the networks of a space are on these data. */
  NetworkSizes sizes(ArchitectureSpace space);

  /** What a search feeds of them. */
  SearchRows searchRows();

  /**
   * The searches on them, one or two, with what they cost.
   *
   * @throws IllegalArgumentException if nothing is searched
   */
  default List<SearchStage> searchStages() {
    return SearchStage.of(
        experiment().search(),
        searchRows(),
        experiment().inner().unrollSteps(),
        !(experiment().response() instanceof ResponseSettings.None));
  }

  /**
   * Adds the shared networks with their training and their response to a graph.
   *
   * @param graph the run's graph
   * @param session the run's session
   * @param placement device and number format
   * @param space what is searched
   * @param update the optimizer families of the space, in its order
   * @param fold which of the folds of {@link #searchRows} it sees, from 0
   */
  ChildProgram<TFloat32> child(
      Graph graph,
      Session session,
      Placement placement,
      SearchSpace space,
      OptimizerUpdate update,
      int fold);

  /**
   * What the readings after a retraining cost, in examples of its training: a reading goes forward
   * only.
   */
  double readings();

  /** What a drawing of a network says beside it. */
  Drawing.Captions captions(Architecture architecture);

  /**
   * Trains a candidate from scratch.
   *
   * @param candidate network and optimizer
   * @param seed of all its draws
   * @param hooks called along the way
   */
  Retrained retrain(Candidate candidate, long seed, RetrainHooks hooks);
}
