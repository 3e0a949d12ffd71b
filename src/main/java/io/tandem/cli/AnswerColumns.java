package io.tandem.cli;

import io.tandem.cli.stream.PredictionWriter.Field;
import io.tandem.data.Quote;
import io.tandem.disk.UserError;
import io.tandem.serve.ClassPrediction;
import io.tandem.serve.NumberPrediction;
import io.tandem.serve.Prediction;
import io.tandem.serve.Predictor;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of the answers that {@code --columns} asks for: answers, and columns of the input.
 */
final class AnswerColumns {
  private static final String CLASS = "class";
  private static final String PROBABILITY = "probability";
  private static final String OF_CLASS = "p_";

  private final List<String> wanted;
  private final List<String> classes;
  private final List<String> targets;

  private AnswerColumns(List<String> wanted, Predictor predictor) {
    this.wanted = wanted;
    classes = predictor.classes();
    targets = predictor.targets();
  }

  /**
   * The columns that are wanted of a model.
   *
   * @param wanted their names, in order
   * @param predictor the model
   * @throws UserError if one is named twice, or has no name
   */
  static AnswerColumns of(List<String> wanted, Predictor predictor) {
    List<String> names = wanted.stream().map(String::strip).toList();
    if (names.contains("")) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--columns: an empty name, expected names with commas between them");
    }
    for (int index = 0; index < names.size(); index++) {
      if (names.indexOf(names.get(index)) < index) {
        throw new UserError(
            UserError.Kind.USAGE,
            "--columns: " + Quote.quoted(names.get(index)) + " is named twice; take one out");
      }
    }
    return new AnswerColumns(names, predictor);
  }

  /** Those that are columns of the input. */
  List<String> passed() {
    return wanted.stream().filter(name -> !isAnswer(name)).toList();
  }

  private boolean isAnswer(String name) {
    return targets.isEmpty()
        ? name.equals(CLASS)
            || name.equals(PROBABILITY)
            || name.startsWith(OF_CLASS) && classes.contains(name.substring(OF_CLASS.length()))
        : targets.contains(name);
  }

  /**
   * The cells of a row.
   *
   * @param prediction what the model says
   * @param passed cells of the input, in the order of {@link #passed}
   */
  List<Field> fields(Prediction prediction, List<String> passed) {
    List<Field> fields = new ArrayList<>();
    int next = 0;
    for (String name : wanted) {
      fields.add(
          isAnswer(name) ? answer(name, prediction) : new Field.Text(name, passed.get(next++)));
    }
    return fields;
  }

  private Field answer(String name, Prediction prediction) {
    if (prediction instanceof NumberPrediction numbers) {
      return Field.Numeric.of(name, numbers.values()[targets.indexOf(name)]);
    }
    ClassPrediction own = (ClassPrediction) prediction;
    if (name.equals(CLASS)) {
      return new Field.Text(name, own.label());
    }
    if (name.equals(PROBABILITY)) {
      return Field.Numeric.of(name, own.probability(classes));
    }
    return Field.Numeric.of(
        name, own.probabilities()[classes.indexOf(name.substring(OF_CLASS.length()))]);
  }
}
