package io.tandem.tune;

import java.util.Locale;

/**
 * Watches for the chaos of long trainings, where hypergradients explode and turn around while the
 * loss still looks fine (Metz et al. 2019): the outer step then shrinks, and after an explosion the
 * descent goes back to the best point.
 */
final class ChaosGuard {
  private static final double KEEP = 0.8;

  private final GuardSettings settings;

  ChaosGuard(GuardSettings settings) {
    this.settings = settings;
  }

  /**
   * What to do.
   *
   * @param back whether to go back to the best point
   * @param scale factor on the outer step from now on
   * @param usual usual norm from now on
   * @param reason for the journal, empty where all is calm
   */
  record Verdict(boolean back, double scale, double usual, String reason) {}

  /**
   * Judges an outcome.
   *
   * @param finite whether its loss and hypergradient are numbers
   * @param norm norm of the hypergradient
   * @param turn cosine with the one before, NaN if there was none
   * @param scale factor on the outer step so far
   * @param usual usual norm so far, 0 before the first
   */
  Verdict judge(boolean finite, double norm, double turn, double scale, double usual) {
    double smaller = scale * settings.shrink();
    if (!finite) {
      return new Verdict(
          true, smaller, usual, "the training diverged: loss or hypergradient is not a number");
    }
    if (usual > 0 && norm > settings.explosion() * usual) {
      return new Verdict(
          true,
          smaller,
          usual,
          text("the norm of the hypergradient exploded: %.3g, usually %.3g", norm, usual));
    }
    double mean = usual == 0 ? norm : KEEP * usual + (1 - KEEP) * norm;
    if (turn < settings.flip()) {
      return new Verdict(false, smaller, mean, text("the direction flipped: cosine %.3f", turn));
    }
    return new Verdict(false, Math.min(1, scale * settings.recover()), mean, "");
  }

  private static String text(String template, Object... values) {
    return String.format(Locale.ROOT, template, values);
  }
}
