package io.tandem.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.Json;
import io.tandem.report.journal.JournalEntry;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the phases of a run cost, in training examples.
 *
 * @param examples by the name of the phase, in the order in which they began; none is 0
 */
public record BudgetPhases(Map<String, Long> examples) {
  private static final Map<String, String> NAMES =
      Map.of("derive", "score", "rank", "train", "rung 0", "first rung");

  /** Copies the map, in its order. */
  public BudgetPhases {
    examples = Collections.unmodifiableMap(new LinkedHashMap<>(examples));
  }

  /** Nothing, as results of earlier versions have. */
  public static BudgetPhases none() {
    return new BudgetPhases(Map.of());
  }

  /**
   * Reads the costs off a journal, whose entries count the examples since the start of the run. The
   * rungs of successive halving after the first are one phase.
   *
   * @param entries of a whole search
   * @param found examples of the search and its refinement
   * @param retraining examples of the retraining
   */
  public static BudgetPhases of(List<JournalEntry> entries, long found, long retraining) {
    Map<String, Long> sums = new LinkedHashMap<>();
    long before = 0;
    for (JournalEntry entry : entries) {
      if (entry instanceof JournalEntry.Step step) {
        sums.merge("search", step.examples() - before, Long::sum);
        before = step.examples();
      } else if (entry instanceof JournalEntry.Tried tried) {
        sums.merge(name(tried.phase()), tried.examples() - before, Long::sum);
        before = tried.examples();
      }
    }
    sums.merge("refine", found - before, Long::sum);
    sums.merge("retrain", retraining, Long::sum);
    sums.values().removeIf(sum -> sum <= 0);
    return new BudgetPhases(sums);
  }

  private static String name(String phase) {
    return phase.startsWith("rung ") && !NAMES.containsKey(phase)
        ? "longer rungs"
        : NAMES.getOrDefault(phase, phase);
  }

  /** The shares for people, for example {@code search 80 %, retrain 20 %}; empty without any. */
  public String text() {
    double sum = examples.values().stream().mapToLong(Long::longValue).sum();
    return examples.entrySet().stream()
        .map(
            each ->
                String.format(
                    Locale.ROOT, "%s %.0f %%", each.getKey(), 100 * each.getValue() / sum))
        .collect(Collectors.joining(", "));
  }

  /** The object as stored. */
  ObjectNode toJson() {
    ObjectNode object = Json.object();
    examples.forEach(object::put);
    return object;
  }

  /** The costs as they were stored. */
  static BudgetPhases fromJson(JsonNode node) {
    Map<String, Long> examples = new LinkedHashMap<>();
    node.properties().forEach(each -> examples.put(each.getKey(), each.getValue().asLong()));
    return new BudgetPhases(examples);
  }
}
