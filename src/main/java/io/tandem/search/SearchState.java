package io.tandem.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.graph.joint.Evaluation;
import io.tandem.report.CandidateJson;
import io.tandem.space.Candidate;
import java.util.Optional;

/**
 * Where a search stands, apart from the variables of its graph; stored in every checkpoint.
 *
 * @param step outer steps done
 * @param examples training examples seen
 * @param seconds spent, over all sessions
 * @param dropped samples that diverged
 * @param updates steps taken with the persistent optimizer slots
 * @param best best candidate that was trained from scratch, if any
 * @param derivation where the derivation stands, if it has begun
 * @param finished whether {@code best} is the winner
 */
public record SearchState(
    long step,
    long examples,
    double seconds,
    long dropped,
    long updates,
    Optional<Scored> best,
    Optional<Derivation> derivation,
    boolean finished) {
  /** Checks that it can be one. */
  public SearchState {
    if (step < 0 || examples < 0 || dropped < 0 || updates < 0 || !(seconds >= 0)) {
      throw new IllegalArgumentException("a search counts from 0");
    }
    if (finished && best.isEmpty()) {
      throw new IllegalArgumentException("a search that has finished has a winner");
    }
  }

  /** The start of a search. */
  public static SearchState initial() {
    return new SearchState(0, 0, 0, 0, 0, Optional.empty(), Optional.empty(), false);
  }

  /** Where nothing is searched: the end with a winner that was given. */
  public static SearchState given(Candidate winner) {
    return initial().finishedWith(new Scored(winner, Evaluation.none()), 0);
  }

  /** The state with another time. */
  public SearchState atSeconds(double now) {
    return new SearchState(step, examples, now, dropped, updates, best, derivation, finished);
  }

  /** The state with a derivation that has come further. */
  SearchState deriving(Derivation further, long totalExamples) {
    return new SearchState(
        step, totalExamples, seconds, dropped, updates, best, Optional.of(further), false);
  }

  /** The state with the winner. */
  public SearchState finishedWith(Scored winner, long totalExamples) {
    return new SearchState(
        step, totalExamples, seconds, dropped, updates, Optional.of(winner), derivation, true);
  }

  /** Outer steps and candidates of the derivation done: checkpoints are numbered by it. */
  long position() {
    return step + derivation.map(Derivation::size).orElse(0) + (finished ? 1 : 0);
  }

  /** The better of the best so far and another. */
  public Optional<Scored> bestWith(Scored other) {
    return best.filter(known -> !other.isBetterThan(known)).or(() -> Optional.of(other));
  }

  /** The object as stored. */
  public ObjectNode toJson() {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("step", step)
            .put("examples", examples)
            .put("seconds", seconds)
            .put("dropped", dropped)
            .put("updates", updates)
            .put("finished", finished);
    derivation.ifPresent(stands -> node.set("derivation", stands.toJson()));
    best.ifPresent(
        scored -> {
          ObjectNode object = node.putObject("best");
          object.put("loss", Double.toString(scored.evaluation().loss()));
          object.put("accuracy", Double.toString(scored.evaluation().accuracy()));
          object.set("architecture", CandidateJson.write(scored.candidate().architecture()));
          object.set("optimizer", CandidateJson.write(scored.candidate().optimizer()));
        });
    return node;
  }

  /** The state as it was stored. */
  public static SearchState fromJson(JsonNode node) {
    JsonNode stored = node.path("best");
    Optional<Candidate> candidate = CandidateJson.candidate(stored);
    Optional<Scored> best =
        candidate.map(
            found ->
                new Scored(
                    found,
                    new Evaluation(
                        Double.parseDouble(stored.path("loss").asText()),
                        Double.parseDouble(stored.path("accuracy").asText()))));
    return new SearchState(
        node.path("step").asLong(),
        node.path("examples").asLong(),
        node.path("seconds").asDouble(),
        node.path("dropped").asLong(),
        node.path("updates").asLong(),
        best,
        node.has("derivation")
            ? Optional.of(Derivation.fromJson(node.path("derivation")))
            : Optional.empty(),
        node.path("finished").asBoolean());
  }
}
