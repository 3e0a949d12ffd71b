package io.tandem.graph.gradient;

import java.io.Serial;

/** A derivative cannot be built: an operation between a tensor and the value has no gradient. */
public final class MissingGradientException extends IllegalStateException {
  @Serial private static final long serialVersionUID = 1;

  private final String type;
  private final String operation;

  /**
   * Names the operation.
   *
   * @param value name of the operation that computes the value
   * @param operation name of the operation without gradient
   * @param type its type, for example {@code Cholesky}
   * @param reason what is missing
   */
  MissingGradientException(String value, String operation, String type, String reason) {
    super(
        operation
            + ": "
            + reason
            + ", but "
            + value
            + " is to be differentiated through this "
            + type
            + "; give it an OpGradient in GradientRegistry, compute it otherwise or let"
            + " stopGradient keep it off the way");
    this.type = type;
    this.operation = operation;
  }

  /** Type of the operation without gradient, for example {@code Cholesky}. */
  public String type() {
    return type;
  }

  /** Name of the operation without gradient: where in the graph it is. */
  public String operation() {
    return operation;
  }
}
