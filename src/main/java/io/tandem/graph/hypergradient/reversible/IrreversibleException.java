package io.tandem.graph.hypergradient.reversible;

/**
 * The way back did not end at the bits where the way there began, so the derivatives are worth
 * nothing: the training loss gave another gradient for the same weights and step.
 */
public final class IrreversibleException extends RuntimeException {
  private static final long serialVersionUID = 1;

  IrreversibleException(String variable) {
    super(
        variable
            + ": the reversed training did not return to the initial weights; the gradient of the"
            + " training loss must be the same bits for the same weights and step (no random"
            + " operation without a seed that depends on the step alone, no graph optimizer, no"
            + " kernel that adds in random order)");
  }
}
