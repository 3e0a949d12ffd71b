package io.tandem.graph.joint.response;

import io.tandem.graph.core.Reals;
import io.tandem.graph.core.Scalars;
import io.tandem.graph.hypergradient.Hypergradient;
import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.hypergradient.UnrolledInput;
import io.tandem.graph.inner.InnerState;
import io.tandem.graph.inner.OptimizerUpdate;
import io.tandem.graph.joint.child.ChildInputs;
import io.tandem.graph.joint.child.JointProblem;
import io.tandem.graph.joint.child.LoopGuard;
import io.tandem.graph.joint.child.Rows;
import io.tandem.space.Candidate;
import io.tandem.space.RateFactor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/**
 * A candidate's inner loop from the shared weights, with its direct and response gradients; it
 * writes nothing.
 *
 * @param <T> type of reals
 */
public final class CandidateResponse<T extends TNumber> {
  private final Ops tf;
  private final Session session;
  private final ChildInputs<T> inputs;
  private final List<Operand<TFloat64>> fetches = new ArrayList<>();
  private final Operand<TBool> kept;
  private final int continuous;

  /**
   * Adds the loop and its gradients.
   *
   * @param tf where they are added
   * @param session the run's session
   * @param inputs what is fed
   * @param problem training and validation loss
   * @param weights the corners of the shared weights that the candidate uses
   * @param update the optimizer families of the space, in its order
   * @param length number of steps
   * @param estimator response estimator
   * @param guard what a loop must keep to
   */
  public CandidateResponse(
      Ops tf,
      Session session,
      ChildInputs<T> inputs,
      JointProblem<T> problem,
      List<Operand<T>> weights,
      OptimizerUpdate update,
      int length,
      HypergradientEstimator estimator,
      LoopGuard<T> guard) {
    this.tf = tf;
    this.session = session;
    this.inputs = inputs;
    Class<T> type = guard.type();
    List<Operand<T>> by = new ArrayList<>(inputs.candidate().searched());
    continuous = by.size();
    by.addAll(problem.child().gates());
    Hypergradient<T> gradient =
        estimator.build(
            tf.withSubScope("response"),
            problem,
            new UnrolledInput<>(
                update,
                InnerState.fresh(tf, weights).carrying(problem.carriedAtStart(tf)),
                Collections.nCopies(length, inputs.candidate().optimizer())),
            by);
    fetches.add(real(gradient.lossBefore()));
    fetches.add(real(gradient.lossAfter()));
    fetches.add(problem.score(tf, gradient.finalWeights()));
    fetches.add(real(Scalars.vector(tf, gradient.direct(), type)));
    fetches.add(real(Scalars.vector(tf, gradient.response(), type)));
    kept =
        tf.math.logicalAnd(
            guard.calm(
                problem.crossEntropy(tf, gradient.lossBefore()),
                problem.crossEntropy(tf, gradient.lossAfter())),
            guard.near(weights, gradient.finalWeights()));
  }

  private Operand<TFloat64> real(Operand<T> value) {
    return tf.dtypes.cast(value, TFloat64.class);
  }

  /**
   * Runs an inner loop from the shared weights, with empty optimizer slots, and differentiates it.
   * Nothing is written.
   *
   * @param chosen the candidate
   * @param factor factor of the schedule on the learning rate
   * @param rows rows and noise
   */
  public Response respond(Candidate chosen, RateFactor factor, Rows rows) {
    List<Tensor> open = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      inputs.feed(runner, chosen, factor, rows, open);
      fetches.forEach(runner::fetch);
      runner.fetch(kept);
      try (Result result = runner.run()) {
        double before = ((TFloat64) result.get(0)).getDouble();
        double after = ((TFloat64) result.get(1)).getDouble();
        double[] direct = Reals.of((TFloat64) result.get(3));
        double[] response = Reals.of((TFloat64) result.get(4));
        boolean finite = Double.isFinite(before) && ((TBool) result.get(5)).getBoolean();
        for (int index = 0; index < direct.length; index++) {
          finite &= Double.isFinite(direct[index]) && Double.isFinite(response[index]);
        }
        return new Response(
            before,
            after,
            ((TFloat64) result.get(2)).getDouble(),
            Arrays.copyOf(direct, continuous),
            Arrays.copyOf(response, continuous),
            new GateDerivatives(
                Arrays.copyOfRange(direct, continuous, direct.length),
                Arrays.copyOfRange(response, continuous, response.length)),
            !finite);
      }
    } finally {
      open.forEach(Tensor::close);
    }
  }
}
