package io.tandem.compare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.Json;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Two arms held against each other, seed by seed.
 *
 * @param arm one
 * @param against the other
 * @param count number of pairs
 * @param difference mean of the first arm's value minus the other's over the pairs in which both
 *     have one
 * @param p of the signed-rank test
 * @param adjusted the same after Holm's correction over the tests that it is listed with
 * @param wins probability that the first arm is better
 */
public record Pair(
    String arm,
    String against,
    int count,
    double difference,
    double p,
    double adjusted,
    WinProbability wins) {
  private static final String INTERVAL = "p_better_interval";

  /**
   * Holds values of two arms against each other.
   *
   * @param metric of the values
   * @param arm name of one
   * @param against name of the other
   * @param values of the first, by seed
   * @param others of the second, by seed
   */
  static Pair of(Metric metric, String arm, String against, double[] values, double[] others) {
    double[] advantages =
        IntStream.range(0, values.length)
            .mapToDouble(seed -> metric.advantage(values[seed], others[seed]))
            .toArray();
    double[] differences =
        IntStream.range(0, values.length)
            .mapToDouble(seed -> values[seed] - others[seed])
            .toArray();
    double p = SignedRankTest.pValue(advantages);
    return new Pair(
        arm,
        against,
        values.length,
        Spread.of(differences).mean(),
        p,
        p,
        WinProbability.of(advantages));
  }

  /** The same pairs, corrected for being tested together. */
  static List<Pair> corrected(List<Pair> pairs) {
    double[] adjusted = Holm.adjusted(pairs.stream().mapToDouble(Pair::p).toArray());
    return IntStream.range(0, pairs.size())
        .mapToObj(index -> pairs.get(index).withAdjusted(adjusted[index]))
        .toList();
  }

  private Pair withAdjusted(double other) {
    return new Pair(arm, against, count, difference, p, other, wins);
  }

  /** Whether there are enough pairs for an interval of the probability. */
  public boolean hasInterval() {
    return count >= WinProbability.FEWEST;
  }

  /** The object as stored. */
  ObjectNode toJson() {
    ObjectNode object =
        Json.object()
            .put("arm", arm)
            .put("against", against)
            .put("pairs", count)
            .put("difference", Json.measured(difference))
            .put("p", p)
            .put("p_holm", adjusted)
            .put("p_better", wins.value());
    if (hasInterval()) {
      object.putArray(INTERVAL).add(wins.low()).add(wins.high());
    } else {
      object.putNull(INTERVAL);
    }
    return object;
  }
}
