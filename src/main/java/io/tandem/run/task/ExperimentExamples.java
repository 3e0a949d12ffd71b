package io.tandem.run.task;

import io.tandem.config.Experiment;
import io.tandem.data.DataSplit;
import io.tandem.data.Dataset;
import io.tandem.data.ImageShape;
import io.tandem.data.Inputs;
import io.tandem.data.Values;
import io.tandem.disk.Disk;
import io.tandem.disk.RunDirectory;
import io.tandem.export.Samples;
import io.tandem.export.Servable;
import io.tandem.export.ServableNetwork;
import io.tandem.export.ServableTable;
import io.tandem.graph.child.Network;
import io.tandem.graph.child.TrainedNetwork;
import io.tandem.graph.inner.OptimizerUpdate;
import io.tandem.graph.joint.ChildProgram;
import io.tandem.graph.objective.OutputMetrics;
import io.tandem.graph.session.Placement;
import io.tandem.graph.session.SessionConfig;
import io.tandem.graph.training.TrainedScore;
import io.tandem.metric.DecisionThreshold;
import io.tandem.outcome.Targets;
import io.tandem.report.Baseline;
import io.tandem.report.drawing.Drawing;
import io.tandem.retrain.RetrainHooks;
import io.tandem.retrain.RetrainedModel;
import io.tandem.retrain.Retrainer;
import io.tandem.search.plan.ExampleRows;
import io.tandem.search.plan.FoldedRows;
import io.tandem.search.plan.SearchCosts;
import io.tandem.search.plan.SearchRows;
import io.tandem.space.Architecture;
import io.tandem.space.ArchitectureSpace;
import io.tandem.space.Candidate;
import io.tandem.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/**
 * Rows of tables or images, whose classes or numbers networks predict.
 *
 * @param experiment checked configuration, with no length left open
 * @param examples the three parts
 */
public record ExperimentExamples(Experiment configured, Experiment experiment, DataSplit examples)
    implements ExperimentData {

  /** Fills in what follows from the data: lengths, and whether there is something to embed. */
  public ExperimentExamples(Experiment configured, DataSplit examples) {
    this(configured, fitted(configured, examples), examples);
  }

  private static Experiment fitted(Experiment configured, DataSplit examples) {
    Experiment sized =
        Sizing.of(
            configured,
            rows(configured, examples),
            rows(configured, examples.train(), examples.validation()));
    return examples.train().vocabularies().isEmpty() ? sized.withoutEmbeddings() : sized;
  }

  @Override
  public ExperimentData with(Experiment other) {
    // Folds come from the typed rows of the table, which are not kept.
    return other.data().folds() == configured.data().folds()
        ? new ExperimentExamples(other, examples)
        : ExperimentData.load(other);
  }

  @Override
  public String sha256() {
    return examples.sha256();
  }

  @Override
  public List<String> notes() {
    return examples.notes();
  }

  @Override
  public List<String> suspicions() {
    return examples.suspicions();
  }

  @Override
  public String noteName() {
    return examples.layout().isPresent() ? "columns" : "damaged_images";
  }

  /** Nothing: their files have it all. */
  @Override
  public void keep(Disk disk, RunDirectory run) {}

  @Override
  public String features() {
    return examples.features();
  }

  @Override
  public String split() {
    return examples.train().rows()
        + " / "
        + examples.validation().rows()
        + " / "
        + examples.test().rows();
  }

  @Override
  public List<Baseline> baselines() {
    return new Baselines(experiment, examples, hasLinearModel()).all();
  }

  @Override
  public NetworkSizes sizes(ArchitectureSpace space) {
    return NetworkSizes.of(space, examples.train());
  }

  @Override
  public SearchRows searchRows() {
    return rows(experiment, examples);
  }

  private static SearchRows rows(Experiment experiment, DataSplit examples) {
    return examples.folds().isEmpty()
        ? rows(experiment, examples.train(), examples.validation())
        : new FoldedRows(
            examples.folds().stream()
                .map(fold -> rows(experiment, fold.train(), fold.validation()))
                .toList());
  }

  private static ExampleRows rows(Experiment experiment, Dataset train, Dataset validation) {
    return new ExampleRows(train.rows(), validation.rows(), experiment.retrain().keepBest());
  }

  /** What a program of the search sees: the parts, or a fold. */
  private DataSplit.Fold searched(int fold) {
    return examples.folds().isEmpty()
        ? new DataSplit.Fold(examples.train(), examples.validation(), examples.standardisation())
        : examples.folds().get(fold);
  }

  @Override
  public ChildProgram<TFloat32> child(
      Graph graph,
      Session session,
      Placement placement,
      SearchSpace space,
      OptimizerUpdate update,
      int fold) {
    DataSplit.Fold rows = searched(fold);
    return new ChildProgram<>(
        graph,
        session,
        placement,
        TFloat32.class,
        space,
        new Inputs(rows.train(), rows.standardisation()),
        new Inputs(rows.validation(), rows.standardisation()),
        experiment.augmentation(),
        update,
        experiment.inner(),
        experiment.search().joint());
  }

  @Override
  public double readings() {
    int scored = Math.min(Retrainer.MOST_SCORED, examples.train().rows());
    return SearchCosts.FORWARD
        * ((double) scored + examples.validation().rows() + examples.test().rows());
  }

  private Network network(Architecture architecture) {
    return ChosenNetwork.of(experiment.retrained(), architecture, examples.train());
  }

  /** Of networks that see images, and of others whose rows are bytes of images. */
  private Optional<ImageShape> images(TrainedNetwork network) {
    Dataset train = examples.train();
    return network
        .network()
        .imageShape()
        .or(() -> train.values() instanceof Values.Bytes ? train.image() : Optional.empty());
  }

  @Override
  public Drawing.Captions captions(Architecture architecture) {
    Network network = network(architecture);
    return new Drawing.Captions(
        network.imageShape().map(ImageShape::toString).orElseGet(() -> input(network)),
        network.trained().shapes().stream().mapToLong(shape -> shape.size()).sum(),
        experiment.retrained().common(),
        network.outputs(),
        experiment.data().source().predictsNumbers());
  }

  private static String input(Network network) {
    int codes = network.features() - network.numbers();
    String features = network.features() + " features";
    return codes == 0 ? features : features + ", " + codes + " embedded";
  }

  private Servable servable(TrainedNetwork network) {
    return examples
        .table()
        .<Servable>map(
            encoded ->
                new ServableTable(
                    network,
                    encoded.encoding(),
                    encoded.samples(),
                    examples.layout().orElseThrow()))
        .orElseGet(
            () ->
                new ServableNetwork(
                    network,
                    new Samples(examples.validation().features(), examples.validation().columns()),
                    images(network),
                    examples.layout()));
  }

  @Override
  public Retrained retrain(Candidate candidate, long seed, RetrainHooks hooks) {
    Retrainer retrainer =
        new Retrainer(
            experiment.retrain().of(candidate.optimizer()),
            experiment.inner(),
            experiment.augmentation(),
            experiment.runtime());
    RetrainedModel<TrainedNetwork> model =
        retrainer.retrain(candidate, network(candidate.architecture()), examples, seed, hooks);
    TrainedNetwork trained = model.network();
    Optional<DecisionThreshold> threshold =
        model.stopped() || model.diverged() ? Optional.empty() : threshold(trained);
    TrainedNetwork network =
        threshold.map(chosen -> trained.deciding(chosen.value())).orElse(trained);
    List<float[]> numbers = new ArrayList<>(network.weights());
    numbers.addAll(network.statistics());
    numbers.add(network.mean());
    numbers.add(network.scale());
    threshold.ifPresent(chosen -> numbers.add(new float[] {chosen.value()}));
    return new Retrained(model, numbers, () -> tested(network, threshold), servable(network));
  }

  /** Chosen on the validation part, if one is wanted. */
  private Optional<DecisionThreshold> threshold(TrainedNetwork network) {
    return experiment
        .retrain()
        .threshold()
        .map(
            metric ->
                OutputMetrics.threshold(
                    metric,
                    (Targets.Labels) examples.validation().targets(),
                    outputs(network, examples.validation())));
  }

  private float[] outputs(TrainedNetwork network, Dataset part) {
    return TrainedScore.outputs(
        network,
        new Inputs(part, examples.standardisation()),
        SessionConfig.of(experiment.runtime()));
  }

  private Tested tested(TrainedNetwork network, Optional<DecisionThreshold> threshold) {
    Dataset test = examples.test();
    float[] outputs = outputs(network, test);
    return threshold
        .map(chosen -> Tested.of((Targets.Labels) test.targets(), chosen, outputs))
        .orElseGet(() -> Tested.of(test.targets(), outputs));
  }
}
