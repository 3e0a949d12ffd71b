package io.tandem.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.metric.Metric;
import io.tandem.metric.Metrics;
import io.tandem.report.MetricsJson;
import io.tandem.report.MetricsText;
import io.tandem.serve.NumberScore;
import io.tandem.serve.PredictionScore;
import java.util.Locale;

/** Formats the score that {@code predict --evaluate} prints. */
final class ScoreText {
  private static final String METRICS = "metrics";

  private ScoreText() {}

  /** Of classes, for people. */
  static String text(PredictionScore score) {
    return String.format(
            Locale.ROOT,
            "accuracy %.4f, %d of %d right, loss %.4f nats%n",
            score.accuracy(),
            score.correct(),
            score.rows(),
            score.loss())
        + MetricsText.of(score.metrics(), Metric.ACCURACY, Metric.LOG_LOSS);
  }

  /** Of classes. */
  static ObjectNode toJson(PredictionScore score) {
    ObjectNode object =
        JsonNodeFactory.instance
            .objectNode()
            .put("accuracy", score.accuracy())
            .put("correct", score.correct())
            .put("rows", score.rows())
            .put("loss", score.loss());
    object.set(METRICS, MetricsJson.write(score.metrics()));
    return object;
  }

  /** Of numbers, for people. */
  static String text(NumberScore score) {
    StringBuilder text = new StringBuilder();
    for (int target = 0; target < score.targets().size(); target++) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s, %,d %s%n",
              score.targets().get(target),
              score.rows(),
              score.rows() == 1 ? "row" : "rows"));
      text.append(MetricsText.of(score.metrics(target)));
    }
    return text.toString();
  }

  /** Of numbers. */
  static ObjectNode toJson(NumberScore score) {
    ObjectNode object = JsonNodeFactory.instance.objectNode().put("rows", score.rows());
    ObjectNode targets = object.putObject("targets");
    for (int target = 0; target < score.targets().size(); target++) {
      Metrics metrics = score.metrics(target);
      targets.set(score.targets().get(target), MetricsJson.write(metrics));
    }
    return object;
  }
}
