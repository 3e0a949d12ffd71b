package io.tandem.export;

import com.google.protobuf.ByteString;
import io.tandem.data.ImageShape;
import io.tandem.export.proto.ClassificationRequest;
import io.tandem.export.proto.ClassifyLog;
import io.tandem.export.proto.ExampleList;
import io.tandem.export.proto.Input;
import io.tandem.export.proto.ModelSpec;
import io.tandem.export.proto.PredictLog;
import io.tandem.export.proto.PredictRequest;
import io.tandem.export.proto.PredictionLog;
import io.tandem.graph.child.TrainedNetwork;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.FloatList;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * The requests that TensorFlow Serving replays when it loads a version: one for each signature and
 * batch size. A request that fails keeps the version from being served.
 */
final class WarmUp {
  static final String FILE = "assets.extra/tf_serving_warmup_requests";

  private WarmUp() {}

  /** The recorded requests, {@code serving_default} first in each batch size. */
  static List<PredictionLog> requests(
      String name, TrainedNetwork model, List<Integer> batchSizes, Samples samples) {
    List<PredictionLog> logs = new ArrayList<>();
    for (int batch : batchSizes) {
      float[] rows = samples.first(batch);
      model
          .network()
          .imageShape()
          .ifPresentOrElse(
              image -> logs.addAll(ofImages(name, images(rows, image, model.white()), image)),
              () -> logs.addAll(ofRows(name, model, rows, batch)));
    }
    return logs;
  }

  private static List<PredictionLog> ofRows(
      String name, TrainedNetwork model, float[] rows, int batch) {
    ByteBuffer content =
        ByteBuffer.allocate(rows.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    content.asFloatBuffer().put(rows);
    TensorProto tensor =
        tensor(DataType.DT_FLOAT, batch, model.features())
            .setTensorContent(ByteString.copyFrom(content))
            .build();
    return List.of(
        predict(name, ServingGraph.DEFAULT, ServingGraph.FEATURES, tensor),
        classify(name, examples(model, rows)));
  }

  private static List<PredictionLog> ofImages(String name, List<byte[]> images, ImageShape shape) {
    List<ByteString> files =
        images.stream().map(image -> ByteString.copyFrom(Png.encode(image, shape))).toList();
    TensorProto raw =
        tensor(DataType.DT_UINT8, images.size(), shape.height(), shape.width(), shape.channels())
            .setTensorContent(
                ByteString.copyFrom(images.stream().map(ByteString::copyFrom).toList()))
            .build();
    TensorProto encoded = tensor(DataType.DT_STRING, images.size()).addAllStringVal(files).build();
    return List.of(
        predict(name, ServingGraph.DEFAULT, ImageSignatures.IMAGES, raw),
        predict(name, ImageSignatures.ENCODED, ImageSignatures.IMAGE_BYTES, encoded),
        classify(name, files.stream().map(WarmUp::example).toList()));
  }

  /** The images whose raw features these are: bytes divided by {@code white}. */
  static List<byte[]> images(float[] rows, ImageShape shape, float white) {
    List<byte[]> images = new ArrayList<>();
    for (int start = 0; start < rows.length; start += shape.size()) {
      byte[] image = new byte[shape.size()];
      for (int index = 0; index < image.length; index++) {
        image[index] = (byte) Math.round(rows[start + index] * white);
      }
      images.add(image);
    }
    return images;
  }

  /** A serialized {@code tf.Example} of an image file. */
  static ByteString example(ByteString file) {
    Feature value =
        Feature.newBuilder().setBytesList(BytesList.newBuilder().addValue(file)).build();
    return Example.newBuilder()
        .setFeatures(Features.newBuilder().putFeature(ImageSignatures.KEY, value))
        .build()
        .toByteString();
  }

  private static PredictionLog predict(
      String name, String signature, String input, TensorProto tensor) {
    return PredictionLog.newBuilder()
        .setPredictLog(
            PredictLog.newBuilder()
                .setRequest(
                    PredictRequest.newBuilder()
                        .setModelSpec(spec(name, signature))
                        .putInputs(input, tensor.toByteString())))
        .build();
  }

  private static PredictionLog classify(String name, List<ByteString> examples) {
    ExampleList.Builder list = ExampleList.newBuilder();
    examples.forEach(list::addExamples);
    return PredictionLog.newBuilder()
        .setClassifyLog(
            ClassifyLog.newBuilder()
                .setRequest(
                    ClassificationRequest.newBuilder()
                        .setModelSpec(spec(name, ServingGraph.CLASSIFY))
                        .setInput(Input.newBuilder().setExampleList(list))))
        .build();
  }

  /** Serialized {@code tf.Example}s of rows of raw features. */
  static List<ByteString> examples(TrainedNetwork model, float[] rows) {
    List<String> keys = ServingGraph.exampleKeys(model);
    int columns = model.features();
    int each = columns / keys.size();
    List<ByteString> examples = new ArrayList<>();
    for (int start = 0; start < rows.length; start += columns) {
      Features.Builder features = Features.newBuilder();
      for (int key = 0; key < keys.size(); key++) {
        FloatList.Builder values = FloatList.newBuilder();
        for (int column = key * each; column < (key + 1) * each; column++) {
          values.addValue(rows[start + column]);
        }
        features.putFeature(keys.get(key), Feature.newBuilder().setFloatList(values).build());
      }
      examples.add(Example.newBuilder().setFeatures(features).build().toByteString());
    }
    return examples;
  }

  private static ModelSpec spec(String name, String signature) {
    return ModelSpec.newBuilder().setName(name).setSignatureName(signature).build();
  }

  private static TensorProto.Builder tensor(DataType type, int... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int size : sizes) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return TensorProto.newBuilder().setDtype(type).setTensorShape(shape);
  }
}
