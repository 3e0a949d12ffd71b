package io.tandem.run.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.report.Refinement;
import io.tandem.report.journal.CandidateJson;
import io.tandem.search.SearchState;
import io.tandem.space.Candidate;
import io.tandem.space.Goal;
import java.util.Optional;

/**
 * What a run has found by the time of the retraining.
 *
 * @param search end of the search
 * @param candidate what is retrained: the winner, with its refined optimizer if there is one
 * @param refinement how it was refined, if it was
 * @param examples examples seen by then
 * @param seconds spent by then, over all sessions
 */
record Found(
    SearchState search,
    Candidate candidate,
    Optional<Refinement> refinement,
    long examples,
    double seconds) {
  private static final String SEARCH = "search";
  private static final String CANDIDATE = "candidate";
  private static final String REFINEMENT = "refinement";
  private static final String EXAMPLES = "examples";
  private static final String SECONDS = "seconds";

  /** The winner as the search found it. */
  static Found of(SearchState search) {
    return new Found(
        search,
        search.best().orElseThrow().candidate(),
        Optional.empty(),
        search.examples(),
        search.seconds());
  }

  /** The same at another time. */
  Found atSeconds(double now) {
    return new Found(search, candidate, refinement, examples, now);
  }

  /** The object as stored in checkpoints. */
  ObjectNode toJson() {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.set(SEARCH, search.toJson());
    refinement.ifPresent(
        refined -> {
          ObjectNode own = object.putObject(CANDIDATE);
          own.set("architecture", CandidateJson.write(candidate.architecture()));
          own.set("optimizer", CandidateJson.write(candidate.optimizer()));
          object.set(REFINEMENT, refined.toJson(Goal.ACCURACY));
        });
    return object.put(EXAMPLES, examples).put(SECONDS, seconds);
  }

  /** What was stored; without a candidate it is the winner as the search found it. */
  static Found fromJson(JsonNode object) {
    SearchState search = SearchState.fromJson(object.path(SEARCH));
    Found plain = of(search).atSeconds(object.path(SECONDS).asDouble());
    return CandidateJson.candidate(object.path(CANDIDATE))
        .map(
            candidate ->
                new Found(
                    search,
                    candidate,
                    Optional.of(Refinement.fromJson(object.path(REFINEMENT), Goal.ACCURACY)),
                    object.path(EXAMPLES).asLong(),
                    plain.seconds()))
        .orElse(plain);
  }
}
