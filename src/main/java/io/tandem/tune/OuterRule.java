package io.tandem.tune;

/** A rule that moves a point along its hypergradient. */
interface OuterRule {
  /**
   * A move.
   *
   * @param change what to add to the point, before it is brought back into its range
   * @param size length of the step along Adam's direction or the gradient, for the journal
   * @param memory what to remember
   */
  record Move(double[] change, double size, OuterMemory memory) {}

  /**
   * The move from a point.
   *
   * @param memory of the moves before
   * @param loss outer loss at the point
   * @param gradient hypergradient there
   * @param scale factor of the guard on the step, in (0, 1]
   * @param step number of the outer step, from 1
   */
  Move move(OuterMemory memory, double loss, double[] gradient, double scale, long step);

  /** The rule of some settings. */
  static OuterRule of(OuterSettings settings) {
    return switch (settings.method()) {
      case ADAM -> new OuterAdam(settings);
      case HOAG -> new HoagStep(settings);
    };
  }
}
