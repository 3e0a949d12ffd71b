package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Whether a configuration can have exact hypergradients is read off this listing. */
class DescribeCommandTest {
  @Test
  void describe_macro_hasItsSizesAndCoversEveryOperationToSecondOrder() {
    String out =
        describe(
            "graph=graphs/macro.pbtxt",
            "space.macro.layers=3",
            "space.macro.filters=4",
            "space.macro.double_filters=false");
    // Stem 44; a layer 24 + 8 and its operation: 0, or 5 x 5 x 16 + 8; two
    // reductions on the way, three of earlier outputs 24 each; head 50. Shared: all operations.
    assertThat(out)
        .containsPattern("parameters  238 to 1,534 weights per network, shared: 2,902\n")
        .containsPattern(
            "memory      \\d+\\.\\d MiB in variables, data included; about \\d+\\.\\d MiB")
        .contains("refinement  none");
    coversEveryOperation(out, "Conv2DBackpropFilter");
  }

  @Test
  void describe_micro_hasItsSizesAndCoversEveryOperationToSecondOrder() {
    String out =
        describe(
            "graph=graphs/micro.pbtxt",
            "space.micro.cells=1",
            "space.micro.filters=2",
            "space.micro.blocks=1",
            "inner.unroll_steps=1",
            "space.optimizer.momentum=0.9");
    assertThat(out).contains("parameters  644 to 3,380 weights per network, shared: 9,444\n");
    coversEveryOperation(out, "DepthwiseConv2dNativeBackpropFilter");
  }

  private static String describe(String... settings) {
    StringWriter out = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    List<String> arguments = new ArrayList<>(List.of("describe"));
    for (String set : settings) {
      arguments.addAll(List.of("--set", set));
    }
    assertThat(line.execute(arguments.toArray(new String[0]))).isZero();
    return out.toString();
  }

  /** Each has both derivatives or needs none, and one of them is there. */
  private static void coversEveryOperation(String out, String one) {
    assertThat(
            out.lines()
                .dropWhile(text -> !text.startsWith("operations"))
                .skip(1)
                .map(text -> text.strip().replaceAll(" +", " ")))
        .hasSizeGreaterThan(40)
        .allMatch(text -> text.matches("\\w+ [\\d,]+ (yes yes|not needed)"))
        .anyMatch(text -> text.matches(one + " .* yes yes"));
  }

  @Test
  void describe_shippedConfiguration_coversEveryOperationToSecondOrder() {
    StringWriter out = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    assertThat(
            line.execute(
                "describe",
                "configs/digits.pbtxt",
                "--set",
                "inner.unroll_steps=1",
                "--set",
                "space.optimizer.momentum=0.9",
                "--set",
                "search.refine.steps=10"))
        .isZero();
    assertThat(out.toString())
        .containsPattern(
            "refinement  10 outer steps through 1,875 training steps; up to \\d+\\.\\d MiB for states");
    List<String> operations =
        out.toString()
            .lines()
            .dropWhile(text -> !text.startsWith("operations"))
            .skip(1)
            .map(text -> text.strip().replaceAll(" +", " "))
            .toList();
    assertThat(operations).hasSizeGreaterThan(40);
    assertThat(operations).allMatch(text -> text.matches("\\w+ [\\d,]+ (yes yes|not needed)"));
    assertThat(operations)
        .anyMatch(text -> text.matches("ReluGrad .* yes yes"))
        .anyMatch(text -> text.matches("_SwitchN .* yes yes"))
        .anyMatch(text -> text.matches("Assign .* not needed"))
        .anyMatch(text -> text.matches("ArgMax .* not needed"));
  }
}
