package io.tandem.graph.hypergradient.reversible;

import io.tandem.graph.session.SessionConfig;
import java.util.List;
import java.util.function.Consumer;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Exact hypergradients of long trainings by SGD with momentum in constant memory (Maclaurin,
 * Duvenaud, Adams 2015, algorithm 2): the training runs to its end, and is then run backwards to
 * the bit while reverse-mode differentiation follows it. Memory per weight: three 64-bit integers,
 * two adjoints, and an information buffer of about {@code log2(1/β)} bits per step.
 *
 * <p>The graph holds one step in each direction; add it once and take as many gradients as you
 * like. The session must be one without graph optimizer ({@link SessionConfig#ofBranches}): the
 * optimizer may fuse operations in one direction that it leaves apart in the other, and then the
 * gradients may differ in their last bits. That the way back ended at the initial bits is checked
 * every time. Not safe for use by several threads at once.
 *
 * @param <T> type of losses and adjoints, float32 or float64; weights, velocities and settings are
 *     computed in 64 bits either way
 */
public final class Reversible<T extends TNumber> {
  private final ReversibleInput<T> input;
  private final ReversibleSteps<T> steps;

  /**
   * Adds the steps to the graph.
   *
   * @param tf where they are added
   * @param input what is trained
   */
  public Reversible(Ops tf, ReversibleInput<T> input) {
    this.input = input;
    steps = new ReversibleSteps<>(tf.withSubScope("reversible"), input);
  }

  /**
   * Trains and differentiates.
   *
   * @param session session of the graph
   * @param start initial weights per variable, flattened row-major, between -2048 and 2048
   * @param schedule settings of every step; velocities start at 0
   * @param feeds feeds the placeholders that losses depend on, the same in every call; called for
   *     every run of the session
   * @throws FixedPointRangeException if weights or velocities leave the range or are not finite
   * @throws IrreversibleException if the training loss is not reproducible to the bit
   */
  public ReversibleGradient gradient(
      Session session,
      List<double[]> start,
      MomentumSchedule schedule,
      Consumer<Session.Runner> feeds) {
    if (schedule.layers() != input.layers()) {
      throw new IllegalArgumentException(
          "the schedule has " + schedule.layers() + " layers, expected " + input.layers());
    }
    return new ReversibleRun<>(session, input, steps, schedule, feeds).gradient(start);
  }
}
