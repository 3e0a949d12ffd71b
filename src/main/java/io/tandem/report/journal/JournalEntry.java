package io.tandem.report.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.Json;
import io.tandem.space.Candidate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A line of the journal. Its field {@code kind} names the record. */
public sealed interface JournalEntry {
  /** The line, without {@code crc}. */
  ObjectNode toJson();

  /** The entry of a line, empty for a kind that this version does not know. */
  static Optional<JournalEntry> fromJson(ObjectNode line) {
    return switch (line.path("kind").asText()) {
      case "step" -> Optional.of(Step.read(line));
      case "candidate" -> Tried.read(line);
      case "retrain" -> Optional.of(Retrain.read(line));
      case "tune" -> Optional.of(Tuned.read(line));
      case "event" -> Optional.of(Event.read(line));
      default -> Optional.empty();
    };
  }

  /**
   * One outer step of a search.
   *
   * @param step number of the outer step, from 1
   * @param trainingLoss mean loss of the shared-weight steps
   * @param validationLoss mean over the samples of the loss before the inner steps
   * @param validationLossAfter the same after them
   * @param accuracy mean validation accuracy of the samples, 0..1
   * @param reward what the controller maximises, mean over the samples
   * @param entropy of the policy, in nats
   * @param directNorm Euclidean norm of the direct gradient
   * @param responseNorm Euclidean norm of the response gradient
   * @param cosine of the angle between the two, NaN where one is 0
   * @param dropped samples dropped in this step because they diverged
   * @param examples training examples seen since the start of the run
   * @param seconds spent since the start of the run, over all sessions
   */
  record Step(
      long step,
      double trainingLoss,
      double validationLoss,
      double validationLossAfter,
      double accuracy,
      double reward,
      double entropy,
      double directNorm,
      double responseNorm,
      double cosine,
      long dropped,
      long examples,
      double seconds)
      implements JournalEntry {
    @Override
    public ObjectNode toJson() {
      ObjectNode line =
          Json.object()
              .put("kind", "step")
              .put("step", step)
              .put("trainingLoss", trainingLoss)
              .put("validationLoss", validationLoss)
              .put("validationLossAfter", validationLossAfter)
              .put("accuracy", accuracy)
              .put("reward", reward)
              .put("entropy", entropy)
              .put("directNorm", directNorm)
              .put("responseNorm", responseNorm)
              .put("cosine", cosine);
      return line.put("dropped", dropped).put("examples", examples).put("seconds", seconds);
    }

    private static Step read(JsonNode line) {
      return new Step(
          line.path("step").asLong(),
          Json.number(line, "trainingLoss"),
          Json.number(line, "validationLoss"),
          Json.number(line, "validationLossAfter"),
          Json.number(line, "accuracy"),
          Json.number(line, "reward"),
          Json.number(line, "entropy"),
          Json.number(line, "directNorm"),
          Json.number(line, "responseNorm"),
          Json.number(line, "cosine"),
          line.path("dropped").asLong(),
          line.path("examples").asLong(),
          Json.number(line, "seconds"));
    }
  }

  /**
   * A candidate that was scored; lines of kind {@code candidate}.
   *
   * @param phase where in the run, for example {@code search}, {@code derive} or {@code rank}
   * @param index number within the phase, from 0
   * @param validationLoss mean cross-entropy on the validation part; NaN if it diverged
   * @param validationAccuracy share of validation rows classified correctly, 0..1
   * @param calibratedLoss mean cross-entropy on the validation part at the best temperature, by
   *     which candidates are ranked; NaN if it diverged, and in journals of earlier versions
   * @param candidate what was scored
   * @param examples training examples seen since the start of the run
   * @param seconds spent since the start of the run, over all sessions
   */
  record Tried(
      String phase,
      long index,
      double validationLoss,
      double validationAccuracy,
      double calibratedLoss,
      Candidate candidate,
      long examples,
      double seconds)
      implements JournalEntry {
    /** The loss by which candidates are ranked; infinite if it diverged. */
    public double rankedLoss() {
      double loss = Double.isNaN(calibratedLoss) ? validationLoss : calibratedLoss;
      return Double.isFinite(loss) ? loss : Double.POSITIVE_INFINITY;
    }

    @Override
    public ObjectNode toJson() {
      ObjectNode line =
          Json.object()
              .put("kind", "candidate")
              .put("phase", phase)
              .put("index", index)
              .put("validationLoss", validationLoss)
              .put("validationAccuracy", validationAccuracy)
              .put("calibratedLoss", calibratedLoss);
      line.set("architecture", CandidateJson.write(candidate.architecture()));
      line.set("optimizer", CandidateJson.write(candidate.optimizer()));
      return line.put("examples", examples).put("seconds", seconds);
    }

    private static Optional<JournalEntry> read(JsonNode line) {
      return CandidateJson.candidate(line)
          .map(
              candidate ->
                  new Tried(
                      line.path("phase").asText(),
                      line.path("index").asLong(),
                      Json.number(line, "validationLoss"),
                      Json.number(line, "validationAccuracy"),
                      Json.number(line, "calibratedLoss"),
                      candidate,
                      line.path("examples").asLong(),
                      Json.number(line, "seconds")));
    }
  }

  /**
   * One epoch of the retraining.
   *
   * @param epoch from 1
   * @param trainingLoss mean cross-entropy over the epoch
   * @param validationLoss mean cross-entropy on the validation part, NaN if it is trained on
   * @param validationAccuracy share of validation rows classified correctly, 0..1 or NaN
   * @param examples training examples seen since the start of the run
   * @param seconds spent since the start of the run, over all sessions
   */
  record Retrain(
      long epoch,
      double trainingLoss,
      double validationLoss,
      double validationAccuracy,
      long examples,
      double seconds)
      implements JournalEntry {
    @Override
    public ObjectNode toJson() {
      return Json.object()
          .put("kind", "retrain")
          .put("epoch", epoch)
          .put("trainingLoss", trainingLoss)
          .put("validationLoss", validationLoss)
          .put("validationAccuracy", validationAccuracy)
          .put("examples", examples)
          .put("seconds", seconds);
    }

    private static Retrain read(JsonNode line) {
      return new Retrain(
          line.path("epoch").asLong(),
          Json.number(line, "trainingLoss"),
          Json.number(line, "validationLoss"),
          Json.number(line, "validationAccuracy"),
          line.path("examples").asLong(),
          Json.number(line, "seconds"));
    }
  }

  /**
   * A training of a tuning; lines of kind {@code tune}.
   *
   * @param step outer steps done before it, from 0
   * @param outerLoss what is minimised
   * @param trainingLoss training loss before its last step; NaN without a response
   * @param accuracy validation accuracy after it, 0..1
   * @param norm Euclidean norm of the hypergradient
   * @param directNorm of its direct part
   * @param responseNorm of its response part
   * @param cosine of the angle between the two, NaN where one is 0
   * @param turn cosine of the angle to the hypergradient before, NaN if there was none
   * @param stepSize factor on the outer rule's direction; 0 for the last training
   * @param values smallest, mean and largest value of every tuned hyperparameter, by its key
   * @param solved how an implicit response was solved; null for others
   * @param examples rows seen since the start of the run
   * @param seconds spent since the start of the run, over all sessions
   */
  record Tuned(
      long step,
      double outerLoss,
      double trainingLoss,
      double accuracy,
      double norm,
      double directNorm,
      double responseNorm,
      double cosine,
      double turn,
      double stepSize,
      ObjectNode values,
      @Nullable Solved solved,
      long examples,
      double seconds)
      implements JournalEntry {
    @Override
    public ObjectNode toJson() {
      ObjectNode line =
          Json.object()
              .put("kind", "tune")
              .put("step", step)
              .put("outerLoss", outerLoss)
              .put("trainingLoss", trainingLoss)
              .put("accuracy", accuracy)
              .put("norm", norm)
              .put("directNorm", directNorm)
              .put("responseNorm", responseNorm)
              .put("cosine", cosine)
              .put("turn", turn)
              .put("stepSize", stepSize);
      line.set("values", values);
      if (solved != null) {
        solved.write(line);
      }
      return line.put("examples", examples).put("seconds", seconds);
    }

    private static Tuned read(JsonNode line) {
      return new Tuned(
          line.path("step").asLong(),
          Json.number(line, "outerLoss"),
          Json.number(line, "trainingLoss"),
          Json.number(line, "accuracy"),
          Json.number(line, "norm"),
          Json.number(line, "directNorm"),
          Json.number(line, "responseNorm"),
          Json.number(line, "cosine"),
          Json.number(line, "turn"),
          Json.number(line, "stepSize"),
          line.path("values") instanceof ObjectNode object ? object : Json.object(),
          Solved.readIfAny(line),
          line.path("examples").asLong(),
          Json.number(line, "seconds"));
    }
  }

  /**
   * How implicit responses were solved; part of a line of kind {@code tune}.
   *
   * @param products with the Hessian
   * @param residual of the linear system, relative
   * @param breakdowns how often the Hessian was found not to be what the solver assumes
   * @param gradients that the training to rest computed; 0 for a training of fixed length
   * @param gradientNorm at its end, NaN for a training of fixed length
   * @param tolerance of both, NaN for a training of fixed length
   */
  record Solved(
      long products,
      double residual,
      long breakdowns,
      long gradients,
      double gradientNorm,
      double tolerance) {
    private void write(ObjectNode line) {
      line.put("products", products).put("residual", residual).put("breakdowns", breakdowns);
      if (gradients > 0) {
        line.put("gradients", gradients)
            .put("gradientNorm", gradientNorm)
            .put("tolerance", tolerance);
      }
    }

    /** Of a line that has them, else null: other estimators and earlier versions write none. */
    private static @Nullable Solved readIfAny(JsonNode line) {
      return line.has("products") ? read(line) : null;
    }

    private static Solved read(JsonNode line) {
      return new Solved(
          line.path("products").asLong(),
          Json.number(line, "residual"),
          line.path("breakdowns").asLong(),
          line.path("gradients").asLong(),
          Json.number(line, "gradientNorm"),
          Json.number(line, "tolerance"));
    }
  }

  /**
   * Something worth a note. The names {@code resume}, {@code torn_tail}, {@code interrupted},
   * {@code damaged_checkpoint}, {@code suspicion} and {@code test_again} are notes of a session:
   * they are left out when two journals are compared.
   *
   * @param name what happened, for example {@code drop}
   * @param text details for people
   */
  record Event(String name, String text) implements JournalEntry {
    @Override
    public ObjectNode toJson() {
      return Json.object().put("kind", "event").put("name", name).put("text", text);
    }

    private static Event read(JsonNode line) {
      return new Event(line.path("name").asText(), line.path("text").asText());
    }

    static boolean isSessionNote(JsonNode line) {
      return line.path("kind").asText().equals("event")
          && switch (line.path("name").asText()) {
            case "resume",
                "torn_tail",
                "interrupted",
                "damaged_checkpoint",
                "damaged_images",
                "columns",
                "texts",
                "suspicion",
                "test_again" ->
                true;
            default -> false;
          };
    }
  }
}
