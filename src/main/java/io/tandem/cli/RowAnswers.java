package io.tandem.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.cli.stream.PredictionWriter;
import io.tandem.serve.ClassPrediction;
import io.tandem.serve.NumberPrediction;
import io.tandem.serve.NumberScore;
import io.tandem.serve.Prediction;
import io.tandem.serve.PredictionScore;
import io.tandem.serve.Predictor;
import java.util.List;
import java.util.Optional;

/** What becomes of the predictions for the rows of a table: they are written, and scored. */
abstract class RowAnswers {
  private RowAnswers() {}

  /**
   * For classes or numbers, whichever a model predicts.
   *
   * @param predictor the model
   * @param writer gets the predictions
   * @param evaluate whether they are scored
   */
  static RowAnswers of(Predictor predictor, PredictionWriter writer, boolean evaluate) {
    return predictor.targets().isEmpty()
        ? new Classes(predictor.classes(), writer, evaluate)
        : new Numbers(predictor.targets(), writer, evaluate);
  }

  /**
   * Takes a prediction.
   *
   * @param place of the row, for messages
   * @param key cell that is passed on, if any
   * @param prediction what the model says
   * @param truth what is true, if it is scored
   */
  abstract void take(
      String place, Optional<PredictionWriter.Key> key, Prediction prediction, List<String> truth);

  /** Rows that were scored. */
  abstract long rows();

  /** Rows that could not be scored because nobody knows what is true. */
  abstract long unlabelled();

  /** The score for people. */
  abstract String text();

  /** The score as an object. */
  abstract ObjectNode toJson();

  private static final class Classes extends RowAnswers {
    private final List<String> classes;
    private final PredictionWriter writer;
    private final boolean evaluate;
    private final PredictionScore score;

    Classes(List<String> classes, PredictionWriter writer, boolean evaluate) {
      this.classes = classes;
      this.writer = writer;
      this.evaluate = evaluate;
      score = new PredictionScore(classes);
    }

    @Override
    void take(
        String place, Optional<PredictionWriter.Key> key, Prediction answer, List<String> truth) {
      ClassPrediction prediction = (ClassPrediction) answer;
      writer.write(key, classes, prediction);
      if (evaluate) {
        score.add(place, prediction, truth.get(0));
      }
    }

    @Override
    long rows() {
      return score.rows();
    }

    @Override
    long unlabelled() {
      return score.unlabelled();
    }

    @Override
    String text() {
      return ScoreText.text(score);
    }

    @Override
    ObjectNode toJson() {
      return ScoreText.toJson(score);
    }
  }

  private static final class Numbers extends RowAnswers {
    private final List<String> targets;
    private final PredictionWriter writer;
    private final boolean evaluate;
    private final NumberScore score;

    Numbers(List<String> targets, PredictionWriter writer, boolean evaluate) {
      this.targets = targets;
      this.writer = writer;
      this.evaluate = evaluate;
      score = new NumberScore(targets);
    }

    @Override
    void take(
        String place, Optional<PredictionWriter.Key> key, Prediction answer, List<String> truth) {
      NumberPrediction prediction = (NumberPrediction) answer;
      writer.write(key, targets, prediction);
      if (evaluate) {
        score.add(place, prediction, truth);
      }
    }

    @Override
    long rows() {
      return score.rows();
    }

    @Override
    long unlabelled() {
      return score.unlabelled();
    }

    @Override
    String text() {
      return ScoreText.text(score);
    }

    @Override
    ObjectNode toJson() {
      return ScoreText.toJson(score);
    }
  }
}
