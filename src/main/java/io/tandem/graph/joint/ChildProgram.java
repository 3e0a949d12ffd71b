package io.tandem.graph.joint;

import io.tandem.data.Inputs;
import io.tandem.graph.child.SharedWeights;
import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.inner.OptimizerUpdate;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.graph.joint.child.ChildInputs;
import io.tandem.graph.joint.child.ChildTask;
import io.tandem.graph.joint.child.Evaluation;
import io.tandem.graph.joint.child.ExamplesTask;
import io.tandem.graph.joint.child.JointProblem;
import io.tandem.graph.joint.child.Judge;
import io.tandem.graph.joint.child.LanguageTask;
import io.tandem.graph.joint.child.LoopGuard;
import io.tandem.graph.joint.child.Rows;
import io.tandem.graph.joint.child.SharedTraining;
import io.tandem.graph.joint.child.Texts;
import io.tandem.graph.joint.child.Trained;
import io.tandem.graph.joint.response.CandidateResponse;
import io.tandem.graph.joint.response.Response;
import io.tandem.graph.joint.response.SharedDraw;
import io.tandem.graph.joint.response.SharedOutcome;
import io.tandem.graph.joint.response.SharedResponse;
import io.tandem.graph.joint.response.SharedResponseProgram;
import io.tandem.graph.session.Placement;
import io.tandem.graph.session.SumOrder;
import io.tandem.space.Candidate;
import io.tandem.space.RateFactor;
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
  private final Graph graph;
  private final Session session;
  private final ChildTask<T> task;
  private final Ops tf;
  private final ChildInputs<T> inputs;
  private final List<Operand<T>> weights;
  private final OptimizerUpdate update;
  private final int length;
  private final LoopGuard<T> guard;
  private final JointSettings joint;
  private final SharedTraining<T> training;
  private final Judge evaluation;
  private @Nullable CandidateResponse<T> response;
  private @Nullable SharedResponseProgram<T> sharedResponse;

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
   * @param joint which of the two responses can be added, and whether there are gates
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
      JointSettings joint) {
    this(
        graph,
        session,
        placement,
        type,
        space,
        (tf, inputs) ->
            new ExamplesTask<>(tf, placement, type, inputs, train, validation, augmentation),
        update,
        inner,
        joint);
  }

  /**
   * Adds the program of language models to a graph.
   *
   * @param graph the run's graph
   * @param session the run's session
   * @param placement device and number format of the models
   * @param type float32 or float64
   * @param space what a candidate can be, recurrent cells
   * @param texts what they read; a training row is where a window begins, or {@code -1 - start} to
   *     begin with nothing remembered, a validation row where a window begins
   * @param update the optimizer families of the space, in its order
   * @param inner length of the inner loop
   * @param joint which of the two responses can be added
   * @throws IllegalArgumentException if the space is another
   */
  public ChildProgram(
      Graph graph,
      Session session,
      Placement placement,
      Class<T> type,
      SearchSpace space,
      Texts texts,
      OptimizerUpdate update,
      InnerSettings inner,
      JointSettings joint) {
    this(
        graph,
        session,
        placement,
        type,
        space,
        (tf, inputs) ->
            new LanguageTask<>(
                tf, placement, type, inputs, space.architecture().recurrent(), texts),
        update,
        inner,
        joint);
  }

  /** What is searched, once it is known where it is added and what is fed. */
  @FunctionalInterface
  interface Tasks<T extends TNumber> {
    /** Adds it. */
    ChildTask<T> create(Ops tf, ChildInputs<T> inputs);
  }

  ChildProgram(
      Graph graph,
      Session session,
      Placement placement,
      Class<T> type,
      SearchSpace space,
      Tasks<T> tasks,
      OptimizerUpdate update,
      InnerSettings inner,
      JointSettings joint) {
    tf = placement.network(Ops.create(graph)).withSubScope("child");
    this.graph = graph;
    this.space = space;
    this.session = session;
    this.update = update;
    this.joint = joint;
    inputs = new ChildInputs<>(tf, type, space, inner, joint.gates() ? gates(tf, space) : null);
    task = tasks.create(tf, inputs);
    JointProblem<T> problem = task.problem();
    weights = problem.child().corners(problem.child().weights());
    guard = new LoopGuard<>(tf, type, problem.guessingLoss());
    length = inner.unrollSteps();
    training =
        new SharedTraining<>(
            tf, session, inputs, problem, weights, task.resets(tf), update, length, guard);
    evaluation = task.judge(tf, session, inputs, weights, joint.metric());
  }

  /**
   * Adds the inner loops that are differentiated, by far the largest part of the graph; a search
   * that only trains and judges candidates does without.
   *
   * @param estimator response estimator of {@link ResponseThrough#SAMPLE}
   * @return this program
   */
  public ChildProgram<T> withResponse(HypergradientEstimator estimator) {
    if (joint.responseThrough() == ResponseThrough.SHARED) {
      sharedResponse =
          new SharedResponseProgram<>(
              tf.withSubScope("shared"), session, inputs, task.problem(), update, length, guard);
    } else {
      response =
          new CandidateResponse<>(
              tf, session, inputs, task.problem(), weights, update, length, estimator, guard);
    }
    return this;
  }

  /**
   * Puts the data into the graph; nothing can be trained or judged before. It comes after the last
   * operation is added: TensorFlow takes a graph over as a whole at the first run after a change.
   */
  public void load() {
    SumOrder.keep(graph);
    task.load(session);
  }

  /** The gates, all open. */
  private static Operand<TFloat64> gates(Ops tf, SearchSpace space) {
    double[] open = new double[space.architecture().integers()];
    Arrays.fill(open, 1);
    return Placement.host(tf).constant(open);
  }

  /** The shared weights, for whoever sets them to known values. */
  SharedWeights<T> network() {
    return task.problem().child();
  }

  /**
   * Names of the variables that need no saving: the data set, and what a look-ahead is computed in.
   */
  public Set<String> passingVariables() {
    Set<String> names = new HashSet<>(task.names());
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
   * Nothing is written. Only after {@link #withResponse}, for {@link ResponseThrough#SAMPLE}.
   *
   * @param chosen the candidate
   * @param factor factor of the schedule on the learning rate
   * @param rows rows and noise
   */
  public Response respond(Candidate chosen, RateFactor factor, Rows rows) {
    return Objects.requireNonNull(response, "no response for single samples")
        .respond(chosen, factor, rows);
  }

  /** With a factor that does not depend on the candidate. */
  public Response respond(Candidate chosen, double factor, Rows rows) {
    return respond(chosen, RateFactor.of(factor), rows);
  }

  /**
   * Lets candidates move a copy of the shared weights together, and differentiates it. The weights
   * themselves stay. Only after {@link #withResponse}, for {@link ResponseThrough#SHARED}.
   *
   * @param judges candidates that are judged with the moved weights
   * @param steps candidates of every step, as many steps as an inner loop has
   */
  public SharedOutcome respond(List<SharedDraw> judges, List<List<SharedDraw>> steps) {
    return SharedResponse.measure(
        Objects.requireNonNull(sharedResponse, "no response through shared steps"), judges, steps);
  }

  /**
   * Scores a candidate with the weights as they are on the whole validation part.
   *
   * @param chosen the candidate
   */
  public Evaluation evaluate(Candidate chosen) {
    return evaluate(chosen, Long.MAX_VALUE);
  }

  /**
   * Scores a candidate with the weights as they are.
   *
   * @param chosen the candidate
   * @param examples how many of the validation part it is scored on, about and at most; always the
   *     same ones
   */
  public Evaluation evaluate(Candidate chosen, long examples) {
    return evaluation.evaluate(chosen, examples);
  }
}
