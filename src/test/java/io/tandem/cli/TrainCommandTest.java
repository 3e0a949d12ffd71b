package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.disk.RunDirectory;
import io.tandem.disk.UserError;
import io.tandem.report.Results;
import io.tandem.space.ConvolutionOperation;
import io.tandem.space.MacroArchitecture;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** People have architectures from elsewhere: what they write is what is trained and exported. */
class TrainCommandTest {
  private static final String MACRO = "space.macro.dropout=0";

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private String error = "";

  private int train(String architecture, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("train", "--architecture", architecture, "--set"));
    arguments.add("retrain.examples=2000");
    arguments.addAll(List.of(more));
    CommandLine line = new CommandLine(new Tandem());
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(new StringWriter()));
    line.setExecutionExceptionHandler(
        (failure, own, parsed) -> {
          error = String.valueOf(failure.getMessage());
          return failure instanceof UserError mistake ? mistake.kind().exitCode() : 1;
        });
    return line.execute(arguments.toArray(String[]::new));
  }

  @Test
  void train_publishedEncoding_isTrainedWithItsOwnDepthAndWidthAndExported() throws Exception {
    Path file = Files.writeString(directory.resolve("arc.txt"), "0\n1 0\n3 1 1\n");
    String run = directory.resolve("given").toString();
    assertThat(train(file.toString(), "--set", MACRO, "--set", "retrain.filters=5", "--out", run))
        .as(error)
        .isZero();
    assertThat(out.toString()).contains("test accuracy").doesNotContain("validation accuracy");
    RunDirectory made = RunDirectory.open(Path.of(run));
    assertThat(made.model().resolve("1/saved_model.pb")).exists();
    assertThat(made.manifest().strategy()).isEqualTo("given");
    Results results = Results.read(made.result()).orElseThrow();
    assertThat(results.winner().architecture())
        .isEqualTo(
            new MacroArchitecture(
                List.of(
                    new MacroArchitecture.Layer(ConvolutionOperation.CONV_3X3, List.of()),
                    new MacroArchitecture.Layer(ConvolutionOperation.SEPARABLE_3X3, List.of()),
                    new MacroArchitecture.Layer(
                        ConvolutionOperation.SEPARABLE_5X5, List.of(0, 1)))));
    assertThat(results.validation()).isNaN();
    assertThat(Files.readString(made.result())).contains("\"validation.accuracy\" : null");
    assertThat(Files.readString(made.winnerText()))
        .contains("2: separable 5x5, adds stem, layer 0")
        .contains("5 filters");
    assertThat(made.manifest().command()).contains("--architecture " + file);

    // The architecture of a run, trained once more.
    String again = directory.resolve("again").toString();
    assertThat(train(run, "--set", MACRO, "--set", "retrain.filters=5", "--out", again))
        .as(error)
        .isZero();
    assertThat(Results.read(RunDirectory.open(Path.of(again)).result()).orElseThrow())
        .extracting(Results::test, result -> result.winner())
        .containsExactly(results.test(), results.winner());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 1 0 3 1 9|space.macro.layers=3|number 6 of the encoding is 9, expected a bit for layer 0",
        "0 1 0 3 1|space.macro.layers=3|the encoding has 5 numbers, expected 3 for 2 layers or 6",
        "0 1 0|search.samples=8|fully connected networks have no published encoding",
        "[{\"operation\":\"conv_3x3\",\"adds\":[]}]|search.samples=8|found a macro network where",
        "[{\"operation\":\"conv_9x9\",\"adds\":[]}]|space.macro.layers=3|operation \"conv_9x9\" is not known, expected conv_3x3, sep",
        "[{\"operation\":|space.macro.layers=3|not JSON",
        "1 0 0 4 2 1 1 3|space.micro.cells=1|number 5 of the encoding is 2, expected a source of block 0, 0..1",
        "0 1 0|space.micro.cells=1|the encoding has 3 numbers, expected a multiple of 8",
        "[{\"operation\":\"conv_3x3\",\"adds\":[]}]|space.micro.cells=1|found a macro network where",
        "[{\"cell\":\"up\"}]|space.micro.cells=1|cell \"up\" is not known, expected normal, reduction",
        "[{\"cell\":\"normal\",\"first\":{\"source\":\"block 0\"}}]|space.micro.cells=1|block 0: source \"block 0\" is not known, expected cell k-2, cell k-1",
        "1 0 0 4 1 1 1 3|search.samples=8|fully connected networks have no published encoding",
        "0 0 0 2 1|space.recurrent.nodes=3|number 4 of the encoding is 2, expected the node that node 2 reads, 0..1",
        "[{\"node\":0,\"activation\":\"gelu\"}]|space.recurrent.nodes=3|activation \"gelu\" is not known, expected tanh, relu",
        "0 0 1 1|space.recurrent.nodes=3|space.recurrent: needs text; use data.text",
        "0|retrain.filters=1|retrain.filters: 1 is not allowed",
        "0|retrain.cells=3|retrain.cells: 3 is not allowed without space.micro"
      })
  void train_slip_isOneLineWithThePlace(String architecture, String setting, String message) {
    assertThat(train(architecture, "--set", setting, "--out", directory.resolve("x").toString()))
        .isEqualTo(2);
    assertThat(error).contains(message);
    assertThat(directory.resolve("x")).doesNotExist();
  }

  @Test
  void train_slipInAFile_namesTheFile() throws Exception {
    Path file = Files.writeString(directory.resolve("mine.txt"), "0 1 0 3 1 9\n");
    assertThat(train(file.toString(), "--set", "space.macro.layers=3")).isEqualTo(2);
    assertThat(error)
        .contains(file + ": number 6 of the encoding is 9, expected a bit for layer 0, 0..1");
    assertThat(train("0 1 7", "--set", "space.macro.layers=2")).isEqualTo(2);
    assertThat(error)
        .contains("--architecture: number 3 of the encoding is 7, expected a bit for stem, 0..1");
  }
}
