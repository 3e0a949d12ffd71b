package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Whether a configuration can have exact hypergradients is read off this listing. */
class DescribeCommandTest {
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
