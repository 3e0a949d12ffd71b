package io.tandem.search.propose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.graph.joint.child.Evaluation;
import io.tandem.search.SmallSpace;
import io.tandem.space.Candidate;
import io.tandem.space.Choices;
import io.tandem.space.PerceptronSpace;
import io.tandem.space.SearchSpace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Evolution keeps what is good about a parent, and can reach everything. */
final class EvolutionTest {
  private static final SearchSpace SPACE = SmallSpace.of(3, true);

  @Test
  void changed_anyChoices_differInOneDecisionAndStayInTheSpace() {
    Evolution evolution = new Evolution(SPACE);
    SplittableRandom random = new SplittableRandom(1);
    Choices before = UniformDraw.of(SPACE, random);
    Set<Integer> places = new HashSet<>();
    for (int draw = 0; draw < 2000; draw++) {
      Choices after = evolution.changed(before, random);
      List<Integer> differing = new ArrayList<>();
      for (int place = 0; place < before.discrete().size(); place++) {
        if (!before.discrete().get(place).equals(after.discrete().get(place))) {
          differing.add(place);
        }
      }
      for (int real = 0; real < before.continuous().size(); real++) {
        assertThat(after.continuous().get(real)).isBetween(0.0, 1.0);
        if (!before.continuous().get(real).equals(after.continuous().get(real))) {
          differing.add(-1 - real);
        }
      }
      assertThat(differing).hasSize(1);
      places.addAll(differing);
      SPACE.decode(after);
    }
    // Every choice of every decision is changed at some time.
    assertThat(places).hasSize(before.discrete().size() + before.continuous().size());
  }

  /** A copy that trains the very same network again would waste an evaluation. */
  @Test
  void changed_layersLeftOut_changesWhatIsThere() {
    SearchSpace space = SmallSpace.of(4, true, true);
    Evolution evolution = new Evolution(space);
    SplittableRandom random = new SplittableRandom(3);
    Choices drawn = UniformDraw.of(space, random);
    List<Integer> discrete = new ArrayList<>(drawn.discrete());
    PerceptronSpace networks = space.architecture().perceptron();
    for (int layer = 1; layer < 4; layer++) {
      discrete.set(networks.column(layer) - 1, 0);
    }
    Choices before = new Choices(discrete, drawn.continuous());
    Set<Integer> depths = new HashSet<>();
    for (int draw = 0; draw < 500; draw++) {
      Candidate after = space.decode(evolution.changed(before, random));
      assertThat(after).isNotEqualTo(space.decode(before));
      depths.add(after.architecture().perceptron().layers().size());
    }
    assertThat(depths).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void next_oneGoodOfThePopulation_isTheUsualParentAndAnOldOneNever() {
    Evolution evolution = new Evolution(SPACE);
    SplittableRandom random = new SplittableRandom(2);
    List<Contender> contenders = new ArrayList<>();
    // The very best is too old.
    for (int index = 0; index <= Evolution.POPULATION; index++) {
      double loss = index == 0 ? 0 : index == 7 ? 0.5 : 1 + index;
      contenders.add(
          new Contender(UniformDraw.of(SPACE, random), true, List.of(new Evaluation(loss, 0.5))));
    }
    int good = 0;
    for (int draw = 0; draw < 1000; draw++) {
      Choices next = evolution.next(contenders, random).choices();
      good += distance(next, contenders.get(7).choices()) == 1 ? 1 : 0;
      assertThat(distance(next, contenders.get(0).choices())).isGreaterThan(1);
    }
    // Among five draws from twenty with replacement: 1 - 0.95^5.
    assertThat(good / 1000.0).isBetween(0.18, 0.28);
  }

  private static int distance(Choices one, Choices other) {
    int distance = 0;
    for (int place = 0; place < one.discrete().size(); place++) {
      distance += one.discrete().get(place).equals(other.discrete().get(place)) ? 0 : 1;
    }
    for (int real = 0; real < one.continuous().size(); real++) {
      distance += one.continuous().get(real).equals(other.continuous().get(real)) ? 0 : 1;
    }
    return distance;
  }
}
