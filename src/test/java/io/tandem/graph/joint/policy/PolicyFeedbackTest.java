package io.tandem.graph.joint.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.space.Choices;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which decisions the response is credited to. */
final class PolicyFeedbackTest {
  private static final double[] DIRECT = {0.5, -0.5};
  private static final double[] RESPONSE = {0.2, -0.2};

  private static PolicyFeedback feedback(@Nullable GateFeedback gates) {
    List<Choices> samples =
        List.of(
            new Choices(List.of(0), List.of(0.1, 0.2, 0.3)),
            new Choices(List.of(1), List.of(0.4, 0.5, 0.6)));
    return new PolicyFeedback(
        samples,
        false,
        1,
        2,
        DIRECT,
        RESPONSE,
        new double[2],
        new double[][] {{1, 2, 3}, {4, 5, 6}},
        gates);
  }

  @Test
  void shaping_response_goesToTheArchitectureAndWhatIsKept() {
    PolicyFeedback response = feedback(null).shaping(false, true, false).responsePart();
    assertThat(response.direct()).containsExactly(RESPONSE);
    assertThat(response.response()).containsOnly(0);
    assertThat(response.pathwise()).isDeepEqualTo(new double[][] {{0, 2, 0}, {0, 5, 0}});
  }

  @Test
  void shaping_direct_staysAsItIs() {
    PolicyFeedback direct = feedback(null).shaping(false, true, false).directPart();
    assertThat(direct.direct()).containsExactly(DIRECT);
    assertThat(direct.response()).containsOnly(0);
    assertThat(direct.pathwise()).isDeepEqualTo(new double[2][3]);
  }

  /** Without it the response is credited to all discrete decisions and by every derivative. */
  @Test
  void responsePart_ofAll_hasEverything() {
    PolicyFeedback response = feedback(null).responsePart();
    assertThat(response.direct()).containsOnly(0);
    assertThat(response.response()).containsExactly(RESPONSE);
    assertThat(response.pathwise()).isDeepEqualTo(new double[][] {{1, 2, 3}, {4, 5, 6}});
  }

  /** With gates the architecture has a derivative of its own, and no score. */
  @Test
  void shaping_withGates_leavesTheGatesAlone() {
    GateFeedback gates = new GateFeedback(new double[][] {{1}, {2}}, new double[][] {{3}, {4}});
    PolicyFeedback all = feedback(gates).responsePart();
    assertThat(all.direct()).containsExactly(-0.2, 0.2);
    PolicyFeedback response = feedback(gates).shaping(true, true, true).responsePart();
    assertThat(response.direct()).containsExactly(new double[2], within(0.0));
    assertThat(response.response()).containsOnly(0);
    assertThat(Objects.requireNonNull(response.gates()).response()).isDeepEqualTo(gates.response());
  }
}
