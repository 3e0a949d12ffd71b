package io.tandem.cli;

import io.tandem.report.JournalEntry;
import io.tandem.report.RunReader;
import io.tandem.report.TuneResults;
import java.util.List;
import java.util.Locale;

/** A tuning for people: what was found, and every training. */
final class TuningText {
  private static final List<String> COLUMNS =
      List.of(
          "step",
          "outerLoss",
          "trainingLoss",
          "accuracy",
          "norm",
          "directNorm",
          "responseNorm",
          "cosine",
          "turn",
          "stepSize",
          "examples",
          "seconds");

  private TuningText() {}

  static Table table(RunReader.Details details) {
    return new Table(
        COLUMNS, details.trainings().stream().map(JournalEntry.Tuned::toJson).toList());
  }

  static String of(RunReader.Details details) {
    StringBuilder text = new StringBuilder();
    details.tuned().ifPresent(result -> outcome(text, result));
    text.append("\ntrainings: ").append(details.trainings().size()).append('\n');
    if (!details.trainings().isEmpty()) {
      text.append(table(details).aligned());
    }
    return text.toString();
  }

  static void outcome(StringBuilder text, TuneResults result) {
    text.append(
        String.format(
            Locale.ROOT,
            "%-12s %.6g before, %.6g after step %d of %d%n",
            result.outer() + " loss",
            result.lossBefore(),
            result.lossAfter(),
            result.bestStep(),
            result.steps()));
    result
        .hyperparameters()
        .properties()
        .forEach(
            entry ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "  %-15s %-10s %.4g -> %.4g..%.4g, mean %.4g%n",
                        entry.getKey(),
                        entry.getValue().path("granularity").asText(),
                        entry.getValue().path("initial").asDouble(),
                        entry.getValue().path("min").asDouble(),
                        entry.getValue().path("max").asDouble(),
                        entry.getValue().path("mean").asDouble())));
  }
}
