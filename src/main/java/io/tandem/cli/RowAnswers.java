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

/** Writes the predictions for the rows of a table, and scores them. */
abstract class RowAnswers {
  private final PredictionWriter writer;
  private final Optional<AnswerColumns> columns;
  private final boolean evaluate;

  private RowAnswers(PredictionWriter writer, Optional<AnswerColumns> columns, boolean evaluate) {
    this.writer = writer;
    this.columns = columns;
    this.evaluate = evaluate;
  }

  /**
   * For classes or numbers, whichever a model predicts.
   *
   * @param predictor the model
   * @param writer gets the predictions
   * @param columns what is written; empty for all that the model says, after the cell that is
   *     passed on
   * @param evaluate whether they are scored
   */
  static RowAnswers of(
      Predictor predictor,
      PredictionWriter writer,
      Optional<AnswerColumns> columns,
      boolean evaluate) {
    return predictor.targets().isEmpty()
        ? new Classes(predictor.classes(), writer, columns, evaluate)
        : new Numbers(predictor.targets(), writer, columns, evaluate);
  }

  /**
   * Takes a prediction.
   *
   * @param place of the row, for messages
   * @param names of the columns that are passed on
   * @param passed their cells
   * @param prediction what the model says
   * @param truth what is true, if it is scored
   */
  final void take(
      String place,
      List<String> names,
      List<String> passed,
      Prediction prediction,
      List<String> truth) {
    if (columns.isPresent()) {
      writer.write(columns.get().fields(prediction, passed));
    } else {
      Optional<PredictionWriter.Key> key =
          names.isEmpty()
              ? Optional.empty()
              : Optional.of(new PredictionWriter.Key(names.get(0), passed.get(0)));
      write(writer, key, prediction);
    }
    if (evaluate) {
      score(place, prediction, truth);
    }
  }

  abstract void write(
      PredictionWriter to, Optional<PredictionWriter.Key> key, Prediction prediction);

  abstract void score(String place, Prediction prediction, List<String> truth);

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
    private final PredictionScore score;

    Classes(
        List<String> classes,
        PredictionWriter writer,
        Optional<AnswerColumns> columns,
        boolean evaluate) {
      super(writer, columns, evaluate);
      this.classes = classes;
      score = new PredictionScore(classes);
    }

    @Override
    void write(PredictionWriter to, Optional<PredictionWriter.Key> key, Prediction prediction) {
      to.write(key, classes, (ClassPrediction) prediction);
    }

    @Override
    void score(String place, Prediction prediction, List<String> truth) {
      score.add(place, (ClassPrediction) prediction, truth.get(0));
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
    private final NumberScore score;

    Numbers(
        List<String> targets,
        PredictionWriter writer,
        Optional<AnswerColumns> columns,
        boolean evaluate) {
      super(writer, columns, evaluate);
      this.targets = targets;
      score = new NumberScore(targets);
    }

    @Override
    void write(PredictionWriter to, Optional<PredictionWriter.Key> key, Prediction prediction) {
      to.write(key, targets, (NumberPrediction) prediction);
    }

    @Override
    void score(String place, Prediction prediction, List<String> truth) {
      score.add(place, (NumberPrediction) prediction, truth);
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
