package io.tandem.graph.joint.response;

import io.tandem.graph.core.Reals;
import io.tandem.graph.core.Scalars;
import io.tandem.graph.gradient.Gradients;
import io.tandem.graph.gradient.LazyBranches;
import io.tandem.graph.inner.InnerState;
import io.tandem.graph.inner.OptimizerUpdate;
import io.tandem.graph.inner.UnrolledLoop;
import io.tandem.graph.joint.child.CandidateFeeds;
import io.tandem.graph.joint.child.ChildInputs;
import io.tandem.graph.joint.child.Evaluation;
import io.tandem.graph.joint.child.JointProblem;
import io.tandem.graph.joint.child.LoopGuard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * The shared response in the graph: one step of one candidate with its derivatives, and one
 * judgement. A candidate touches only the corners that it uses, and what is not asked for of the
 * derivatives does not run.
 *
 * @param <T> type of reals
 */
public final class SharedResponseProgram<T extends TNumber> implements SharedPath {
  private final Ops tf;
  private final Session session;
  private final ChildInputs<T> inputs;
  private final JointProblem<T> problem;
  private final LoopGuard<T> guard;
  private final SharedPathVariables<T> variables;
  private final Placeholder<TFloat64> weight;
  private final List<Operand<TInt32>> places;
  private final Operand<TFloat64> loss;
  private final Operand<TFloat64> accuracy;
  private final Operand<TFloat64> judgedGates;
  private final List<Op> judge;
  private final Operand<TFloat64> change;
  private final Operand<TBool> kept;
  private final List<Op> push;
  private final Operand<TFloat64> pathwise;
  private final int continuous;
  private final Operand<TBool> finite;
  private final List<Op> pass;

  /**
   * Adds the program.
   *
   * @param tf where it is added
   * @param session the run's session
   * @param inputs what is fed
   * @param problem training and validation loss
   * @param update the optimizer families of the space, in its order
   * @param length number of steps
   * @param guard what a step must keep to
   */
  public SharedResponseProgram(
      Ops tf,
      Session session,
      ChildInputs<T> inputs,
      JointProblem<T> problem,
      OptimizerUpdate update,
      int length,
      LoopGuard<T> guard) {
    this.tf = tf;
    this.session = session;
    this.inputs = inputs;
    this.problem = problem;
    this.guard = guard;
    variables = new SharedPathVariables<>(tf, problem.child(), guard.type(), length);
    weight = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.scalar()));
    places = problem.child().places();
    List<Operand<T>> active = problem.child().corners(variables.point());
    List<Operand<T>> adjoint = problem.child().corners(variables.adjoint());

    Operand<T> judged = problem.validationLoss(tf, active);
    loss = real(judged);
    accuracy = problem.score(tf, active);
    List<Operand<T>> open = problem.child().gates();
    List<Operand<T>> judgedBy = new ArrayList<>(active);
    judgedBy.addAll(open);
    List<Operand<T>> slopes = Gradients.of(tf, judged, judgedBy);
    judge = additions(variables.adjoint(), weighted(slopes.subList(0, active.size())), null);
    judgedGates = vector(slopes.subList(active.size(), judgedBy.size()));

    List<Operand<T>> after =
        UnrolledLoop.step(
                tf,
                problem,
                update,
                InnerState.fresh(tf, active).carrying(problem.carriedAtStart(tf)),
                inputs.candidate().optimizer(),
                0)
            .state()
            .weights();
    List<Operand<T>> moves = new ArrayList<>();
    List<Operand<T>> products = new ArrayList<>();
    for (int index = 0; index < active.size(); index++) {
      Operand<T> move = tf.math.sub(after.get(index), active.get(index));
      moves.add(move);
      products.add(sum(tf.math.mul(move, adjoint.get(index))));
    }
    Operand<T> product = tf.math.addN(products);
    change = real(product);
    List<Operand<T>> share = weighted(moves);
    kept = tf.math.logicalAnd(guard.finite(after), guard.within(active, share));
    push = additions(variables.sum(), share, kept);

    List<Operand<T>> by = new ArrayList<>(active);
    by.addAll(inputs.candidate().searched());
    continuous = by.size() - active.size();
    by.addAll(open);
    List<Operand<T>> derivatives = Gradients.of(tf, product, by);
    List<Operand<T>> weights = derivatives.subList(0, active.size());
    pathwise = vector(derivatives.subList(active.size(), by.size()));
    finite = guard.finite(weights);
    pass = additions(variables.sum(), weighted(weights), finite);
  }

  private List<Operand<T>> weighted(List<Operand<T>> values) {
    Operand<T> factor = tf.dtypes.cast(weight, guard.type());
    return values.stream().<Operand<T>>map(value -> tf.math.mul(value, factor)).toList();
  }

  private Operand<T> sum(Operand<T> values) {
    return tf.reduceSum(tf.reshape(values, tf.constant(new int[] {-1})), tf.constant(0));
  }

  private Operand<TFloat64> vector(List<Operand<T>> scalars) {
    return real(Scalars.vector(tf, scalars, guard.type()));
  }

  private Operand<TFloat64> real(Operand<T> value) {
    return tf.dtypes.cast(value, TFloat64.class);
  }

  /** Additions to the corners, of which none runs where they are not allowed. */
  private List<Op> additions(
      List<Variable<T>> targets, List<Operand<T>> values, @Nullable Operand<TBool> allowed) {
    List<Op> additions = new ArrayList<>();
    for (int index = 0; index < targets.size(); index++) {
      Operand<T> value = values.get(index);
      if (allowed != null) {
        Operand<TInt32> writes = tf.dtypes.cast(allowed, TInt32.class);
        value = LazyBranches.enter(tf, writes, 2, 1, value);
      }
      additions.add(problem.child().add(index, targets.get(index), places.get(index), value));
    }
    return additions;
  }

  /** Names of the variables of which nothing outlives a look-ahead. */
  public Set<String> names() {
    return variables.names();
  }

  @Override
  public void start() {
    run(variables.start());
  }

  @Override
  public SharedJudgement judge(SharedDraw draw) {
    return run(
        draw,
        List.of(loss, accuracy, judgedGates),
        judge,
        result ->
            new SharedJudgement(
                new Evaluation(
                    ((TFloat64) result.get(0)).getDouble(), ((TFloat64) result.get(1)).getDouble()),
                Reals.of((TFloat64) result.get(2))));
  }

  @Override
  public SharedPull push(SharedDraw draw) {
    return run(
        draw,
        List.of(change, kept),
        push,
        result ->
            pull(((TFloat64) result.get(0)).getDouble(), new double[0], (TBool) result.get(1)));
  }

  @Override
  public void advance(int step) {
    run(variables.advance(step));
  }

  @Override
  public void turn() {
    run(variables.clear());
  }

  @Override
  public void retreat(int step) {
    run(variables.retreat(step));
  }

  @Override
  public SharedPull pull(SharedDraw draw, boolean passed) {
    return run(
        draw,
        passed ? List.of(change, pathwise, finite) : List.of(change, pathwise),
        passed ? pass : List.of(),
        result ->
            pull(
                ((TFloat64) result.get(0)).getDouble(),
                Reals.of((TFloat64) result.get(1)),
                passed ? (TBool) result.get(2) : null));
  }

  @Override
  public void pass() {
    run(variables.pass());
  }

  private SharedPull pull(double change, double[] derivatives, @Nullable TBool kept) {
    boolean finite = Double.isFinite(change) && (kept == null || kept.getBoolean());
    for (double derivative : derivatives) {
      finite &= Double.isFinite(derivative);
    }
    int split = Math.min(continuous, derivatives.length);
    return new SharedPull(
        change,
        Arrays.copyOf(derivatives, split),
        Arrays.copyOfRange(derivatives, split, derivatives.length),
        !finite);
  }

  private void run(Op operation) {
    session.runner().addTarget(operation).run().close();
  }

  private <R> R run(
      SharedDraw draw, List<Operand<?>> fetches, List<Op> targets, Function<Result, R> read) {
    List<Tensor> open = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      inputs.feed(runner, draw.candidate(), draw.factor(), draw.rows(), open);
      CandidateFeeds.add(runner, weight, TFloat64.scalarOf(draw.weight()), open);
      fetches.forEach(runner::fetch);
      targets.forEach(runner::addTarget);
      try (Result result = runner.run()) {
        return read.apply(result);
      }
    } finally {
      open.forEach(Tensor::close);
    }
  }
}
