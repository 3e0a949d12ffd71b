package io.tandem.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.AtomicFile;
import io.tandem.disk.Disk;
import io.tandem.disk.Json;
import io.tandem.disk.NextCommand;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.UserError;
import io.tandem.metric.DecisionThreshold;
import io.tandem.metric.ModelMetrics;
import io.tandem.report.journal.CandidateJson;
import io.tandem.space.Candidate;
import io.tandem.space.Goal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of a run; the file {@code result.json}, an object with flat, dotted keys.
 *
 * @param goal what the winner is to do well at
 * @param test figure of this goal on the test part, which is read once
 * @param validation the same on the validation part; NaN, in the file {@code null}, if it was not
 *     measured
 * @param testLoss mean loss on the test part, of classes and words in nats; NaN in runs of earlier
 *     versions
 * @param validationLoss the same on the validation part; NaN if it was not measured
 * @param winner what was retrained, with the refined optimizer if there is one
 * @param refinement how the winner's optimizer was refined, if it was
 * @param certificate whether the search proposed better candidates than random draws; empty if that
 *     was not measured
 * @param metrics all figures on the test part; empty of language models, and in runs of earlier
 *     versions
 * @param threshold between two classes that decided the answers; empty if the most probable class
 *     is the answer
 * @param baselines what simple models score; none of language models
 * @param earlyEnds of trainings of the retraining that ended before their planned length because
 *     the validation loss was no lower
 * @param budgetExamples training examples seen by the whole run
 * @param phases the same by phase
 * @param budgetSeconds wall-clock seconds of the whole run, over all sessions
 * @param seed seed of every random draw
 * @param model path of the exported model, relative to the run directory
 */
public record Results(
    Goal goal,
    double test,
    double validation,
    double testLoss,
    double validationLoss,
    Candidate winner,
    Optional<Refinement> refinement,
    Optional<Certificate> certificate,
    Optional<ModelMetrics> metrics,
    Optional<DecisionThreshold> threshold,
    List<Baseline> baselines,
    List<EarlyEnd> earlyEnds,
    long budgetExamples,
    BudgetPhases phases,
    double budgetSeconds,
    long seed,
    String model) {
  private static final String METRICS = "test.metrics";
  private static final String BASELINES = "baselines";
  private static final String EARLY_ENDS = "retrain.early_ends";
  private static final String TEST_LOSS = "test.loss";
  private static final String VALIDATION_LOSS = "validation.loss";

  /** Copies the lists. */
  public Results {
    baselines = List.copyOf(baselines);
    earlyEnds = List.copyOf(earlyEnds);
  }

  /** Of a run whose losses are not known. */
  public Results(
      double test,
      double validation,
      Candidate winner,
      Optional<Refinement> refinement,
      long budgetExamples,
      double budgetSeconds,
      long seed,
      String model) {
    this(
        winner.architecture().goal(),
        test,
        validation,
        Double.NaN,
        Double.NaN,
        winner,
        refinement,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        budgetExamples,
        BudgetPhases.none(),
        budgetSeconds,
        seed,
        model);
  }

  /** The architecture as JSON text, as {@code search.architecture} takes it. */
  public String architecture() {
    return Json.compact(CandidateJson.write(winner.architecture()));
  }

  /** The object as stored. */
  public ObjectNode toJson() {
    ObjectNode object =
        Json.object()
            .put("test." + goal().text(), Json.measured(test))
            .put("validation." + goal().text(), Json.measured(validation));
    putLoss(object, TEST_LOSS, testLoss);
    putLoss(object, VALIDATION_LOSS, validationLoss);
    object.set("architecture", CandidateJson.write(winner.architecture()));
    object.set("optimizer", CandidateJson.write(winner.optimizer()));
    refinement.ifPresent(refined -> object.set("refinement", refined.toJson(goal)));
    certificate.ifPresent(found -> object.set("certificate", found.toJson()));
    threshold.ifPresent(chosen -> object.set(ThresholdJson.KEY, ThresholdJson.write(chosen)));
    metrics.ifPresent(found -> object.set(METRICS, MetricsJson.write(found)));
    if (!baselines.isEmpty()) {
      ArrayNode array = object.putArray(BASELINES);
      baselines.forEach(baseline -> array.add(baseline.toJson(goal)));
    }
    if (!earlyEnds.isEmpty()) {
      ArrayNode array = object.putArray(EARLY_ENDS);
      earlyEnds.forEach(end -> array.add(end.toJson()));
    }
    object.put("budget.examples", budgetExamples);
    if (!phases.examples().isEmpty()) {
      object.set("budget.phases", phases.toJson());
    }
    return object.put("budget.seconds", budgetSeconds).put("seed", seed).put("model", model);
  }

  private static void putLoss(ObjectNode object, String key, double loss) {
    if (!Double.isNaN(loss)) {
      object.put(key, loss);
    }
  }

  /**
   * Writes the result in one step.
   *
   * @param disk where to
   * @param file the file
   * @throws UserError if the disk refuses
   */
  public void write(Disk disk, Path file) {
    AtomicFile.write(disk, file, Json.pretty(toJson()));
  }

  /**
   * Reads a result, empty if there is none.
   *
   * @param file the file
   * @throws UserError if it is damaged
   */
  public static Optional<Results> read(Path file) {
    return Files.exists(file)
        ? Optional.of(
            parse(RunDirectory.text(file))
                .orElseThrow(
                    () ->
                        new UserError(
                            UserError.Kind.RUN,
                            file + ": is damaged; delete it, then " + NextCommand.goOn(file))))
        : Optional.empty();
  }

  private static Optional<Results> parse(String text) {
    return Json.parse(text)
        .flatMap(
            object ->
                CandidateJson.candidate(object)
                    .map(
                        winner ->
                            new Results(
                                goal(object, winner),
                                Json.number(object, "test." + goal(object, winner).text()),
                                Json.number(object, "validation." + goal(object, winner).text()),
                                Json.number(object, TEST_LOSS),
                                Json.number(object, VALIDATION_LOSS),
                                winner,
                                object.has("refinement")
                                    ? Optional.of(
                                        Refinement.fromJson(
                                            object.path("refinement"), goal(object, winner)))
                                    : Optional.empty(),
                                object.has("certificate")
                                    ? Optional.of(Certificate.fromJson(object.path("certificate")))
                                    : Optional.empty(),
                                MetricsJson.readModel(object, METRICS),
                                ThresholdJson.read(object),
                                baselines(object, goal(object, winner)),
                                earlyEnds(object),
                                object.path("budget.examples").asLong(),
                                BudgetPhases.fromJson(object.path("budget.phases")),
                                Json.number(object, "budget.seconds"),
                                object.path("seed").asLong(),
                                object.path("model").asText())));
  }

  private static List<Baseline> baselines(JsonNode object, Goal goal) {
    List<Baseline> baselines = new ArrayList<>();
    object.path(BASELINES).forEach(each -> Baseline.fromJson(each, goal).ifPresent(baselines::add));
    return baselines;
  }

  private static List<EarlyEnd> earlyEnds(JsonNode object) {
    List<EarlyEnd> ends = new ArrayList<>();
    object.path(EARLY_ENDS).forEach(each -> ends.add(EarlyEnd.fromJson(each)));
    return ends;
  }

  /** The architecture tells all but whether a perceptron predicts numbers. */
  private static Goal goal(JsonNode object, Candidate winner) {
    return object.has("test." + Goal.R2.text()) ? Goal.R2 : winner.architecture().goal();
  }
}
