package io.tandem.search;

import io.tandem.report.Certificate;
import io.tandem.search.propose.Contender;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Compares the proposed candidates of a search with the drawn ones by their first trainings: the
 * probability of Mann and Whitney (1947) with the interval of DeLong et al. (1988).
 */
public final class FirstRung {
  /** Quantile of the normal distribution for 95 %. */
  private static final double NORMAL = 1.959964;

  private FirstRung() {}

  /**
   * The comparison, with what shared weights said of the first candidates before.
   *
   * @param state of a search that is over
   * @return empty unless there are two of each kind
   */
  public static Optional<Certificate> certificate(SearchState state) {
    List<Contender> contenders = state.contenders();
    return certificate(contenders)
        .map(
            found ->
                found.with(
                    state
                        .derivation()
                        .flatMap(scores -> KendallTau.of(scores.scored(), contenders))));
  }

  /**
   * The comparison.
   *
   * @param contenders all candidates of a search by successive halving
   * @return empty unless there are two of each kind
   */
  static Optional<Certificate> certificate(List<Contender> contenders) {
    double[] proposed = losses(contenders, false);
    double[] drawn = losses(contenders, true);
    if (proposed.length < 2 || drawn.length < 2) {
      return Optional.empty();
    }
    double[] ofProposed = new double[proposed.length];
    double[] ofDrawn = new double[drawn.length];
    for (int i = 0; i < proposed.length; i++) {
      for (int j = 0; j < drawn.length; j++) {
        int order = Double.compare(proposed[i], drawn[j]);
        double wins = order < 0 ? 1 : order == 0 ? 0.5 : 0;
        ofProposed[i] += wins / drawn.length;
        ofDrawn[j] += wins / proposed.length;
      }
    }
    double probability = Arrays.stream(ofProposed).average().orElseThrow();
    double error =
        Math.sqrt(
            variance(ofProposed, probability) / proposed.length
                + variance(ofDrawn, probability) / drawn.length);
    return Optional.of(
        new Certificate(
            proposed.length,
            drawn.length,
            probability,
            Math.max(0, probability - NORMAL * error),
            Math.min(1, probability + NORMAL * error),
            Optional.empty()));
  }

  /** Losses after the first training; infinite for candidates that diverged. */
  private static double[] losses(List<Contender> contenders, boolean drawn) {
    return contenders.stream()
        .filter(each -> each.drawn() == drawn)
        .mapToDouble(each -> each.loss(0))
        .toArray();
  }

  private static double variance(double[] values, double mean) {
    return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum()
        / (values.length - 1);
  }
}
