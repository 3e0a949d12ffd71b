package io.tandem.tune;

/**
 * The adaptive step of HOAG (Pedregosa 2016, section 5): {@code 1/L} along the gradient, where L
 * shrinks by 0.95 on sufficient decrease and is doubled otherwise. The first L makes the first step
 * 1 per coordinate in the mean. Deviation: a quarter of {@code L‖move‖²} suffices as decrease,
 * which a quadratic can reach at its exact L.
 */
final class HoagStep implements OuterRule {
  private static final double SHRINK = 0.95;
  private static final double GROW = 2;
  private static final double SLACK = 0.25;

  private final OuterSettings settings;

  HoagStep(OuterSettings settings) {
    this.settings = settings;
  }

  @Override
  public Move move(OuterMemory memory, double loss, double[] gradient, double scale, long step) {
    double norm = Vectors.norm(gradient);
    double lipschitz = memory.lipschitz();
    if (lipschitz == 0) {
      lipschitz = Math.max(1e-12, norm / Math.sqrt(gradient.length));
    } else if (Double.isFinite(memory.loss())) {
      lipschitz *= sufficient(memory, loss, step) ? SHRINK : GROW;
    }
    double size = scale / lipschitz;
    double[] change = new double[gradient.length];
    for (int index = 0; index < change.length; index++) {
      change[index] = -size * gradient[index];
    }
    OuterMemory next =
        new OuterMemory(
            memory.count() + 1, new double[0], new double[0], lipschitz, loss, size * norm);
    return new Move(change, size, next);
  }

  /** Inexactness of the losses, by the tolerances at which they were taken, is allowed for. */
  private boolean sufficient(OuterMemory memory, double loss, long step) {
    double now = settings.toleranceAt(step);
    double before = settings.toleranceAt(Math.max(1, step - 1));
    double moved = memory.moved();
    double allowed =
        memory.loss()
            + SLACK * now
            + before * (SLACK + 1) * moved
            - memory.lipschitz() * SLACK * moved * moved;
    return loss <= allowed;
  }
}
