package io.tandem.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.disk.Disk;
import io.tandem.disk.UserError;
import io.tandem.export.VersionCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * A model is a program, and people apply models that others made. What could reach a file, a
 * process or a connection is refused before anything of it runs.
 */
final class ModelTrustTest {
  @TempDir private static Path folder = Path.of("");
  private static Path version = Path.of("");

  @BeforeAll
  static void export() {
    version = CraftedModels.export(folder.resolve("good"));
  }

  private static Path copy() {
    return VersionCopy.next(Disk.system(), version, folder.resolve("crafted"));
  }

  private static void refused(Path crafted, String reason) {
    assertThatThrownBy(() -> Predictor.open(crafted, false).close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining(crafted.toString())
        .hasMessageContaining(reason)
        .hasMessageContaining("--trust")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WriteFile",
        "ReadFile",
        "MatchingFiles",
        "PyFunc",
        "EagerPyFunc",
        "Print",
        "PrintV2",
        "Save",
        "SaveSlices",
        "Restore",
        "ShardedFilename",
        "MergeV2Checkpoints",
        "TextLineReader",
        "WholeFileReader",
        "TFRecordDataset",
        "DebugIdentity",
        "DebugGrpc",
        "HashTableV2",
        "InitializeTableFromTextFileV2",
        "RemoteCall",
        "PartitionedCall",
        "SymbolicGradient",
        "XlaLaunch",
        "_Send",
        "_Recv",
        "RpcClient",
        "ImmutableConst"
      })
  void open_opOutsideTheList_isRefusedInGraphAndFunction(String op) throws IOException {
    Path inGraph = copy();
    CraftedModels.changeGraph(
        inGraph, graph -> graph.getGraphDefBuilder().addNode(CraftedModels.node("evil", op)));
    refused(inGraph, "holds the ops " + op);
    Path inFunction = copy();
    CraftedModels.changeGraph(
        inFunction, graph -> CraftedPlaces.addFunction(graph, CraftedModels.node("evil", op)));
    refused(inFunction, "holds the ops " + op);
  }

  /** Each puts nodes that write a file where something could run them. */
  static Stream<Arguments> places() {
    return Stream.of(
        Arguments.of("an answer", place(CraftedPlaces::asAnswer)),
        Arguments.of("what an answer waits for", place(CraftedPlaces::asControl)),
        Arguments.of(
            "the initialiser",
            place(graph -> CraftedPlaces.collection(graph, "saved_model_main_op"))),
        Arguments.of(
            "the old initialiser",
            place(graph -> CraftedPlaces.collection(graph, "legacy_init_op"))),
        Arguments.of("the initialiser by signature", place(CraftedPlaces::asInitialiser)),
        Arguments.of("the restoring", place(CraftedPlaces::asRestore)));
  }

  private static Consumer<MetaGraphDef.Builder> place(Consumer<MetaGraphDef.Builder> place) {
    return place;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("places")
  void open_writingFiles_isRefusedBeforeAnythingIsWritten(
      String name, Consumer<MetaGraphDef.Builder> place) throws IOException {
    Path target = folder.resolve("written-" + name.replace(' ', '-'));
    Path saving = copy();
    CraftedModels.changeGraph(
        saving,
        graph -> {
          graph.getGraphDefBuilder().addAllNode(CraftedModels.saving(target));
          place.accept(graph);
        });
    refused(saving, "it ");
    Path writing = copy();
    CraftedModels.changeGraph(
        writing,
        graph -> {
          graph.getGraphDefBuilder().addAllNode(CraftedModels.writing(target));
          place.accept(graph);
        });
    refused(writing, "holds the ops WriteFile");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).noneMatch(file -> file.toString().contains("written"));
    }
  }

  /** That the nodes are real: with trust they do write. */
  @Test
  void open_writingAnswerWithTrust_writes() throws IOException {
    Path target = folder.resolve("trusted");
    Path writing = copy();
    CraftedModels.changeGraph(
        writing,
        graph -> {
          graph.getGraphDefBuilder().addAllNode(CraftedModels.writing(target));
          CraftedPlaces.asControl(graph);
        });
    try (Predictor trusted = Predictor.open(writing, true)) {
      assertThat(trusted.predict(new float[4])).hasSize(1);
    }
    assertThat(target).hasContent("written");
  }

  @Test
  void open_restoringFromElsewhere_isRefused() throws IOException {
    Path elsewhere = copy();
    CraftedModels.changeGraph(
        elsewhere,
        graph -> {
          graph.getGraphDefBuilder().addNode(CraftedModels.text("evil/name", "/etc/passwd"));
          graph.getGraphDefBuilder().getNodeBuilderList().stream()
              .filter(node -> node.getOp().equals("RestoreV2"))
              .forEach(node -> node.setInput(0, "evil/name"));
        });
    refused(elsewhere, "other files than its variables");
    Path without = copy();
    CraftedModels.changeGraph(
        without,
        graph ->
            graph.getGraphDefBuilder().getNodeBuilderList().stream()
                .filter(node -> node.getOp().equals("RestoreV2"))
                .forEach(NodeDef.Builder::clearInput));
    refused(without, "other files than its variables");
  }

  @Test
  void open_fileOpInAFunction_isRefusedHoweverItIsCalled() throws IOException {
    Path called = copy();
    CraftedModels.changeGraph(
        called,
        graph -> {
          CraftedPlaces.addFunction(graph, CraftedModels.node("evil", "SaveV2"));
          graph
              .getGraphDefBuilder()
              .addNode(
                  CraftedModels.node("call", "StatelessIf")
                      .putAttr(
                          "then_branch",
                          AttrValue.newBuilder()
                              .setFunc(
                                  org.tensorflow.proto.NameAttrList.newBuilder().setName("body"))
                              .build()));
        });
    refused(called, "reads or writes files when it answers");
    Path byName = copy();
    CraftedModels.changeGraph(
        byName,
        graph -> {
          CraftedPlaces.addFunction(graph, CraftedModels.node("fine", "NoOp"));
          graph.getGraphDefBuilder().addNode(CraftedModels.node("call", "body"));
        });
    refused(byName, "holds the ops body");
  }
}
