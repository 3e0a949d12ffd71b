package io.tandem.search.propose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.search.SmallSpace;
import io.tandem.space.Candidate;
import io.tandem.space.Choices;
import io.tandem.space.SearchSpace;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * A search of optimizers for one network draws what a search of both would, but for the network.
 */
final class GivenNetworkTest {
  private static final SearchSpace SPACE = SmallSpace.of(3, true);

  @Test
  void next_anyNetwork_keepsItAndDrawsTheOptimizerOfAPlainDraw() {
    Candidate wanted = SPACE.decode(UniformDraw.of(SPACE, new SplittableRandom(4)));
    GivenNetwork proposals = GivenNetwork.of(SPACE, wanted.architecture());
    Set<Object> optimizers = new HashSet<>();
    for (int draw = 0; draw < 200; draw++) {
      Proposals.Proposal proposal = proposals.next(List.of(), new SplittableRandom(draw));
      Choices plain = UniformDraw.of(SPACE, new SplittableRandom(draw));
      Candidate found = SPACE.decode(proposal.choices());
      assertThat(proposal.drawn()).isTrue();
      assertThat(found.architecture()).isEqualTo(wanted.architecture());
      assertThat(found.optimizer()).isEqualTo(SPACE.decode(plain).optimizer());
      optimizers.add(found.optimizer());
    }
    assertThat(optimizers).hasSize(200);
  }
}
