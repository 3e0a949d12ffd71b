package io.tandem.space;

/**
 * What a schedule multiplies a learning rate by at one point of a training.
 *
 * @param value the factor, in [0, 1]
 * @param byWarmup its derivative by {@link Hyperparameter#WARMUP}
 */
public record RateFactor(double value, double byWarmup) {
  /** A factor that does not depend on the optimizer. */
  public static RateFactor of(double value) {
    return new RateFactor(value, 0);
  }
}
