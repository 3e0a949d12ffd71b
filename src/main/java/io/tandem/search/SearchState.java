package io.tandem.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.data.Seeds;
import io.tandem.graph.joint.child.Evaluation;
import io.tandem.search.propose.Contender;
import io.tandem.search.propose.UniformDraw;
import io.tandem.space.ArchitectureSpace;
import io.tandem.space.Candidate;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.OptimizerSpace;
import io.tandem.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

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
 * @param contenders candidates of successive halving, in the order of their first training
 * @param first how the first of two searches ended, if this is the second; steps, updates,
 *     derivation, contenders and best are those of the second then, examples, seconds and dropped
 *     those of both
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
    List<Contender> contenders,
    Optional<FirstStage> first,
    boolean finished) {
  /** Copies the list and checks that it can be one. */
  public SearchState {
    contenders = List.copyOf(contenders);
    if (step < 0 || examples < 0 || dropped < 0 || updates < 0 || !(seconds >= 0)) {
      throw new IllegalArgumentException("a search counts from 0");
    }
    if (finished && best.isEmpty()) {
      throw new IllegalArgumentException("a search that has finished has a winner");
    }
  }

  /** The start of a search. */
  public static SearchState initial() {
    return new SearchState(
        0, 0, 0, 0, 0, Optional.empty(), Optional.empty(), List.of(), Optional.empty(), false);
  }

  /** Where nothing is searched: the end with a winner that was given. */
  public static SearchState given(Candidate winner) {
    return initial().finishedWith(new Scored(winner, Evaluation.none()), 0);
  }

  /**
   * The end of a search that had no time to train a candidate, with one that is drawn at random.
   *
   * @param space architectures
   * @param optimizer what it is to be trained with
   * @param seed seed of the run
   */
  public static SearchState untried(
      ArchitectureSpace space, OptimizerSettings optimizer, long seed) {
    SearchSpace networks = new SearchSpace(space, OptimizerSpace.fixed(optimizer));
    SplittableRandom random = new SplittableRandom(Seeds.of(seed, "search/untried", 0));
    return given(networks.decode(UniformDraw.of(networks, random)));
  }

  /** The state with another time. */
  public SearchState atSeconds(double now) {
    return new SearchState(
        step, examples, now, dropped, updates, best, derivation, contenders, first, finished);
  }

  /** The state with a derivation that has come further. */
  SearchState deriving(Derivation further, long totalExamples) {
    return new SearchState(
        step,
        totalExamples,
        seconds,
        dropped,
        updates,
        best,
        Optional.of(further),
        contenders,
        first,
        false);
  }

  /** The state with contenders that have come further. */
  SearchState contending(
      List<Contender> further, long steps, long totalExamples, long totalDropped) {
    return new SearchState(
        steps,
        totalExamples,
        seconds,
        totalDropped,
        updates,
        best,
        derivation,
        further,
        first,
        finished);
  }

  /** The state with the winner. */
  public SearchState finishedWith(Scored winner, long totalExamples) {
    return new SearchState(
        step,
        totalExamples,
        seconds,
        dropped,
        updates,
        Optional.of(winner),
        derivation,
        contenders,
        first,
        true);
  }

  /** The beginning of the second of two searches, where this is the end of the first. */
  SearchState second() {
    FirstStage ended = new FirstStage(best.orElseThrow(), position(), examples, seconds);
    return new SearchState(
        0,
        examples,
        seconds,
        dropped,
        0,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.of(ended),
        false);
  }

  /** Training examples seen by this search, without those of one before it. */
  long spent() {
    return examples - first.map(FirstStage::examples).orElse(0L);
  }

  /** Whether this search has done nothing but its steps, as far as that can be seen. */
  boolean onlySearches() {
    return position() - first.map(FirstStage::position).orElse(0L) == step;
  }

  /**
   * Outer steps and candidates of the derivation done, in both searches if there are two:
   * checkpoints are numbered by it.
   */
  long position() {
    int promotions = contenders.stream().mapToInt(contender -> contender.rungs().size() - 1).sum();
    return first.map(FirstStage::position).orElse(0L)
        + step
        + derivation.map(Derivation::size).orElse(0)
        + promotions
        + (finished ? 1 : 0);
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
    if (!contenders.isEmpty()) {
      ArrayNode array = node.putArray("contenders");
      contenders.forEach(contender -> array.add(contender.toJson()));
    }
    best.ifPresent(scored -> node.set("best", scored.toJson()));
    first.ifPresent(ended -> node.set("first", ended.toJson()));
    return node;
  }

  /** The state as it was stored. */
  public static SearchState fromJson(JsonNode node) {
    List<Contender> contenders = new ArrayList<>();
    node.path("contenders").forEach(each -> contenders.add(Contender.fromJson(each)));
    return new SearchState(
        node.path("step").asLong(),
        node.path("examples").asLong(),
        node.path("seconds").asDouble(),
        node.path("dropped").asLong(),
        node.path("updates").asLong(),
        Scored.fromJson(node.path("best")),
        node.has("derivation")
            ? Optional.of(Derivation.fromJson(node.path("derivation")))
            : Optional.empty(),
        contenders,
        node.has("first") ? Optional.of(FirstStage.fromJson(node.path("first"))) : Optional.empty(),
        node.path("finished").asBoolean());
  }
}
