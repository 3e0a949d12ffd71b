package io.tandem.graph.tuning;

/**
 * How a training came to rest.
 *
 * @param gradients of the training loss that were computed, the last one to find that it is at rest
 * @param gradientNorm norm at the end of what is 0 at rest: the gradient with the weight decay
 * @param tolerance that was asked for
 * @param passes over the training rows, of the gradients, the products of the solver and the mixed
 *     derivative together
 * @param end weights at rest and the solver's solution
 */
public record RestOutcome(
    int gradients, double gradientNorm, double tolerance, long passes, WarmStart end) {
  /** Whether the tolerance was reached. */
  public boolean isReached() {
    return gradientNorm <= tolerance;
  }
}
