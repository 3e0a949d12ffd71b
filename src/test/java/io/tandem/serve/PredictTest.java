package io.tandem.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.cli.PredictCommand;
import io.tandem.export.ExportFixtures;
import io.tandem.export.ExportSettings;
import io.tandem.export.SavedModelExporter;
import io.tandem.export.VersionCopy;
import io.tandem.report.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import picocli.CommandLine;

/** Rows get one line each, and what does not fit gets one line that says why. */
class PredictTest {
  @TempDir static Path directory;
  private static Path version = Path.of("");

  @BeforeAll
  static void export() {
    version =
        new SavedModelExporter(new ExportSettings(List.of(1)))
            .export(
                ExportFixtures.servable(List.of()),
                directory.resolve("run/model"),
                1,
                ExportFixtures.card());
  }

  private static String predict(String model, String rows, String... more) throws IOException {
    Path file = Files.writeString(directory.resolve("rows.csv"), rows);
    StringWriter out = new StringWriter();
    CommandLine line = new CommandLine(new PredictCommand()).setOut(new PrintWriter(out));
    String[] args = new String[3 + more.length];
    args[0] = directory.resolve(model).toString();
    args[1] = "--input";
    args[2] = file.toString();
    System.arraycopy(more, 0, args, 3, more.length);
    UserError[] error = new UserError[1];
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          error[0] = (UserError) failure;
          return error[0].kind().exitCode();
        });
    line.execute(args);
    if (error[0] != null) {
      throw error[0];
    }
    return out.toString();
  }

  @Test
  void predict_headerOrNot_oneLinePerRow() throws IOException {
    String plain = predict("run", "1,2,3,4\n0,0.5,1,2\n");
    assertThat(plain.lines()).hasSize(2).allMatch(line -> line.matches("(ant|bee|wasp)(,\\S+){3}"));
    assertThat(predict("run/model", "a,b,c,d\n1,2,3,4\n0,0.5,1,2\n")).isEqualTo(plain);
    assertThat(predict("run/model/1", "1,2,3,4\n", "-f", "json"))
        .startsWith("{\"class\":\"")
        .contains("\"probabilities\":[");
  }

  @Test
  void predict_badRows_oneLineErrors() {
    assertThatThrownBy(() -> predict("run", "1,2,3\n"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("rows.csv:1: 3 columns, expected 4");
    assertThatThrownBy(() -> predict("run", "1,2,3,4\n1,x,3,4\n"))
        .hasMessageContaining("rows.csv:2: column 2: 'x' is not a finite number");
    assertThatThrownBy(() -> predict("run", "1,2,NaN,4\n")).hasMessageContaining("'NaN'");
    assertThatThrownBy(() -> predict("run", "")).hasMessageContaining("no rows");
    assertThatThrownBy(() -> predict("none", "1,2,3,4\n"))
        .hasMessageContaining("no such directory");
    assertThatThrownBy(() -> predict("", "1,2,3,4\n")).hasMessageContaining("holds no model");
  }

  @Test
  void open_foreignOps_refusedUnlessTrusted() throws IOException {
    Path foreign = VersionCopy.next(version, directory.resolve("foreign"));
    Path file = foreign.resolve("saved_model.pb");
    SavedModel.Builder model;
    try (InputStream input = Files.newInputStream(file)) {
      model = SavedModel.parseFrom(input).toBuilder();
    }
    model
        .getMetaGraphsBuilder(0)
        .getGraphDefBuilder()
        .addNode(NodeDef.newBuilder().setName("log").setOp("StringLength").addInput("class"));
    Files.write(file, model.build().toByteArray());
    assertThatThrownBy(() -> Predictor.open(foreign, false).close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("StringLength")
        .hasMessageContaining("--trust");
    try (Predictor trusted = Predictor.open(foreign, true)) {
      assertThat(trusted.predict(new float[4])).hasSize(1);
    }
  }

  @Test
  void open_garbage_oneLineError() throws IOException {
    Path broken = Files.createDirectories(directory.resolve("garbage/1"));
    Files.writeString(broken.resolve("saved_model.pb"), "not a model");
    assertThatThrownBy(() -> Predictor.open(broken, false).close())
        .isInstanceOf(UserError.class)
        .hasMessageNotContaining("\n");
  }

  @Test
  void copy_next_isTheSameModelUnderTheNextNumber() {
    Path base = directory.resolve("copies");
    assertThat(VersionCopy.next(version, base)).isEqualTo(base.resolve("1"));
    assertThat(VersionCopy.next(version, base)).isEqualTo(base.resolve("2"));
    assertThat(base.resolve("2/variables/variables.index"))
        .hasSameBinaryContentAs(version.resolve("variables/variables.index"));
  }
}
