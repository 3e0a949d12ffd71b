package io.tandem.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.cli.PredictCommand;
import io.tandem.data.DataException;
import io.tandem.data.StoredBytes;
import io.tandem.data.TableLayout;
import io.tandem.disk.Disk;
import io.tandem.disk.UserError;
import io.tandem.export.ExportFixtures;
import io.tandem.export.ExportSettings;
import io.tandem.export.SavedModelExporter;
import io.tandem.export.VersionCopy;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import picocli.CommandLine;

/** Rows get one line each, and what does not fit gets one line that says why. */
class PredictTest {
  @TempDir static Path directory;
  private static final StringWriter ERR = new StringWriter();
  private static Path version = Path.of("");

  @BeforeAll
  static void export() {
    version = export("run/model", List.of(), Optional.empty());
    TableLayout layout =
        new TableLayout(
            List.of("a", "b", "kind", "c d", "n"), true, 2, List.of(0, 1, 3, 4), ',', List.of("?"));
    export("named/model", layout.featureNames(), Optional.of(layout));
  }

  private static Path export(String name, List<String> features, Optional<TableLayout> table) {
    return new SavedModelExporter(new ExportSettings(List.of(1)), Disk.system())
        .export(
            ExportFixtures.servable(features, table),
            directory.resolve(name),
            1,
            ExportFixtures.card());
  }

  private static String predict(String model, String rows, String... more) throws IOException {
    Files.writeString(directory.resolve("rows.csv"), rows);
    List<String> args = new ArrayList<>(List.of(directory.resolve(model).toString()));
    if (Stream.of(more).noneMatch(option -> option.startsWith("--input"))) {
      args.addAll(List.of("--input", directory.resolve("rows.csv").toString()));
    }
    args.addAll(List.of(more));
    StringWriter out = new StringWriter();
    ERR.getBuffer().setLength(0);
    CommandLine line =
        new CommandLine(new PredictCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(ERR));
    RuntimeException[] error = new RuntimeException[1];
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          error[0] = (RuntimeException) failure;
          return 3;
        });
    line.execute(args.toArray(String[]::new));
    if (error[0] != null) {
      throw error[0];
    }
    return out.toString();
  }

  private static void refused(String model, String rows, String message, String... more) {
    assertThatThrownBy(() -> predict(model, rows, more))
        .isInstanceOfAny(DataException.class, UserError.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void predict_rows_headerAndOneLineEach() throws IOException {
    String plain = predict("run", "1,2,3,4\n0,0.5,1,2\n");
    assertThat(plain.lines().toList()).hasSize(3).first().isEqualTo("class,p_ant,p_bee,p_wasp");
    assertThat(plain.lines().skip(1)).allMatch(line -> line.matches("(ant|bee|wasp)(,\\S+){3}"));
    assertThat(predict("run/model", "a,b,c,d\n1,2,3,4\n0,0.5,1,2\n"))
        .as("a header over rows of a model without names")
        .isEqualTo(plain);
    assertThat(predict("run/model/1", "1,2,3,4\n", "-f", "json"))
        .matches("\\{\"class\":\"\\w+\",\"probabilities\":\\{\"ant\":[^}]*}}\n");
  }

  @Test
  void predict_columnsInAnotherOrder_sameAnswers() throws IOException {
    String inOrder = predict("named", "1,2,3,4\n0,0.5,1,2\n");
    assertThat(predict("named", "n,a,extra,c d,b\n4,1,x,3,2\n2,0,y,1,0.5\n")).isEqualTo(inOrder);
    assertThat(predict("named", "a,b,kind,c d,n\n1,2,bee,3,4\n0,0.5,ant,1,2\n"))
        .as("the training table")
        .isEqualTo(inOrder);
    assertThat(predict("named", "1,2,bee,3,4\n0,0.5,ant,1,2\n"))
        .as("without its header")
        .isEqualTo(inOrder);
    refused("named", "a,b,c,n\n1,2,3,4\n", "rows.csv:1: no column is called \"c d\"");
  }

  @Test
  void predict_id_isCarriedThroughAsItIs() throws IOException {
    String answers =
        predict(
            "named", "n,a,who,c d,b\n4,1,\"=1, \"\"x\"\"\",3,2\n2,0, 007,1,0.5\n", "--id", "who");
    assertThat(answers.lines().toList())
        .hasSize(3)
        .satisfies(lines -> assertThat(lines.get(0)).startsWith("who,class,p_ant"))
        .satisfies(lines -> assertThat(lines.get(1)).startsWith("\"=1, \"\"x\"\"\","))
        .satisfies(lines -> assertThat(lines.get(2)).startsWith("007,"));
    refused(
        "named",
        "a,b,c d,n\n1,2,3,4\n",
        "no column is called \"who\" (given by --id)",
        "--id",
        "who");
    refused("run", "1,2,3,4\n", "--id \"9\" is not a column", "--id", "9");
  }

  @Test
  void predict_columns_areThoseThatAreWanted() throws IOException {
    String table = "id,d,a,b,c d,n\n7,x,1,2,3,4\n8,\"y, z\",0,0.5,1,2\n";
    List<String> all = predict("named", table).lines().toList();
    String[] first = all.get(1).split(",", -1);
    String found = predict("named", table, "--columns", "d,class,id,p_bee,probability");
    assertThat(found.lines().findFirst()).contains("d,class,id,p_bee,probability");
    assertThat(found.lines().toList().get(1).split(",", -1))
        .startsWith("x", first[0], "7", first[2])
        .hasSize(5);
    assertThat(found.lines().toList().get(2)).startsWith("\"y, z\",");
    String json = predict("named", table, "--columns", "id,probability", "-f", "json");
    assertThat(json).startsWith("{\"id\":\"7\",\"probability\":0.");
    refused("named", table, "(given by --columns)", "--columns", "id,p_fly");
    refused("named", table, "named twice", "--columns", "id,id");
    refused("named", table, "an empty name", "--columns", "id,,class");
    refused("named", table, "--id: not allowed", "--columns", "class", "--id", "id");
  }

  @Test
  void predict_evaluate_printsTheScoreAndWritesAnswersOnlyToAFile() throws IOException {
    String table = "a,b,kind,c d,n\n1,2,bee,3,4\n0,0.5,ant,1,2\n";
    List<String> answered =
        predict("named", table).lines().skip(1).map(line -> line.split(",", -1)[0]).toList();
    int right = (answered.get(0).equals("bee") ? 1 : 0) + (answered.get(1).equals("ant") ? 1 : 0);
    Path file = directory.resolve("answers.csv");
    String score = predict("named", table, "--evaluate", "-o", file.toString());
    assertThat(score)
        .startsWith(String.format(Locale.ROOT, "accuracy %.4f, %d of 2 right", right / 2.0, right))
        .contains("  balanced accuracy ", "  calibration error ");
    assertThat(Files.readString(file)).isEqualTo(predict("named", table));
    assertThat(predict("named", table, "--evaluate", "-f", "json")).startsWith("{\"accuracy\":");
    refused("named", "a,b,kind,c d,n\n1,2,fly,3,4\n", "\"fly\"", "--evaluate");
    refused("named", "a,b,kind,c d,n\n1,2,?,3,4\n", "nothing could be compared", "--evaluate");
    refused("named", "1,2,3,4\n", "no label", "--evaluate");
  }

  @Test
  void predict_evaluateOnTheTrainingFile_saysSo() throws IOException {
    String table = "a,b,kind,c d,n\n1,2,bee,3,4\n0,0.5,ant,1,2\n";
    Path run = directory.resolve("named");
    Path rows = Files.writeString(directory.resolve("rows.csv"), table);
    Path manifest = run.resolve("run.json");
    Path seal = run.resolve("data.sha256");
    Files.writeString(manifest, "{\"seed\":1,\"started\":\"2026-01-01T00:00:00Z\"}");
    Files.writeString(seal, StoredBytes.sha256(rows) + "\n");
    try {
      predict("named/model/1", table, "--evaluate");
      assertThat(ERR.toString())
          .startsWith(rows + ": the model was trained on rows of this file, so the score is too")
          .hasLineCount(1);
      predict("named", table);
      assertThat(ERR.toString()).isEmpty();
      predict("named", table + "2,2,bee,3,4\n", "--evaluate");
      assertThat(ERR.toString()).isEmpty();
    } finally {
      Files.delete(manifest);
      Files.delete(seal);
    }
    predict("named", table, "--evaluate");
    assertThat(ERR.toString()).as("a model without its run").isEmpty();
  }

  @Test
  void predict_badRows_oneLineErrorsWithPlace() {
    refused("run", "1,2,3\n", "rows.csv:1: the row has 3 cells, expected the 4 features");
    refused("run", "1;2;3;4\n", "--delimiter ';'", "--delimiter", ",");
    refused("run", "1,2,3,4\n1,x,3,4\n", "rows.csv:2:2: \"x\" is not a number");
    refused("run", "1,2,NaN,4\n", "rows.csv:1:3: \"NaN\" is not finite");
    refused("run", "1,,3,4\n1,2,3,4\n", "rows.csv:1:2:");
    refused("run", "1,2,3,4\n1,2,3\n", "rows.csv:2:4: the row has 3 cells, expected 4");
    refused("run", "", "the file is empty");
    refused("run", "a,b,c,d\n", "a header and no rows");
    refused("none", "1,2,3,4\n", "no such directory");
    refused("", "1,2,3,4\n", "holds no model");
    refused("run", "1,2,3,4\n", "--labels: not allowed", "--labels", "x");
    refused("run", "1,2,3,4\n", "expected csv or json", "-f", "xml");
  }

  /** As of a shell's {@code <(command)}: a pipe has no position to go back to. */
  @Test
  void predict_pipe_isReadAsAStream() throws Exception {
    String rows = "1,2,3,4\n0,0.5,1,2\n";
    String plain = predict("run", rows);
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    for (String command : List.of("cat", "gzip -c")) {
      Process writer =
          new ProcessBuilder(
                  "sh", "-c", command + " '" + directory.resolve("rows.csv") + "' >'" + pipe + "'")
              .start();
      assertThat(predict("run", rows, "--input=" + pipe)).as(command).isEqualTo(plain);
      assertThat(writer.waitFor()).isZero();
    }
    Process writer = new ProcessBuilder("sh", "-c", "printf '1,\"a\"b' >'" + pipe + "'").start();
    refused("run", rows, pipe + ":1: text follows a closing quote", "--input=" + pipe);
    assertThat(writer.waitFor()).isZero();
  }

  @Test
  void predict_intoItsOwnInput_isRefusedByAnyPath() throws IOException {
    String again = directory.resolve("run/../rows.csv").toString();
    refused("run", "1,2,3,4\n", "is the input itself; name another file", "-o", again);
    assertThat(directory.resolve("rows.csv")).hasContent("1,2,3,4");
  }

  @Test
  void predict_failureInTheMiddle_leavesNoFileAndKeepsTheOld() throws IOException {
    Path file = Files.writeString(directory.resolve("kept.csv"), "old");
    refused("run", "1,2,3,4\n1,x,3,4\n", "\"x\"", "-o", file.toString());
    assertThat(file).hasContent("old");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.filter(each -> each.getFileName().toString().contains("kept"))).hasSize(1);
    }
  }

  @Test
  void predict_hugeValues_answersAreFiniteOrRefused() {
    refused("run", "3e38,-3e38,3e38,3e38\n", "rows.csv:1");
  }

  @Test
  void open_foreignOps_refusedUnlessTrusted() throws IOException {
    Path foreign = changed("foreign", "StringLength");
    assertThatThrownBy(() -> Predictor.open(foreign, false).close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("StringLength")
        .hasMessageContaining("--trust");
    try (Predictor trusted = Predictor.open(foreign, true)) {
      assertThat(trusted.predict(new float[4])).hasSize(1);
    }
  }

  /** Nothing in it is forbidden, but it is not what was exported. */
  @Test
  void open_changedGraph_refusedUnlessTrusted() throws IOException {
    Path changed = changed("changed", "Identity");
    assertThatThrownBy(() -> Predictor.open(changed, false).close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("its graph is not the one that was exported")
        .hasMessageContaining("--trust");
    try (Predictor trusted = Predictor.open(changed, true)) {
      assertThat(trusted.predict(new float[4])).hasSize(1);
    }
  }

  /** A copy of the model with one more node. */
  private static Path changed(String name, String op) throws IOException {
    Path copy = VersionCopy.next(Disk.system(), version, directory.resolve(name));
    Path file = copy.resolve("saved_model.pb");
    SavedModel.Builder model;
    try (InputStream input = Files.newInputStream(file)) {
      model = SavedModel.parseFrom(input).toBuilder();
    }
    NodeDef.Builder node = NodeDef.newBuilder().setName("more").setOp(op).addInput("class");
    if (op.equals("Identity")) {
      node.putAttr("T", AttrValue.newBuilder().setType(DataType.DT_STRING).build());
    }
    model.getMetaGraphsBuilder(0).getGraphDefBuilder().addNode(node);
    Files.write(file, model.build().toByteArray());
    return copy;
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
    assertThat(VersionCopy.next(Disk.system(), version, base)).isEqualTo(base.resolve("1"));
    assertThat(VersionCopy.next(Disk.system(), version, base)).isEqualTo(base.resolve("2"));
    assertThat(base.resolve("2/variables/variables.index"))
        .hasSameBinaryContentAs(version.resolve("variables/variables.index"));
  }
}
