package io.tandem.search.propose;

import io.tandem.space.Architecture;
import io.tandem.space.Choices;
import io.tandem.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Optimizers drawn uniformly for one network.
 *
 * @param space what is searched apart from the network
 * @param network the integers that record it
 */
public record GivenNetwork(SearchSpace space, List<Integer> network) implements Proposals {
  /** Copies the list. */
  public GivenNetwork {
    network = List.copyOf(network);
  }

  /**
   * The draws for a network.
   *
   * @param space that has it
   * @param network the network
   */
  public static GivenNetwork of(SearchSpace space, Architecture network) {
    return new GivenNetwork(space, space.architecture().encode(network));
  }

  @Override
  public Proposal next(List<Contender> contenders, SplittableRandom random) {
    Choices drawn = UniformDraw.of(space, random);
    List<Integer> discrete = new ArrayList<>(network);
    discrete.addAll(drawn.discrete().subList(network.size(), drawn.discrete().size()));
    return new Proposal(new Choices(discrete, drawn.continuous()), true);
  }
}
