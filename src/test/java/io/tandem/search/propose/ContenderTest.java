package io.tandem.search.propose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.Json;
import io.tandem.graph.joint.child.Evaluation;
import io.tandem.space.Choices;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContenderTest {
  /** A network that is less sure of itself than it could be has a high loss and knows as much. */
  @Test
  void order_isByCalibratedLoss() {
    Contender smoothed = contender(new Evaluation(0.9, 0.8, 0.3));
    Contender sure = contender(new Evaluation(0.5, 0.8, 0.4));
    assertThat(List.of(sure, smoothed).stream().sorted(Contender.BEST_FIRST))
        .containsExactly(smoothed, sure);
    assertThat(smoothed.last().isBetterThan(sure.last())).isTrue();
    assertThat(sure.last().isBetterThan(smoothed.last())).isFalse();
  }

  @Test
  void json_keepsEveryFigure() {
    Contender contender = contender(new Evaluation(0.1 + 0.2, 0.8, 1 / 3.0));
    assertThat(Contender.fromJson(contender.toJson())).isEqualTo(contender);
  }

  /** A run of an earlier version goes on by what it was ranked by. */
  @Test
  void json_withoutCalibratedLoss_hasThePlainOne() {
    ObjectNode node =
        Json.parse(
                "{\"discrete\":[1],\"continuous\":[],\"drawn\":true,\"rungs\":[[\"0.5\",\"0.8\"]]}")
            .orElseThrow();
    assertThat(Contender.fromJson(node)).isEqualTo(contender(new Evaluation(0.5, 0.8)));
  }

  private static Contender contender(Evaluation evaluation) {
    return new Contender(new Choices(List.of(1), List.of()), true, List.of(evaluation));
  }
}
