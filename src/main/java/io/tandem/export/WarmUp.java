package io.tandem.export;

import com.google.protobuf.ByteString;
import io.tandem.export.proto.ClassificationRequest;
import io.tandem.export.proto.ClassifyLog;
import io.tandem.export.proto.ExampleList;
import io.tandem.export.proto.Input;
import io.tandem.export.proto.ModelSpec;
import io.tandem.export.proto.PredictLog;
import io.tandem.export.proto.PredictRequest;
import io.tandem.export.proto.PredictionLog;
import io.tandem.graph.child.TrainedPerceptron;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
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
      String name, TrainedPerceptron model, List<Integer> batchSizes, Samples samples) {
    List<PredictionLog> logs = new ArrayList<>();
    for (int batch : batchSizes) {
      float[] rows = samples.first(batch);
      logs.add(
          PredictionLog.newBuilder()
              .setPredictLog(
                  PredictLog.newBuilder()
                      .setRequest(
                          PredictRequest.newBuilder()
                              .setModelSpec(spec(name, ServingGraph.DEFAULT))
                              .putInputs(
                                  ServingGraph.FEATURES,
                                  tensor(rows, batch, model.features()).toByteString())))
              .build());
      ExampleList.Builder list = ExampleList.newBuilder();
      examples(model, rows).forEach(list::addExamples);
      logs.add(
          PredictionLog.newBuilder()
              .setClassifyLog(
                  ClassifyLog.newBuilder()
                      .setRequest(
                          ClassificationRequest.newBuilder()
                              .setModelSpec(spec(name, ServingGraph.CLASSIFY))
                              .setInput(Input.newBuilder().setExampleList(list))))
              .build());
    }
    return logs;
  }

  /** Serialized {@code tf.Example}s of rows of raw features. */
  static List<ByteString> examples(TrainedPerceptron model, float[] rows) {
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

  private static TensorProto tensor(float[] rows, int batch, int columns) {
    ByteBuffer content =
        ByteBuffer.allocate(rows.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    content.asFloatBuffer().put(rows);
    return TensorProto.newBuilder()
        .setDtype(DataType.DT_FLOAT)
        .setTensorShape(
            TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dim.newBuilder().setSize(batch))
                .addDim(TensorShapeProto.Dim.newBuilder().setSize(columns)))
        .setTensorContent(ByteString.copyFrom(content))
        .build();
  }
}
