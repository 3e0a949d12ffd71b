package io.tandem.run.task;

import io.tandem.config.Experiment;
import io.tandem.data.DataSplit;
import io.tandem.data.Quote;
import io.tandem.data.text.TextSplit;
import io.tandem.outcome.Outcome;
import io.tandem.report.Significant;
import io.tandem.search.plan.Budget;
import io.tandem.search.plan.SearchCosts;
import io.tandem.search.plan.SearchStage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What {@code tandem check} says of data that can be used.
 *
 * @param notes what a user should know of the reading, a line each
 * @param suspicions what is probably not as the user thinks, a line each
 * @param summary sizes of the parts, without a full stop
 * @param outcome the classes with their numbers of rows, or the ranges of the numbers that are
 *     predicted; empty for texts
 */
public record CheckedData(
    List<String> notes, List<String> suspicions, String summary, String outcome) {
  private static final int MOST_CLASSES = 50;

  /** Copies the lists. */
  public CheckedData {
    notes = List.copyOf(notes);
    suspicions = List.copyOf(suspicions);
  }

  /** Of data that are loaded, and of what their experiment makes of them. */
  public static CheckedData of(ExperimentData data) {
    CheckedData found =
        data instanceof ExperimentTexts words ? of(words.texts()) : of(data.examples());
    List<String> all = new ArrayList<>(found.suspicions());
    all.addAll(UnseenMomentum.of(data.experiment()));
    return new CheckedData(found.notes(), all, found.summary(), found.outcome());
  }

  /**
   * What a run on the data will spend, a line for people.
   *
   * @throws io.tandem.disk.UserError if the budget does not pay for a single step of the search
   */
  public static String budget(ExperimentData data) {
    Experiment experiment = data.experiment();
    String retraining =
        Quote.format(
            "%,d examples in the retraining%s",
            experiment.retrain().allExamples(),
            experiment.retrain().ensemble() == 1
                ? ""
                : " of " + experiment.retrain().ensemble() + " networks");
    Budget budget = experiment.search().budget();
    String limit =
        budget.seconds() > 0
            ? Quote.format("; search.budget.seconds ends it after %.0f s", budget.seconds())
            : "";
    if (experiment.given().isPresent()) {
      return "budget: " + retraining + limit;
    }
    LeastBudget.require(data);
    String searches =
        data.searchStages().stream()
            .map(CheckedData::search)
            .collect(Collectors.joining("; then "));
    int folds = data.searchRows().folds();
    return "budget: "
        + Quote.format("%,d examples: ", budget.examples())
        + searches
        + (folds > 1 ? ", each training in " + folds + " folds" : "")
        + "; "
        + retraining
        + limit;
  }

  private static String search(SearchStage stage) {
    SearchCosts costs = stage.costs();
    long steps = stage.steps();
    if (costs.ranked() == 0 && !stage.longer().isEmpty()) {
      return trained(steps) + longer(stage, steps);
    }
    String search = Quote.format("%,d search %s", steps, steps == 1 ? "step" : "steps");
    if (costs.ranked() == 0) {
      return search;
    }
    if (!stage.longer().isEmpty()) {
      return search + ", then " + trained(costs.ranked()) + longer(stage, costs.ranked());
    }
    return search
        + Quote.format(
            ", then %,d %s scored and %,d of them trained",
            costs.scored(),
            costs.scored() == 1 ? "candidate is" : "candidates are",
            costs.ranked());
  }

  private static String trained(long candidates) {
    return Quote.format(
        "%,d %s trained", candidates, candidates == 1 ? "candidate is" : "candidates are");
  }

  /** For example {@code and the best 12, 4 and 4 of them longer}. */
  private static String longer(SearchStage stage, long candidates) {
    List<String> numbers =
        stage.longer().stream()
            .map(each -> Quote.format("%,d", Math.min(each, candidates)))
            .toList();
    int last = numbers.size() - 1;
    String all =
        last == 0
            ? numbers.get(0)
            : String.join(", ", numbers.subList(0, last)) + " and " + numbers.get(last);
    return " and the best " + all + " of them longer";
  }

  /** Of rows. */
  static CheckedData of(DataSplit data) {
    return new CheckedData(
        data.notes(),
        data.suspicions(),
        Quote.format(
            "%d training, %d validation, %d test rows, %d %s, %s",
            data.train().rows(),
            data.validation().rows(),
            data.test().rows(),
            data.train().columns(),
            data.train().columns() == 1 ? "feature" : "features",
            predicted(data.train().outcome())),
        data.train().outcome() instanceof Outcome.Numbers numbers
            ? numbers(numbers)
            : classes(data));
  }

  private static String predicted(Outcome outcome) {
    int outputs = outcome.outputs();
    if (outcome instanceof Outcome.Classes) {
      return outputs + " classes";
    }
    return outputs == 1 ? "1 number to predict" : outputs + " numbers to predict";
  }

  private static String numbers(Outcome.Numbers outcome) {
    return IntStream.range(0, outcome.outputs())
        .mapToObj(
            output ->
                Quote.format(
                    "%s: mean %s, standard deviation %s%s in the training part",
                    Quote.printable(Quote.quoted(outcome.names().get(output))),
                    Significant.text(outcome.mean()[output]),
                    Significant.text(outcome.scale()[output]),
                    outcome.logarithm() ? ", of the logarithm," : ""))
        .collect(Collectors.joining("; ", "to predict: ", ""));
  }

  private static String classes(DataSplit data) {
    int[] train = data.train().classCounts();
    int[] validation = data.validation().classCounts();
    int[] test = data.test().classCounts();
    StringBuilder text = new StringBuilder("classes: ");
    int shown = Math.min(train.length, MOST_CLASSES);
    for (int index = 0; index < shown; index++) {
      text.append(index == 0 ? "" : ", ")
          .append(Quote.printable(Quote.quoted(data.train().classes().get(index))))
          .append(' ')
          .append(train[index] + validation[index] + test[index]);
    }
    return text.append(shown < train.length ? " and " + (train.length - shown) + " more" : "")
        .append(" rows")
        .toString();
  }

  /** Of words; the first note is the summary. */
  static CheckedData of(TextSplit text) {
    return new CheckedData(
        text.notes().subList(1, text.notes().size()), text.suspicions(), text.summary(), "");
  }
}
