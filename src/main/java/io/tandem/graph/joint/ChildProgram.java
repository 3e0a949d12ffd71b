package io.tandem.graph.joint;

import io.tandem.data.Dataset;
import io.tandem.data.Inputs;
import io.tandem.graph.child.SharedChild;
import io.tandem.graph.child.SharedPerceptron;
import io.tandem.graph.child.image.ImageShape;
import io.tandem.graph.child.image.SharedMacro;
import io.tandem.graph.child.image.SharedMicro;
import io.tandem.graph.core.Placement;
import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.inner.OptimizerTensors;
import io.tandem.graph.inner.OptimizerUpdate;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.graph.input.PlacedExamples;
import io.tandem.space.Candidate;
import io.tandem.space.Hyperparameter;
import io.tandem.space.SearchSpace;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/**
 * The shared child's part of the static graph: training steps that move the shared weights, inner
 * loops with their response gradient that do not, and evaluation. A candidate enters by feeds, so
 * nothing is rebuilt per sample.
 *
 * @param <T> type of reals
 */
public final class ChildProgram<T extends TNumber> {
  private final SearchSpace space;
  private final Session session;
  private final List<PlacedExamples<T>> data;
  private final SharedChild<T> network;
  private final SharedTraining<T> training;
  private final @Nullable CandidateResponse<T> response;
  private final @Nullable SharedResponseProgram<T> sharedResponse;
  private final ChildEvaluation<T> evaluation;

  /**
   * Adds the program to a graph.
   *
   * @param graph the run's graph
   * @param session the run's session
   * @param placement device and number format of the network
   * @param type float32 or float64
   * @param space what a candidate can be
   * @param train training part
   * @param validation validation part
   * @param augmentation how training images are changed, where the networks see images
   * @param update the optimizer families of the space, in its order
   * @param inner length of the inner loop
   * @param estimator response estimator of {@link ResponseThrough#SAMPLE}
   * @param joint which of the two responses is built, and whether there are gates
   */
  public ChildProgram(
      Graph graph,
      Session session,
      Placement placement,
      Class<T> type,
      SearchSpace space,
      Inputs train,
      Inputs validation,
      AugmentationSettings augmentation,
      OptimizerUpdate update,
      InnerSettings inner,
      HypergradientEstimator estimator,
      JointSettings joint) {
    Ops tf = placement.network(Ops.create(graph)).withSubScope("child");
    this.space = space;
    this.session = session;
    ChildInputs<T> inputs =
        new ChildInputs<>(tf, type, space, joint.gates() ? gates(tf, space) : null);
    int classes = train.classes();
    network = network(tf, placement, type, inputs, train.examples());
    data = List.of(PlacedExamples.of(tf, type, train), PlacedExamples.of(tf, type, validation));
    SharedProblem<T> problem =
        new SharedProblem<>(
            network,
            inputs.candidate().optimizer(),
            disturbance(space, inputs.candidate().optimizer(), augmentation, train.examples()),
            data.get(0),
            data.get(1),
            inputs.trainingRows(),
            inputs.validationRows(),
            inputs.noise(),
            classes);
    List<Operand<T>> weights = network.corners(network.weights());
    LoopGuard<T> guard = new LoopGuard<>(tf, type, classes);
    int length = inner.unrollSteps();
    training = new SharedTraining<>(tf, session, inputs, problem, weights, update, length, guard);
    boolean shared = joint.responseThrough() == ResponseThrough.SHARED;
    response =
        shared
            ? null
            : new CandidateResponse<>(
                tf, session, inputs, problem, weights, update, length, estimator, guard);
    sharedResponse =
        shared
            ? new SharedResponseProgram<>(
                tf.withSubScope("shared"), session, inputs, problem, update, length, guard)
            : null;
    evaluation = new ChildEvaluation<>(tf, session, inputs, problem, weights, validation.rows());
  }

  private static <T extends TNumber> SharedChild<T> network(
      Ops tf, Placement placement, Class<T> type, ChildInputs<T> inputs, Dataset examples) {
    CandidateFeeds<T> candidate = inputs.candidate();
    int classes = examples.classes().size();
    return candidate
        .space()
        .architecture()
        .match(
            perceptrons ->
                new SharedPerceptron<>(
                    tf,
                    placement.precision(),
                    type,
                    perceptrons,
                    candidate.architecture(),
                    examples.columns(),
                    classes),
            macros ->
                new SharedMacro<>(
                    tf,
                    placement.precision(),
                    type,
                    macros,
                    candidate.architecture(),
                    image(examples),
                    classes),
            micros ->
                SharedMicro.of(
                    tf,
                    placement.precision(),
                    type,
                    micros,
                    candidate.architecture(),
                    image(examples),
                    classes),
            recurrents -> {
              throw noRecurrentNetwork();
            });
  }

  private static <T extends TNumber> Disturbance<T> disturbance(
      SearchSpace space,
      OptimizerTensors<T> optimizer,
      AugmentationSettings augmentation,
      Dataset examples) {
    Operand<T> strength = optimizer.find(Hyperparameter.AUGMENTATION);
    boolean searched = !space.optimizer().range(Hyperparameter.AUGMENTATION).isFixed();
    return space
        .architecture()
        .match(
            perceptrons -> Disturbance.noise(strength),
            macros -> Disturbance.ofImages(augmentation, image(examples), strength, searched),
            micros -> Disturbance.ofImages(augmentation, image(examples), strength, searched),
            recurrents -> {
              throw noRecurrentNetwork();
            });
  }

  private static IllegalStateException noRecurrentNetwork() {
    return new IllegalStateException("networks of recurrent cells are not built here");
  }

  private static ImageShape image(Dataset examples) {
    return examples
        .image()
        .map(shape -> new ImageShape(shape.height(), shape.width(), shape.channels()))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "rows of " + examples.columns() + " columns are no images"));
  }

  /**
   * Puts the data into the graph; nothing can be trained or judged before. It comes after the last
   * operation is added: TensorFlow takes a graph over as a whole at the first run after a change.
   */
  public void load() {
    PlacedExamples.load(session, data);
  }

  /** The gates, all open. */
  private static Operand<TFloat64> gates(Ops tf, SearchSpace space) {
    double[] open = new double[space.architecture().integers()];
    Arrays.fill(open, 1);
    return Placement.host(tf).constant(open);
  }

  /** The network, for whoever sets its weights to known values. */
  SharedChild<T> network() {
    return network;
  }

  /**
   * Names of the variables that need no saving: the data set, and what a look-ahead is computed in.
   */
  public Set<String> passingVariables() {
    Set<String> names = new HashSet<>();
    data.forEach(part -> names.addAll(part.names()));
    if (sharedResponse != null) {
      names.addAll(sharedResponse.names());
    }
    return names;
  }

  /**
   * Gives the shared weights their initial values for any candidate: as for the largest network.
   *
   * @param seedValue seed of the draw
   * @param optimizer gives the initial scale
   */
  public void initialise(long seedValue, io.tandem.space.OptimizerSettings optimizer) {
    reset(new Candidate(space.architecture().largest(), optimizer), seedValue);
  }

  /**
   * Gives the weights their initial values for one candidate and empties the optimizer's slots.
   *
   * @param chosen the candidate
   * @param seedValue seed of the draw
   */
  public void reset(Candidate chosen, long seedValue) {
    training.reset(chosen, seedValue);
  }

  /**
   * Takes one inner loop's worth of training steps with the shared weights. If anything is not
   * finite they stay as they are.
   *
   * @param chosen the candidate
   * @param factor factor of the schedule on the learning rate
   * @param rows training rows and noise
   * @param sharing whether others use the weights too, so that a loop must not move them far
   * @param freshSlots whether to begin with empty optimizer slots
   * @param taken steps taken before with these slots
   */
  public Trained train(
      Candidate chosen,
      double factor,
      Rows rows,
      boolean sharing,
      boolean freshSlots,
      double taken) {
    return training.train(chosen, factor, rows, sharing, freshSlots, taken);
  }

  /**
   * Runs an inner loop from the shared weights, with empty optimizer slots, and differentiates it.
   * Nothing is written. Only in a program that was built for {@link ResponseThrough#SAMPLE}.
   *
   * @param chosen the candidate
   * @param factor factor of the schedule on the learning rate
   * @param rows rows and noise
   */
  public Response respond(Candidate chosen, double factor, Rows rows) {
    return Objects.requireNonNull(response, "built for the shared response")
        .respond(chosen, factor, rows);
  }

  /**
   * Lets candidates move a copy of the shared weights together, and differentiates it. The weights
   * themselves stay. Only in a program that was built for {@link ResponseThrough#SHARED}.
   *
   * @param judges candidates that are judged with the moved weights
   * @param steps candidates of every step, as many steps as an inner loop has
   */
  public SharedOutcome respond(List<SharedDraw> judges, List<List<SharedDraw>> steps) {
    return SharedResponse.measure(
        Objects.requireNonNull(sharedResponse, "built for the sampled response"), judges, steps);
  }

  /**
   * Scores a candidate with the weights as they are on the whole validation part.
   *
   * @param chosen the candidate
   */
  public Evaluation evaluate(Candidate chosen) {
    return evaluation.evaluate(chosen);
  }
}
