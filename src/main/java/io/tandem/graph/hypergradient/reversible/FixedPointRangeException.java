package io.tandem.graph.hypergradient.reversible;

/** Weights or velocities left the range of the fixed-point numbers, or were not finite. */
public final class FixedPointRangeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String variable;
  private final int step;

  FixedPointRangeException(String variable, int step, String what) {
    super(
        variable
            + ": "
            + what
            + (step < 0 ? " at the start" : " in step " + step)
            + " is not a number between -2048 and 2048, the range of reversible training; lower the"
            + " learning rate or scale the weights");
    this.variable = variable;
    this.step = step;
  }

  /** Name of the weights. */
  public String variable() {
    return variable;
  }

  /** The step, from 0; -1 for the initial weights. */
  public int step() {
    return step;
  }
}
