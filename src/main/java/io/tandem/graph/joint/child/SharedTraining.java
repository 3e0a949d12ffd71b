package io.tandem.graph.joint.child;

import io.tandem.graph.child.SharedWeights;
import io.tandem.graph.core.Scalars;
import io.tandem.graph.gradient.LazyBranches;
import io.tandem.graph.inner.InnerState;
import io.tandem.graph.inner.OptimizerTensors;
import io.tandem.graph.inner.OptimizerUpdate;
import io.tandem.graph.inner.Trajectory;
import io.tandem.graph.inner.UnrolledLoop;
import io.tandem.space.Candidate;
import io.tandem.space.Hyperparameter;
import io.tandem.space.RateFactor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * The loop of training steps that moves the shared weights and their optimizer slots, and their
 * initial values.
 *
 * @param <T> type of reals
 */
public final class SharedTraining<T extends TNumber> {
  private final Ops tf;
  private final Session session;
  private final ChildInputs<T> inputs;
  private final SharedWeights<T> child;
  private final LoopGuard<T> guard;
  private final List<Variable<T>> firstSlots;
  private final List<Variable<T>> secondSlots;
  private final Placeholder<TBool> fresh;
  private final Placeholder<TBool> shared;
  private final Placeholder<TFloat64> stepsTaken;
  private final List<Op> reset = new ArrayList<>();
  private final List<Op> write = new ArrayList<>();
  private final Operand<TFloat64> trainingLoss;
  private final Operand<TBool> kept;

  /**
   * Adds the loop.
   *
   * @param tf where it is added
   * @param session the run's session
   * @param inputs what is fed
   * @param problem training loss
   * @param weights the corners of the shared weights that the candidate uses
   * @param resets what is run when the weights get their first values
   * @param update the optimizer families of the space, in its order
   * @param length number of steps
   * @param guard what a loop must keep to
   */
  public SharedTraining(
      Ops tf,
      Session session,
      ChildInputs<T> inputs,
      JointProblem<T> problem,
      List<Operand<T>> weights,
      List<Op> resets,
      OptimizerUpdate update,
      int length,
      LoopGuard<T> guard) {
    this.tf = tf;
    this.session = session;
    this.inputs = inputs;
    this.child = problem.child();
    this.guard = guard;
    Class<T> type = guard.type();
    firstSlots = child.variables(type);
    secondSlots = child.variables(type);
    fresh = tf.placeholder(TBool.class, Placeholder.shape(Shape.scalar()));
    shared = tf.placeholder(TBool.class, Placeholder.shape(Shape.scalar()));
    stepsTaken = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.scalar()));
    buildReset(type);
    reset.addAll(resets);
    InnerState<T> start =
        new InnerState<>(
                weights, slots(firstSlots), slots(secondSlots), tf.dtypes.cast(stepsTaken, type))
            .carrying(problem.carriedAtStart(tf));
    List<OptimizerTensors<T>> steps = Collections.nCopies(length, inputs.candidate().optimizer());
    Trajectory<T> trajectory = UnrolledLoop.run(tf, problem, update, start, steps);
    trainingLoss =
        tf.dtypes.cast(
            tf.math.div(tf.math.addN(trajectory.losses()), Scalars.of(tf, length, type)),
            TFloat64.class);
    List<Operand<T>> moved = new ArrayList<>(trajectory.last().weights());
    moved.addAll(changed(trajectory.last().first(), start.first()));
    moved.addAll(changed(trajectory.last().second(), start.second()));
    moved.addAll(trajectory.losses());
    Operand<TInt32> sharing = tf.dtypes.cast(shared, TInt32.class);
    kept = tf.math.logicalAnd(guard.finite(moved), harmless(sharing, problem, weights, trajectory));
    List<Operand<TInt32>> places = child.places();
    Operand<TInt32> writes = tf.dtypes.cast(kept, TInt32.class);
    // Slots that begin empty are not needed again.
    Operand<TInt32> slotWrites =
        tf.dtypes.cast(tf.math.greater(writes, tf.dtypes.cast(fresh, TInt32.class)), TInt32.class);
    writeBack(writes, places, child.weights(), trajectory.last().weights(), weights);
    writeBack(slotWrites, places, firstSlots, trajectory.last().first(), start.first());
    writeBack(slotWrites, places, secondSlots, trajectory.last().second(), start.second());
    write.addAll(problem.keep(tf, trajectory.last().carried(), writes));
  }

  private void buildReset(Class<T> type) {
    Operand<T> scale =
        inputs.candidate().hyperparameters().get(Hyperparameter.INITIAL_SCALE.ordinal());
    List<Operand<T>> values = child.initialValues(inputs.seed(), scale);
    for (int index = 0; index < values.size(); index++) {
      reset.add(child.assign(index, child.weights().get(index), values.get(index)));
    }
    List<Variable<T>> slots = new ArrayList<>(firstSlots);
    slots.addAll(secondSlots);
    for (Variable<T> slot : slots) {
      reset.add(
          tf.assign(slot, tf.fill(tf.constant(slot.shape().asArray()), Scalars.of(tf, 0, type))));
    }
  }

  private List<Operand<T>> slots(List<Variable<T>> full) {
    List<Operand<T>> start = new ArrayList<>();
    Operand<TInt32> empty = tf.dtypes.cast(fresh, TInt32.class);
    for (Operand<T> slot : child.corners(full)) {
      start.add(
          LazyBranches.select(
              tf, empty, slot, List.of(old -> tf.identity(old), old -> tf.zerosLike(old))));
    }
    return start;
  }

  /**
   * Whether a loop may be written. A training from scratch may have a bad stretch; on shared
   * weights it costs the others, and only there the check is computed.
   */
  private Operand<TBool> harmless(
      Operand<TInt32> sharing,
      JointProblem<T> problem,
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
                            guard.level(loss, problem.trainingLoss(tf, after, tf.constant(0))),
                            guard.near(before, after)),
                        guard.type())));
    return tf.math.greater(verdict, Scalars.of(tf, 0.5, guard.type()));
  }

  private static <T extends TNumber> List<Operand<T>> changed(
      List<Operand<T>> moved, List<Operand<T>> before) {
    List<Operand<T>> found = new ArrayList<>();
    for (int index = 0; index < moved.size(); index++) {
      if (isChanged(moved.get(index), before.get(index))) {
        found.add(moved.get(index));
      }
    }
    return found;
  }

  /** Whether an update replaced a tensor; families leave the slots that they do not use. */
  private static boolean isChanged(Operand<?> moved, Operand<?> before) {
    return !moved.asOutput().equals(before.asOutput());
  }

  /** Writes what has changed, if {@code writes} is 1; otherwise nothing runs. */
  private void writeBack(
      Operand<TInt32> writes,
      List<Operand<TInt32>> places,
      List<Variable<T>> targets,
      List<Operand<T>> moved,
      List<Operand<T>> before) {
    for (int index = 0; index < targets.size(); index++) {
      if (isChanged(moved.get(index), before.get(index))) {
        write.add(
            child.write(
                index,
                targets.get(index),
                places.get(index),
                LazyBranches.enter(tf, writes, 2, 1, moved.get(index))));
      }
    }
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
      inputs.candidate().feed(runner, chosen, RateFactor.of(1), open);
      CandidateFeeds.add(runner, inputs.seed(), TInt64.vectorOf(seedValue, 0), open);
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
    List<Tensor> open = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      inputs.feed(runner, chosen, RateFactor.of(factor), rows, open);
      CandidateFeeds.add(runner, shared, TBool.scalarOf(sharing), open);
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
}
