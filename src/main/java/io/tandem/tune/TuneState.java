package io.tandem.tune;

import io.tandem.graph.tuning.WarmStart;
import java.util.Optional;

/**
 * Where a tuning stands.
 *
 * @param step outer steps done
 * @param point where the next training is done
 * @param start the first point with its outcome, once it is known
 * @param best the best point so far by outer loss
 * @param previous hypergradient of the training before; empty at the start or after going back
 * @param memory what the outer rule remembers
 * @param warm where the next training may begin
 * @param scale factor of the guard on the outer step, in (0, 1]
 * @param usual usual norm of the hypergradient; 0 before the first
 * @param examples rows seen, repeats counted
 * @param seconds spent, over all sessions
 * @param finished whether the last point was judged
 */
public record TuneState(
    long step,
    double[] point,
    Optional<BestPoint> start,
    Optional<BestPoint> best,
    double[] previous,
    OuterMemory memory,
    WarmStart warm,
    double scale,
    double usual,
    long examples,
    double seconds,
    boolean finished) {

  /** The start of a tuning. */
  public static TuneState initial(double[] point) {
    return initial(point, 0, 0);
  }

  /** The start of a tuning in a run that has spent something before. */
  static TuneState initial(double[] point, long examples, double seconds) {
    return new TuneState(
        0,
        point,
        Optional.empty(),
        Optional.empty(),
        new double[0],
        OuterMemory.empty(),
        WarmStart.none(),
        1,
        0,
        examples,
        seconds,
        false);
  }

  /** The state with another time. */
  TuneState atSeconds(double now) {
    return new TuneState(
        step, point, start, best, previous, memory, warm, scale, usual, examples, now, finished);
  }
}
