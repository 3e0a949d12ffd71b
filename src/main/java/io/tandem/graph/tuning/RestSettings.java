package io.tandem.graph.tuning;

/**
 * How a training comes to rest.
 *
 * @param warm whether weights and solver begin where those before ended
 * @param finalTolerance tolerance where none is given, as for the training whose weights are kept;
 *     positive
 */
public record RestSettings(boolean warm, double finalTolerance) {
  /** Checks the range. */
  public RestSettings {
    if (!(finalTolerance > 0)) {
      throw new IllegalArgumentException("the final tolerance is " + finalTolerance);
    }
  }
}
