package io.tandem.serve;

import io.tandem.disk.Disk;
import io.tandem.export.ExportFixtures;
import io.tandem.export.ExportSettings;
import io.tandem.export.SavedModelExporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Exported models into which somebody has put more. */
final class CraftedModels {
  private static final String FILE = "saved_model.pb";

  private CraftedModels() {}

  /** Exports a small model. */
  static Path export(Path base) {
    return new SavedModelExporter(new ExportSettings(List.of(1)), Disk.system())
        .export(ExportFixtures.servable(List.of()), base, 1, ExportFixtures.card());
  }

  /** Changes a model as a whole. */
  static void change(Path version, Consumer<SavedModel.Builder> change) throws IOException {
    Path file = version.resolve(FILE);
    SavedModel.Builder model = SavedModel.parseFrom(Files.readAllBytes(file)).toBuilder();
    change.accept(model);
    Files.write(file, model.build().toByteArray());
  }

  /** Changes its graph. */
  static void changeGraph(Path version, Consumer<MetaGraphDef.Builder> change) throws IOException {
    change(version, model -> change.accept(model.getMetaGraphsBuilder(0)));
  }

  /** A node without attributes. */
  static NodeDef.Builder node(String name, String op, String... inputs) {
    return NodeDef.newBuilder().setName(name).setOp(op).addAllInput(List.of(inputs));
  }

  /** A constant text. */
  static NodeDef.Builder text(String name, String value) {
    return node(name, "Const")
        .putAttr("dtype", type(DataType.DT_STRING))
        .putAttr("value", tensor(value));
  }

  /** An attribute that names a type. */
  static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }

  private static AttrValue tensor(String value) {
    return AttrValue.newBuilder()
        .setTensor(
            TensorProto.newBuilder()
                .setDtype(DataType.DT_STRING)
                .setTensorShape(TensorShapeProto.getDefaultInstance())
                .addStringVal(com.google.protobuf.ByteString.copyFromUtf8(value)))
        .build();
  }

  /** Nodes that write a file: its name, what goes into it, and the op. */
  static List<NodeDef> writing(Path file) {
    return List.of(
        text("evil/name", file.toString()).build(),
        text("evil/content", "written").build(),
        node("evil/write", "WriteFile", "evil/name", "evil/content").build());
  }

  /** Nodes that save variables elsewhere. */
  static List<NodeDef> saving(Path prefix) {
    AttrValue types =
        AttrValue.newBuilder()
            .setList(AttrValue.ListValue.newBuilder().addType(DataType.DT_STRING))
            .build();
    return List.of(
        text("evil/name", prefix.toString()).build(),
        texts("evil/tensors", "x"),
        texts("evil/slices", ""),
        text("evil/content", "written").build(),
        node("evil/write", "SaveV2", "evil/name", "evil/tensors", "evil/slices", "evil/content")
            .putAttr("dtypes", types)
            .build());
  }

  private static NodeDef texts(String name, String value) {
    AttrValue.Builder tensor = tensor(value).toBuilder();
    tensor
        .getTensorBuilder()
        .getTensorShapeBuilder()
        .addDim(TensorShapeProto.Dim.newBuilder().setSize(1));
    return text(name, value).putAttr("value", tensor.build()).build();
  }
}
