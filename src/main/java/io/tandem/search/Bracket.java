package io.tandem.search;

import io.tandem.search.plan.HalvingPlan;
import io.tandem.search.propose.Contender;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The candidates of a search by successive halving and how far each has come.
 *
 * @param plan the rungs
 * @param contenders candidates, in the order of their first training
 */
record Bracket(HalvingPlan plan, List<Contender> contenders) {
  /** Copies the list. */
  Bracket {
    contenders = List.copyOf(contenders);
  }

  /** The numbers of the candidates of a rung, best first, without those that diverged there. */
  List<Integer> order(int rung) {
    return IntStream.range(0, contenders.size())
        .filter(index -> contenders.get(index).rungs().size() > rung)
        .filter(index -> contenders.get(index).rungs().get(rung).isFinite())
        .boxed()
        .sorted(Comparator.comparingDouble(index -> contenders.get(index).loss(rung)))
        .toList();
  }

  /** Number of candidates that have been trained for a rung. */
  int reached(int rung) {
    return (int) contenders.stream().filter(each -> each.rungs().size() > rung).count();
  }

  /**
   * The number of the best candidate of the rung below that has not been trained for this one.
   *
   * @param rung from 1
   * @param places candidates that this rung may have by now
   * @return empty if all places are taken, or nobody is left who was good enough for one of them
   */
  Optional<Integer> promoted(int rung, int places) {
    if (reached(rung) >= places) {
      return Optional.empty();
    }
    return order(rung - 1).stream()
        .limit(places)
        .filter(index -> contenders.get(index).rungs().size() == rung)
        .findFirst();
  }

  /** Candidates that a rung will have at the end. */
  int places(int rung) {
    int finite = order(0).size();
    for (int below = 1; below <= rung; below++) {
      finite = Math.min(finite, plan.places().get(below));
    }
    return finite;
  }

  /** Examples that the promotions still to come cost. */
  long work() {
    long sum = 0;
    for (int rung = 1; rung < plan.size(); rung++) {
      sum += Math.max(0, places(rung) - reached(rung)) * plan.lengths().get(rung).cost();
    }
    return sum;
  }

  /** The candidates with this one in place of another, or after all others. */
  Bracket with(int index, Contender contender) {
    List<Contender> all = new ArrayList<>(contenders);
    if (index == all.size()) {
      all.add(contender);
    } else {
      all.set(index, contender);
    }
    return new Bracket(plan, all);
  }
}
