package io.tandem.graph.joint;

import io.tandem.data.Batches;
import io.tandem.data.Dataset;
import io.tandem.graph.child.Scalars;
import io.tandem.graph.child.SharedPerceptron;
import io.tandem.graph.core.LazyBranches;
import io.tandem.graph.hypergradient.Hypergradient;
import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.hypergradient.UnrolledInput;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.inner.InnerState;
import io.tandem.graph.inner.OptimizerTensors;
import io.tandem.graph.inner.OptimizerUpdate;
import io.tandem.graph.inner.Trajectory;
import io.tandem.graph.inner.UnrolledLoop;
import io.tandem.space.Architecture;
import io.tandem.space.Candidate;
import io.tandem.space.Hyperparameter;
import io.tandem.space.PerceptronSpace;
import io.tandem.space.SearchSpace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * The shared child's part of the static graph: training steps that move the shared weights, inner
 * loops with their response gradient that do not, and evaluation. A candidate enters by feeds, so
 * nothing is rebuilt per sample.
 *
 * @param <T> type of reals
 */
public final class ChildProgram<T extends TNumber> {
  private static final int EVALUATION_ROWS = 4096;

  /** Largest share of its norm by which a loop on shared weights may move them. */
  private static final double TRUST = 0.5;

  private final Ops tf;
  private final Session session;
  private final SearchSpace space;
  private final Class<T> type;
  private final int validationCount;
  private final int classes;
  private final CandidateFeeds<T> candidate;
  private final SharedPerceptron<T> child;
  private final List<Variable<T>> firstSlots = new ArrayList<>();
  private final List<Variable<T>> secondSlots = new ArrayList<>();
  private final Placeholder<TInt32> trainingRows;
  private final Placeholder<TInt32> validationRows;
  private final Placeholder<TInt64> seed;
  private final Placeholder<TBool> fresh;
  private final Placeholder<TFloat64> stepsTaken;
  private final List<Op> loads = new ArrayList<>();
  private final Set<String> dataNames = new HashSet<>();
  private final Placeholder<TFloat32> loadFeatures;
  private final Placeholder<TInt32> loadLabels;
  private final List<Op> reset = new ArrayList<>();
  private final List<Op> write = new ArrayList<>();
  private final Operand<TFloat64> trainingLoss;
  private final Operand<TBool> kept;
  private final List<Operand<TFloat64>> response = new ArrayList<>();
  private final Operand<TBool> responseKept;
  private final Operand<TInt32> correct;
  private final Operand<TFloat64> evaluationLoss;

  /**
   * Adds the program to a graph.
   *
   * @param graph the run's graph
   * @param session the run's session
   * @param type float32 or float64
   * @param space what a candidate can be
   * @param training standardised training part
   * @param validation standardised validation part
   * @param update the optimizer families of the space, in its order
   * @param inner length of the inner loop
   * @param estimator response estimator
   */
  public ChildProgram(
      Graph graph,
      Session session,
      Class<T> type,
      SearchSpace space,
      Dataset training,
      Dataset validation,
      OptimizerUpdate update,
      InnerSettings inner,
      HypergradientEstimator estimator) {
    this.tf = Ops.create(graph).withSubScope("child");
    this.session = session;
    this.space = space;
    this.type = type;
    this.validationCount = validation.rows();
    candidate = new CandidateFeeds<>(tf, type, space);
    classes = training.classes().size();
    child = new SharedPerceptron<>(tf, type, space.architecture(), training.columns(), classes);
    for (Variable<T> weight : child.weights()) {
      firstSlots.add(tf.variable(weight.shape(), type));
      secondSlots.add(tf.variable(weight.shape(), type));
    }
    trainingRows = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1, -1)));
    validationRows = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
    seed = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
    fresh = tf.placeholder(TBool.class, Placeholder.shape(Shape.scalar()));
    stepsTaken = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.scalar()));
    loadFeatures = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1)));
    loadLabels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
    SharedProblem.Part<T> trainingPart = part(training);
    SharedProblem.Part<T> validationPart = part(validation);
    SharedProblem<T> problem =
        new SharedProblem<>(
            child,
            candidate.architecture(),
            candidate.optimizer(),
            trainingPart,
            validationPart,
            trainingRows,
            validationRows,
            seed,
            classes);
    buildReset();

    List<Operand<T>> weights = active(child.weights());
    InnerState<T> start =
        new InnerState<>(
            weights, slots(firstSlots), slots(secondSlots), tf.dtypes.cast(stepsTaken, type));
    List<OptimizerTensors<T>> steps =
        Collections.nCopies(inner.unrollSteps(), candidate.optimizer());
    Trajectory<T> trajectory = UnrolledLoop.run(tf, problem, update, start, steps);
    trainingLoss =
        real(tf.math.div(tf.math.addN(trajectory.losses()), Scalars.of(tf, steps.size(), type)));
    List<Operand<T>> moved = new ArrayList<>(trajectory.last().weights());
    moved.addAll(trajectory.last().slots());
    moved.addAll(trajectory.losses());
    Operand<TInt32> sharing = tf.dtypes.cast(fresh, TInt32.class);
    kept = tf.math.logicalAnd(finite(moved), harmless(sharing, problem, weights, trajectory));
    Operand<TInt32> writes = tf.dtypes.cast(kept, TInt32.class);
    writeBack(writes, child.weights(), trajectory.last().weights(), weights);
    writeBack(writes, firstSlots, trajectory.last().first(), start.first());
    writeBack(writes, secondSlots, trajectory.last().second(), start.second());

    Hypergradient<T> gradient =
        estimator.build(
            tf.withSubScope("response"),
            problem,
            new UnrolledInput<>(update, InnerState.fresh(tf, weights), steps),
            searched(space));
    response.add(real(gradient.lossBefore()));
    response.add(real(gradient.lossAfter()));
    response.add(real(accuracyOf(problem, problem.validationLogits(tf, gradient.finalWeights()))));
    response.add(real(vector(gradient.direct())));
    response.add(real(vector(gradient.response())));
    responseKept =
        tf.math.logicalAnd(
            calm(gradient.lossBefore(), gradient.lossAfter()),
            near(weights, gradient.finalWeights()));

    Operand<T> logits = problem.validationLogits(tf, weights);
    evaluationLoss = real(problem.loss(tf, logits));
    correct = correct(problem, logits);
    load(0, training);
    load(1, validation);
  }

  private SharedProblem.Part<T> part(Dataset data) {
    Variable<T> features = tf.variable(Shape.of(data.rows(), data.columns()), type);
    Variable<TInt32> labels = tf.variable(Shape.of(data.rows()), TInt32.class);
    Op loadAll =
        tf.withControlDependencies(
                List.of(
                    tf.assign(features, tf.dtypes.cast(loadFeatures, type)),
                    tf.assign(labels, loadLabels)))
            .noOp();
    loads.add(loadAll);
    dataNames.add(features.op().name());
    dataNames.add(labels.op().name());
    return new SharedProblem.Part<>(features, labels);
  }

  /** The network, for whoever sets its weights to known values. */
  SharedPerceptron<T> network() {
    return child;
  }

  /** Names of the variables that hold the data set. */
  public Set<String> dataVariables() {
    return Set.copyOf(dataNames);
  }

  private void buildReset() {
    Operand<T> scale = candidate.hyperparameters().get(Hyperparameter.INITIAL_SCALE.ordinal());
    List<Operand<T>> values = child.initialValues(candidate.architecture(), seed, scale);
    for (int index = 0; index < values.size(); index++) {
      reset.add(tf.assign(child.weights().get(index), values.get(index)));
    }
    List<Variable<T>> slots = new ArrayList<>(firstSlots);
    slots.addAll(secondSlots);
    for (Variable<T> slot : slots) {
      reset.add(
          tf.assign(slot, tf.fill(tf.constant(slot.shape().asArray()), Scalars.of(tf, 0, type))));
    }
  }

  private List<Operand<T>> active(List<Variable<T>> full) {
    List<Operand<T>> sliced = new ArrayList<>();
    for (int index = 0; index < full.size(); index++) {
      sliced.add(child.slice(candidate.architecture(), index, full.get(index)));
    }
    return sliced;
  }

  private List<Operand<T>> slots(List<Variable<T>> full) {
    List<Operand<T>> start = new ArrayList<>();
    Operand<TInt32> empty = tf.dtypes.cast(fresh, TInt32.class);
    for (Operand<T> slot : active(full)) {
      start.add(
          LazyBranches.select(
              tf, empty, slot, List.of(old -> tf.identity(old), old -> tf.zerosLike(old))));
    }
    return start;
  }

  /** The hyperparameters that a Gaussian head chooses, in the order of the decisions. */
  private List<Operand<T>> searched(SearchSpace searchSpace) {
    List<Operand<T>> found = new ArrayList<>();
    for (Hyperparameter hyperparameter : searchSpace.optimizer().continuous()) {
      found.add(candidate.hyperparameters().get(hyperparameter.ordinal()));
    }
    return found;
  }

  private Operand<T> vector(List<Operand<T>> scalars) {
    return scalars.isEmpty()
        ? tf.fill(tf.constant(new int[] {0}), Scalars.of(tf, 0, type))
        : tf.stack(scalars);
  }

  /** Whether all of the tensors are finite: their sum of squares may overflow, which counts too. */
  private Operand<TBool> finite(List<Operand<T>> tensors) {
    return tf.math.isFinite(halfSquares(tensors));
  }

  /** Whether the loss ends no higher than it began, or at least no worse than twice guessing. */
  private Operand<TBool> calm(Operand<T> before, Operand<T> after) {
    Operand<T> guessing = Scalars.of(tf, 2 * Math.log(classes), type);
    return tf.math.lessEqual(after, tf.math.maximum(before, guessing));
  }

  /**
   * Whether a loop stays near where it began. One that does not may help its own architecture, but
   * destroys what the others that share the weights have learned.
   */
  private Operand<TBool> near(List<Operand<T>> before, List<Operand<T>> after) {
    List<Operand<T>> moves = new ArrayList<>();
    for (int index = 0; index < before.size(); index++) {
      moves.add(tf.math.sub(after.get(index), before.get(index)));
    }
    Operand<T> allowed = tf.math.mul(halfSquares(before), Scalars.of(tf, TRUST * TRUST, type));
    return tf.math.lessEqual(halfSquares(moves), allowed);
  }

  private Operand<T> halfSquares(List<Operand<T>> tensors) {
    List<Operand<T>> halves = new ArrayList<>();
    tensors.forEach(tensor -> halves.add(tf.nn.l2Loss(tensor)));
    return tf.math.addN(halves);
  }

  /**
   * Whether a loop may be written. A training from scratch may have a bad stretch; on shared
   * weights it costs the others, and only there the check is computed.
   */
  private Operand<TBool> harmless(
      Operand<TInt32> sharing,
      SharedProblem<T> problem,
      List<Operand<T>> weights,
      Trajectory<T> trajectory) {
    List<Operand<T>> before = new ArrayList<>();
    weights.forEach(weight -> before.add(LazyBranches.enter(tf, sharing, 2, 1, weight)));
    List<Operand<T>> after = new ArrayList<>();
    trajectory
        .last()
        .weights()
        .forEach(weight -> after.add(LazyBranches.enter(tf, sharing, 2, 1, weight)));
    Operand<T> verdict =
        LazyBranches.select(
            tf,
            sharing,
            trajectory.losses().get(0),
            List.of(
                loss -> tf.onesLike(loss),
                loss ->
                    tf.dtypes.cast(
                        tf.math.logicalAnd(
                            calm(loss, problem.trainingLoss(tf, after, tf.constant(0))),
                            near(before, after)),
                        type)));
    return tf.math.greater(verdict, Scalars.of(tf, 0.5, type));
  }

  /** Writes what has changed, if {@code writes} is 1; otherwise nothing runs. */
  private void writeBack(
      Operand<TInt32> writes,
      List<Variable<T>> targets,
      List<Operand<T>> moved,
      List<Operand<T>> before) {
    for (int index = 0; index < targets.size(); index++) {
      if (!moved.get(index).asOutput().equals(before.get(index).asOutput())) {
        write.add(
            child.write(
                candidate.architecture(),
                index,
                targets.get(index),
                LazyBranches.enter(tf, writes, 2, 1, moved.get(index))));
      }
    }
  }

  private Operand<TInt32> correct(SharedProblem<T> problem, Operand<T> logits) {
    Operand<TInt32> predicted = tf.math.argMax(logits, tf.constant(1), TInt32.class);
    return tf.reduceSum(
        tf.dtypes.cast(tf.math.equal(predicted, problem.validationLabels(tf)), TInt32.class),
        tf.constant(0));
  }

  private Operand<T> accuracyOf(SharedProblem<T> problem, Operand<T> logits) {
    Operand<TInt32> predicted = tf.math.argMax(logits, tf.constant(1), TInt32.class);
    return tf.math.mean(
        tf.dtypes.cast(tf.math.equal(predicted, problem.validationLabels(tf)), type),
        tf.constant(0));
  }

  private Operand<TFloat64> real(Operand<T> value) {
    return tf.dtypes.cast(value, TFloat64.class);
  }

  private void load(int part, Dataset data) {
    try (TFloat32 features =
            TFloat32.tensorOf(
                Shape.of(data.rows(), data.columns()), DataBuffers.of(data.features()));
        TInt32 labels = TInt32.vectorOf(data.labels())) {
      session
          .runner()
          .feed(loadFeatures, features)
          .feed(loadLabels, labels)
          .addTarget(loads.get(part))
          .run()
          .close();
    }
  }

  /**
   * Gives the shared weights their initial values for any candidate: as for the widest network.
   *
   * @param seedValue seed of the draw
   * @param optimizer gives the initial scale
   */
  public void initialise(long seedValue, io.tandem.space.OptimizerSettings optimizer) {
    PerceptronSpace networks = space.architecture();
    List<Architecture.Layer> widest = new ArrayList<>();
    for (int layer = 0; layer < networks.layers(); layer++) {
      widest.add(
          new Architecture.Layer(
              networks.maxUnits(),
              networks.activations().get(0),
              networks.dropouts().get(0),
              List.of()));
    }
    reset(new Candidate(new Architecture(widest), optimizer), seedValue);
  }

  /**
   * Gives the weights their initial values for one candidate and empties the optimizer's slots.
   *
   * @param chosen the candidate
   * @param seedValue seed of the draw
   */
  public void reset(Candidate chosen, long seedValue) {
    List<Tensor> open = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      candidate.feed(runner, chosen, 1, open);
      CandidateFeeds.add(runner, seed, TInt64.vectorOf(seedValue, 0), open);
      reset.forEach(runner::addTarget);
      runner.run().close();
    } finally {
      open.forEach(Tensor::close);
    }
  }

  /**
   * Takes one inner loop's worth of training steps with the shared weights. If anything is not
   * finite they stay as they are.
   *
   * @param chosen the candidate
   * @param factor factor of the schedule on the learning rate
   * @param rows training rows and noise
   * @param freshSlots whether to begin with empty optimizer slots
   * @param taken steps taken before with these slots
   */
  public Trained train(
      Candidate chosen, double factor, Rows rows, boolean freshSlots, double taken) {
    List<Tensor> open = new ArrayList<>();
    try {
      Session.Runner runner = feed(chosen, factor, rows, open);
      CandidateFeeds.add(runner, fresh, TBool.scalarOf(freshSlots), open);
      CandidateFeeds.add(runner, stepsTaken, TFloat64.scalarOf(taken), open);
      write.forEach(runner::addTarget);
      try (Result result = runner.fetch(trainingLoss).fetch(kept).run()) {
        return new Trained(
            ((TFloat64) result.get(0)).getDouble(), ((TBool) result.get(1)).getBoolean());
      }
    } finally {
      open.forEach(Tensor::close);
    }
  }

  /**
   * Runs an inner loop from the shared weights, with empty optimizer slots, and differentiates it.
   * Nothing is written.
   *
   * @param chosen the candidate
   * @param factor factor of the schedule on the learning rate
   * @param rows rows and noise
   */
  public Response respond(Candidate chosen, double factor, Rows rows) {
    List<Tensor> open = new ArrayList<>();
    try {
      Session.Runner runner = feed(chosen, factor, rows, open);
      CandidateFeeds.add(runner, fresh, TBool.scalarOf(true), open);
      response.forEach(runner::fetch);
      runner.fetch(responseKept);
      try (Result result = runner.run()) {
        double before = ((TFloat64) result.get(0)).getDouble();
        double after = ((TFloat64) result.get(1)).getDouble();
        double[] direct = vector((TFloat64) result.get(3));
        double[] responseValues = vector((TFloat64) result.get(4));
        boolean finite = Double.isFinite(before) && ((TBool) result.get(5)).getBoolean();
        for (int index = 0; index < direct.length; index++) {
          finite &= Double.isFinite(direct[index]) && Double.isFinite(responseValues[index]);
        }
        return new Response(
            before, after, ((TFloat64) result.get(2)).getDouble(), direct, responseValues, !finite);
      }
    } finally {
      open.forEach(Tensor::close);
    }
  }

  /**
   * Scores a candidate with the weights as they are on the whole validation part.
   *
   * @param chosen the candidate
   */
  public Evaluation evaluate(Candidate chosen) {
    double loss = 0;
    long right = 0;
    for (int number = 0; number * EVALUATION_ROWS < validationCount; number++) {
      int[] rows = Batches.range(validationCount, EVALUATION_ROWS, number);
      List<Tensor> open = new ArrayList<>();
      try {
        Session.Runner runner = session.runner();
        candidate.feed(runner, chosen, 1, open);
        CandidateFeeds.add(runner, validationRows, TInt32.vectorOf(rows), open);
        try (Result result = runner.fetch(evaluationLoss).fetch(correct).run()) {
          loss += ((TFloat64) result.get(0)).getDouble() * rows.length;
          right += ((TInt32) result.get(1)).getInt();
        }
      } finally {
        open.forEach(Tensor::close);
      }
    }
    return new Evaluation(loss / validationCount, (double) right / validationCount);
  }

  private Session.Runner feed(Candidate chosen, double factor, Rows rows, List<Tensor> open) {
    Session.Runner runner = session.runner();
    candidate.feed(runner, chosen, factor, open);
    int[][] training = rows.training();
    TInt32 matrix = TInt32.tensorOf(Shape.of(training.length, training[0].length));
    StdArrays.copyTo(training, matrix);
    CandidateFeeds.add(runner, trainingRows, matrix, open);
    CandidateFeeds.add(runner, validationRows, TInt32.vectorOf(rows.validation()), open);
    CandidateFeeds.add(runner, seed, TInt64.vectorOf(rows.seed(), rows.step()), open);
    return runner;
  }

  private static double[] vector(TFloat64 tensor) {
    double[] values = new double[(int) tensor.size()];
    tensor.asRawTensor().data().asDoubles().read(values);
    return values;
  }
}
