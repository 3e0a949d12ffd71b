package io.tandem.serve;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.disk.Disk;
import io.tandem.disk.UserError;
import io.tandem.export.VersionCopy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** A damaged graph that would end the process is refused before TensorFlow sees it. */
final class ModelFormTest {
  @TempDir private static Path folder = Path.of("");
  private static Path version = Path.of("");

  @BeforeAll
  static void export() {
    version = CraftedModels.export(folder.resolve("good"));
  }

  private static void refused(Consumer<TensorProto.Builder> change) throws IOException {
    Path damaged = VersionCopy.next(Disk.system(), version, folder.resolve("damaged"));
    CraftedModels.changeGraph(
        damaged,
        graph -> {
          NodeDef.Builder constant =
              graph.getGraphDefBuilder().getNodeBuilderList().stream()
                  .filter(node -> node.getOp().equals("Const"))
                  .findFirst()
                  .orElseThrow();
          AttrValue.Builder value = constant.getAttrOrThrow("value").toBuilder();
          change.accept(value.getTensorBuilder());
          constant.putAttr("value", value.build());
        });
    for (boolean trust : new boolean[] {false, true}) {
      assertThatThrownBy(() -> Predictor.open(damaged, trust).close())
          .isInstanceOf(UserError.class)
          .hasMessageContaining(damaged + ": is damaged, its node");
    }
  }

  @Test
  void open_constantOfAnotherType_isRefused() throws IOException {
    refused(tensor -> tensor.setDtype(DataType.DT_INT4));
    refused(tensor -> tensor.setDtype(DataType.DT_BOOL));
  }

  @Test
  void open_constantOfSenselessSize_isRefused() throws IOException {
    refused(tensor -> tensor.setTensorShape(shape(-1)));
    refused(tensor -> tensor.setTensorShape(shape(Long.MAX_VALUE)));
    refused(tensor -> tensor.setTensorShape(shape(1 << 20, 1 << 20)));
    refused(tensor -> tensor.setTensorShape(TensorShapeProto.newBuilder().setUnknownRank(true)));
  }

  private static TensorShapeProto shape(long... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : sizes) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return shape.build();
  }

  /** In a function nobody else looks at them before memory is taken. */
  @Test
  void open_senselessCountsInAFunction_areRefused() throws IOException {
    for (long count : new long[] {Integer.MIN_VALUE, 0, 1L << 40}) {
      Path damaged = VersionCopy.next(Disk.system(), version, folder.resolve("damaged"));
      CraftedModels.changeGraph(
          damaged,
          graph ->
              graph
                  .getGraphDefBuilder()
                  .getLibraryBuilder()
                  .addFunction(
                      FunctionDef.newBuilder()
                          .addNodeDef(
                              CraftedModels.node("parts", "Split", "axis", "value")
                                  .putAttr(
                                      "num_split", AttrValue.newBuilder().setI(count).build()))));
      assertThatThrownBy(() -> Predictor.open(damaged, false).close())
          .isInstanceOf(UserError.class)
          .hasMessageContaining("is damaged, its node \"parts\" cannot be");
    }
  }

  @Test
  void open_numbersOfForeignKinds_areRefusedUnlessTrusted() throws IOException {
    Path foreign = VersionCopy.next(Disk.system(), version, folder.resolve("damaged"));
    CraftedModels.changeGraph(
        foreign,
        graph ->
            graph
                .getGraphDefBuilder()
                .addNode(
                    CraftedModels.node("half", "Placeholder")
                        .putAttr("dtype", CraftedModels.type(DataType.DT_HALF))));
    assertThatThrownBy(() -> Predictor.open(foreign, false).close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("holds numbers of kinds that no export has");
    Predictor.open(foreign, true).close();
  }
}
