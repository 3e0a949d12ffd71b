package io.tandem.graph.joint.child;

import io.tandem.metric.Metric;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * What is searched: shared networks on their data.
 *
 * @param <T> type of reals
 */
public interface ChildTask<T extends TNumber> {
  /** The inner problem of the candidate that is fed. */
  JointProblem<T> problem();

  /**
   * Adds what scores candidates on the whole validation part.
   *
   * @param tf where it is added
   * @param session the run's session
   * @param inputs what is fed
   * @param weights the corners of the shared weights that the candidate uses
   * @param metric by which candidates are ranked; empty for the loss
   */
  Judge judge(
      Ops tf,
      Session session,
      ChildInputs<T> inputs,
      List<Operand<T>> weights,
      Optional<Metric> metric);

  /**
   * Adds what gives the weights' companions their first values, when the weights get theirs.
   *
   * @param tf where it is added
   */
  default List<Op> resets(Ops tf) {
    return List.of();
  }

  /** Names of the variables that need no saving: the data. */
  Set<String> names();

  /** Puts the data into the graph. */
  void load(Session session);
}
