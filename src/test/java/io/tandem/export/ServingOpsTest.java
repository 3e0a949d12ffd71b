package io.tandem.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.OpDef;

/**
 * An op on the list runs in models that nobody vouches for. Those with a state can reach beyond the
 * graph; the few that a model needs for its variables are named here one by one.
 */
final class ServingOpsTest {
  /** Variables and how the loader fills them; {@code ModelTrust} says where they may be. */
  private static final Set<String> WITH_STATE = Set.of("VariableV2", "SaveV2", "RestoreV2");

  private static final Map<String, OpDef> REGISTRY =
      TensorFlow.registeredOpList().getOpList().stream()
          .collect(Collectors.toMap(OpDef::getName, Function.identity()));

  @Test
  void allowed_everyOp_isRegistered() {
    assertThat(REGISTRY.keySet()).containsAll(ServingOps.allowed());
  }

  @Test
  void allowed_opsWithState_areThoseOfVariables() {
    assertThat(ServingOps.allowed())
        .filteredOn(op -> REGISTRY.get(op).getIsStateful())
        .containsExactlyInAnyOrderElementsOf(WITH_STATE);
  }

  /** Without state in the registry, or with names that change: what each could do is known. */
  @Test
  void allowed_opsThatReachOut_areNotAmongThem() {
    assertThat(REGISTRY.keySet())
        .filteredOn(
            op ->
                op.matches(
                    ".*(File|Print|PyFunc|Reader|Dataset|Iterator|Rpc|Debug|Send|Recv|Remote|Table"
                        + "|Queue|Summary|Checkpoint|Call|Save|Restore|Service|Lookup|Xla|Stage).*"))
        .filteredOn(ServingOps.allowed()::contains)
        .containsExactlyInAnyOrder("SaveV2", "RestoreV2");
  }
}
