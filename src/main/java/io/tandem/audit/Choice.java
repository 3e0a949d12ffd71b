package io.tandem.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The estimator to use: the one that keeps error and bias within the bound on most hyperparameters,
 * and of several such the cheapest in time.
 *
 * @param estimator its name; empty if none keeps the bound on any hyperparameter
 * @param reason one line
 */
public record Choice(Optional<String> estimator, String reason) {
  private record Standing(String estimator, long within, double milliseconds) {}

  static Choice of(List<AuditRow> rows, double bound) {
    Map<String, List<AuditRow>> byEstimator = new LinkedHashMap<>();
    rows.forEach(
        row -> byEstimator.computeIfAbsent(row.estimator(), key -> new ArrayList<>()).add(row));
    List<Standing> standings =
        byEstimator.entrySet().stream()
            .map(
                entry ->
                    new Standing(
                        entry.getKey(),
                        entry.getValue().stream().filter(row -> row.isWithin(bound)).count(),
                        milliseconds(entry.getValue())))
            .toList();
    long most = standings.stream().mapToLong(Standing::within).max().orElse(0);
    String limits = "relative error and bias of at most " + bound;
    if (most == 0) {
      return new Choice(Optional.empty(), "no estimator keeps " + limits);
    }
    List<Standing> able =
        standings.stream()
            .filter(standing -> standing.within() == most)
            .sorted(Comparator.comparingDouble(Standing::milliseconds))
            .toList();
    Standing best = able.get(0);
    long all = byEstimator.getOrDefault(best.estimator(), List.of()).size();
    String others =
        able.size() == 1
            ? "the only one that does"
            : String.format(
                Locale.ROOT,
                "the cheapest of %d that do, %.1f ms against %.1f ms of %s",
                able.size(),
                best.milliseconds(),
                able.get(1).milliseconds(),
                able.get(1).estimator());
    return new Choice(
        Optional.of(best.estimator()),
        String.format(
            Locale.ROOT, "%s on %d of %d hyperparameters, %s", limits, best.within(), all, others));
  }

  private static double milliseconds(List<AuditRow> rows) {
    return rows.stream()
        .mapToDouble(AuditRow::milliseconds)
        .filter(Double::isFinite)
        .findFirst()
        .orElse(Double.NaN);
  }
}
