package io.tandem.search.plan;

import java.util.List;

/**
 * How the time of a run is divided: each phase gets its share of what is left when it begins, so
 * that what one does not use is there for the next.
 *
 * @param search of the search
 * @param derive of the derivation, 0 if there is none
 * @param refine of the refinement, 0 if there is none
 * @param retrain of the retraining
 * @param closing seconds that are reserved for the test and the export
 */
public record TimeShares(
    double search, double derive, double refine, double retrain, double closing) {
  /** Largest part of a limit that is kept for the test and the export. */
  private static final double MOST_CLOSING = 0.4;

  /** A phase of a run. */
  public enum Phase {
    /** The controller learns. */
    SEARCH,
    /** Candidates are scored and trained from scratch. */
    DERIVE,
    /** The winner's optimizer is refined. */
    REFINE,
    /** The winner is trained. */
    RETRAIN
  }

  /** Checks the shares. */
  public TimeShares {
    if (!(search > 0 && derive >= 0 && refine >= 0 && retrain > 0 && closing >= 0)) {
      throw new IllegalArgumentException(
          "shares must be positive, 0 for phases that there are not");
    }
  }

  /**
   * The shares of a run.
   *
   * @param derives whether it has a derivation
   * @param refines whether it has a refinement
   * @param end seconds that its test and export take
   */
  public TimeShares of(boolean derives, boolean refines, double end) {
    return new TimeShares(search, derives ? derive : 0, refines ? refine : 0, retrain, end);
  }

  /**
   * The shares of the first of two searches, to which the second is a later phase.
   *
   * @param part of search and derivation that is its own, between 0 and 1
   */
  TimeShares first(double part) {
    double second = (1 - part) * (search + derive);
    return new TimeShares(part * search, part * derive, refine + second, retrain, closing);
  }

  /**
   * The shares of the second of two searches, of what is left after the first.
   *
   * @param part of search and derivation that belongs to the first
   */
  TimeShares second(double part) {
    return new TimeShares((1 - part) * search, (1 - part) * derive, refine, retrain, closing);
  }

  /** The same with more seconds kept for the end. */
  TimeShares keeping(double more) {
    return new TimeShares(search, derive, refine, retrain, closing + more);
  }

  /**
   * When a phase has to end.
   *
   * @param phase which
   * @param limit seconds of the whole run; 0 is no limit
   * @param begun seconds of the run at which the phase began
   * @return seconds of the run; infinite without a limit
   */
  public double end(Phase phase, double limit, double begun) {
    if (limit == 0) {
      return Double.POSITIVE_INFINITY;
    }
    List<Double> all = List.of(search, derive, refine, retrain);
    double later =
        all.subList(phase.ordinal(), all.size()).stream().mapToDouble(Double::doubleValue).sum();
    double left = Math.max(0, limit - Math.min(closing, MOST_CLOSING * limit) - begun);
    return begun + left * all.get(phase.ordinal()) / later;
  }
}
