package io.tandem.graph.joint.response;

/**
 * A look-ahead of {@code K} steps that samples of the policy take together from the shared weights,
 * and the way back along it. The shared weights themselves stay.
 *
 * <p>It holds a point {@code w}, a sum and an adjoint {@code ν}, all as large as the shared
 * weights.
 */
public interface SharedPath {
  /** Point and sum become the shared weights, the adjoint 0. */
  void start();

  /**
   * Judges the point, {@code L_V(a, w)}, and adds the derivative by the point, weighted, to the
   * adjoint.
   */
  SharedJudgement judge(SharedDraw draw);

  /** Adds a candidate's step from the point, weighted, to the sum. */
  SharedPull push(SharedDraw draw);

  /**
   * Ends a step: the point becomes the sum.
   *
   * @param step number of the step, from 0
   */
  void advance(int step);

  /** Turns round at the end of the path: the adjoint becomes 0, to be filled by the judges. */
  void turn();

  /**
   * Goes back to where a step began: the point becomes that of the step, the sum the adjoint.
   *
   * @param step number of the step, from 0
   */
  void retreat(int step);

  /**
   * A candidate's step from the point, measured and differentiated along the adjoint.
   *
   * @param draw the candidate
   * @param passed whether the derivative by the point, weighted, is added to the sum
   */
  SharedPull pull(SharedDraw draw, boolean passed);

  /** Ends a step of the way back: the adjoint becomes the sum. */
  void pass();
}
