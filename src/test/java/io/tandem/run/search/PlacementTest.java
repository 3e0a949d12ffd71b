package io.tandem.run.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.config.ConfigLoader;
import io.tandem.config.Experiment;
import io.tandem.data.DataSplit;
import io.tandem.data.Inputs;
import io.tandem.data.source.DataLoader;
import io.tandem.disk.UserError;
import io.tandem.graph.core.Precision;
import io.tandem.graph.hypergradient.Unrolled;
import io.tandem.graph.inner.FamilySwitch;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.graph.joint.ArchitectureGradient;
import io.tandem.graph.joint.ChildProgram;
import io.tandem.graph.joint.GraphVariables;
import io.tandem.graph.joint.JointSettings;
import io.tandem.graph.joint.ResponseThrough;
import io.tandem.graph.joint.child.Rows;
import io.tandem.graph.joint.policy.LearningPolicy;
import io.tandem.graph.joint.policy.PolicyProgram;
import io.tandem.graph.joint.response.Response;
import io.tandem.graph.preprocessing.GraphImageDecoder;
import io.tandem.graph.session.Device;
import io.tandem.graph.session.Placement;
import io.tandem.graph.session.RuntimeSettings;
import io.tandem.graph.session.SessionConfig;
import io.tandem.space.Candidate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;

/**
 * Without a GPU at hand, the devices that the nodes of the static graph ask for are what shows
 * where it would run; with soft placement the same graph runs on the CPU, with the same bits.
 */
class PlacementTest {
  private static final String CPU = "/device:CPU:0";
  private static final String GPU = "/device:GPU:0";
  private static final Experiment EXPERIMENT =
      ConfigLoader.defaults(List.of("space.perceptron.layers=2", "space.perceptron.units=[8, 16]"))
          .experiment();
  private static final DataSplit DATA =
      DataLoader.load(EXPERIMENT.data(), EXPERIMENT.seed(), GraphImageDecoder::new);

  /** A static graph of the default experiment, small, and what one loop of it answers. */
  private record Built(List<NodeDef> nodes, Response response, double trainingLoss) {
    static Built with(Placement placement) {
      RuntimeSettings runtime = new RuntimeSettings(Device.CPU, 1, 1, true, placement.precision());
      Inputs train = new Inputs(DATA.train(), DATA.standardisation());
      Inputs validation = new Inputs(DATA.validation(), DATA.standardisation());
      try (Graph graph = new Graph();
          Session session = new Session(graph, SessionConfig.ofBranches(runtime))) {
        LearningPolicy policy =
            PolicyProgram.create(
                graph,
                session,
                TFloat32.class,
                EXPERIMENT.space(),
                EXPERIMENT.controller(),
                1,
                7,
                false);
        ChildProgram<TFloat32> child =
            new ChildProgram<>(
                    graph,
                    session,
                    placement,
                    TFloat32.class,
                    EXPERIMENT.space(),
                    train,
                    validation,
                    AugmentationSettings.none(),
                    new FamilySwitch(EXPERIMENT.space().optimizer().families(), EXPERIMENT.inner()),
                    EXPERIMENT.inner(),
                    new JointSettings(ResponseThrough.SAMPLE, ArchitectureGradient.SCORE))
                .withResponse(new Unrolled());
        new GraphVariables(graph, session, child.passingVariables()).initialise();
        child.load();
        child.initialise(1, EXPERIMENT.fixedOptimizer());
        Candidate candidate = EXPERIMENT.space().decode(policy.sample(1, 2, 3).get(0));
        int[] batch = IntStream.range(0, 32).toArray();
        int[][] steps =
            IntStream.range(0, EXPERIMENT.inner().unrollSteps())
                .mapToObj(step -> batch)
                .toArray(int[][]::new);
        Rows rows = new Rows(steps, batch, 4, 5);
        Response response = child.respond(candidate, 1, rows);
        double loss = child.train(candidate, 1, rows, true, true, 0).loss();
        return new Built(graph.toGraphDef().getNodeList(), response, loss);
      }
    }

    List<String> devices(String prefix, String... types) {
      return nodes.stream()
          .filter(node -> node.getName().startsWith(prefix))
          .filter(node -> !node.getName().contains("gradients"))
          .filter(node -> List.of(types).contains(node.getOp()))
          .map(NodeDef::getDevice)
          .distinct()
          .toList();
    }
  }

  @Test
  void staticGraph_onGpu_hasNetworkThereAndDecisionsOnTheCpu() {
    Built gpu = Built.with(new Placement(true, false, Precision.FLOAT32));
    assertThat(gpu.devices("controller/", "MatMul", "VariableV2")).containsExactly(CPU);
    assertThat(gpu.devices("policy/", "Mul", "Placeholder", "VariableV2")).containsExactly(CPU);
    assertThat(gpu.devices("child/", "MatMul", "BiasAdd", "VariableV2")).containsExactly(GPU);
    assertThat(indices(gpu)).isNotEmpty().containsOnly(CPU);

    Built cpu = Built.with(Placement.cpu());
    assertThat(cpu.devices("child/", "MatMul", "BiasAdd", "VariableV2")).containsExactly(CPU);
    assertThat(gpu.response().after()).isEqualTo(cpu.response().after());
    assertThat(gpu.response().response()).isEqualTo(cpu.response().response());
    assertThat(gpu.trainingLoss()).isEqualTo(cpu.trainingLoss());
  }

  /** Devices of what the architecture's branches are chosen by: the second input of _SwitchN. */
  private static List<String> indices(Built built) {
    List<String> sources =
        built.nodes().stream()
            .filter(node -> node.getOp().equals("_SwitchN"))
            .filter(node -> !node.getName().contains("gradients"))
            .map(node -> node.getInput(1))
            .toList();
    return built.nodes().stream()
        .filter(node -> sources.contains(node.getName()))
        .filter(node -> List.of("GatherV2", "Placeholder").contains(node.getOp()))
        .map(NodeDef::getDevice)
        .toList();
  }

  @Test
  void staticGraph_bfloat16_differsALittle() {
    Built full = Built.with(Placement.cpu());
    Built reduced = Built.with(new Placement(false, false, Precision.BFLOAT16));
    assertThat(reduced.trainingLoss()).isNotEqualTo(full.trainingLoss());
    assertThat(reduced.trainingLoss() / full.trainingLoss()).isBetween(0.95, 1.05);
    assertThat(reduced.response().response()).isNotEqualTo(full.response().response());
  }

  @Test
  void of_deviceOfTheSettings_isFoundOrRefused() {
    RuntimeSettings automatic = new RuntimeSettings(Device.AUTO, 0, 0, true, Precision.BFLOAT16);
    Placement found = Placement.of(automatic);
    assertThat(found.precision()).isEqualTo(Precision.BFLOAT16);
    assertThat(found.searchedInVain()).isEqualTo(!found.gpu());
    RuntimeSettings cpu = new RuntimeSettings(Device.CPU, 0, 0, true, Precision.FLOAT32);
    assertThat(Placement.of(cpu)).isEqualTo(Placement.cpu());
    RuntimeSettings gpu = new RuntimeSettings(Device.GPU, 0, 0, true, Precision.FLOAT32);
    if (found.gpu()) {
      assertThat(Placement.of(gpu).gpu()).isTrue();
    } else {
      assertThat(found.text()).contains("CPU", "no GPU").doesNotContain("\n");
      assertThatThrownBy(() -> Placement.of(gpu))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("runtime.device: GPU")
          .hasMessageNotContaining("\n");
    }
  }
}
