package io.tandem.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.SessionFunction;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.FloatList;
import org.tensorflow.proto.Int64List;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * Answers JSON requests by a model on disk, with the rules of TensorFlow Serving's REST interface
 * ({@code util/json_tensor.cc}) for what the exported signatures take and give.
 */
final class RestReplies implements AutoCloseable {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final SavedModelBundle model;

  RestReplies(Path version) {
    model = SavedModelBundle.load(version.toString(), "serve");
  }

  /** The reply to {@code :predict}, by rows for {@code instances} and whole for {@code inputs}. */
  ObjectNode predict(String request) throws IOException {
    JsonNode body = new ObjectMapper().readTree(request);
    boolean rows = body.has("instances");
    Map<String, JsonNode> outputs =
        call("serving_default", floats(rows ? body.get("instances") : body.get("inputs")));
    ObjectNode reply = JSON.objectNode();
    if (!rows) {
      return outputs.size() == 1
          ? reply.set("outputs", outputs.values().iterator().next())
          : reply.set("outputs", JSON.objectNode().setAll(outputs));
    }
    ArrayNode predictions = reply.putArray("predictions");
    int batch = outputs.values().iterator().next().size();
    for (int row = 0; row < batch; row++) {
      ObjectNode named = JSON.objectNode();
      for (Map.Entry<String, JsonNode> output : outputs.entrySet()) {
        if (output.getValue().size() != batch) {
          throw new IllegalStateException(
              "outputs of different batch size cannot be split in rows");
        }
        named.set(output.getKey(), output.getValue().get(row));
      }
      predictions.add(outputs.size() == 1 ? named.iterator().next() : named);
    }
    return reply;
  }

  /** The reply to {@code :classify}: for every example all labels with their scores. */
  ObjectNode classify(String request) throws IOException {
    JsonNode body = new ObjectMapper().readTree(request);
    List<byte[]> examples = new ArrayList<>();
    body.get("examples").forEach(example -> examples.add(example(example).toByteArray()));
    NdArray<byte[]> bytes = NdArrays.vectorOfObjects(examples.toArray(byte[][]::new));
    Map<String, JsonNode> outputs =
        call(body.get("signature_name").asText(), TString.tensorOfBytes(bytes));
    ObjectNode reply = JSON.objectNode();
    ArrayNode results = reply.putArray("results");
    for (int row = 0; row < examples.size(); row++) {
      ArrayNode pairs = results.addArray();
      for (int column = 0; column < outputs.get("classes").get(row).size(); column++) {
        pairs
            .addArray()
            .add(outputs.get("classes").get(row).get(column))
            .add(outputs.get("scores").get(row).get(column));
      }
    }
    return reply;
  }

  private Map<String, JsonNode> call(String signature, Tensor argument) {
    SessionFunction function = model.function(signature);
    String input = function.signature().inputNames().iterator().next();
    Map<String, JsonNode> outputs = new TreeMap<>();
    try (argument;
        Result result = function.call(Map.of(input, argument))) {
      for (Map.Entry<String, Tensor> output : result) {
        outputs.put(output.getKey(), json((NdArray<?>) output.getValue()));
      }
    }
    return outputs;
  }

  private static TFloat32 floats(JsonNode rows) {
    float[][] values = new float[rows.size()][rows.get(0).size()];
    for (int row = 0; row < values.length; row++) {
      for (int column = 0; column < values[row].length; column++) {
        values[row][column] = (float) rows.get(row).get(column).doubleValue();
      }
    }
    return TFloat32.tensorOf(StdArrays.ndCopyOf(values));
  }

  /** Whole numbers become int64, decimals float: that is the trap of this interface. */
  private static Example example(JsonNode fields) {
    Example.Builder example = Example.newBuilder();
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      example.getFeaturesBuilder().putFeature(field.getKey(), feature(field.getValue()));
    }
    return example.build();
  }

  private static Feature feature(JsonNode value) {
    Feature.Builder feature = Feature.newBuilder();
    if (value.isTextual()) {
      feature.setBytesList(
          BytesList.newBuilder().addValue(ByteString.copyFromUtf8(value.asText())));
    } else if (value.isIntegralNumber()) {
      feature.setInt64List(Int64List.newBuilder().addValue(value.longValue()));
    } else {
      feature.setFloatList(FloatList.newBuilder().addValue((float) value.doubleValue()));
    }
    return feature.build();
  }

  private static JsonNode json(NdArray<?> values) {
    if (values.shape().isScalar()) {
      Object value = values.getObject();
      if (value instanceof Float number) {
        return JSON.numberNode(number);
      }
      if (value instanceof String text) {
        return JSON.textNode(text);
      }
      throw new IllegalStateException("no output is of " + value.getClass());
    }
    ArrayNode nodes = JSON.arrayNode();
    for (long index = 0; index < values.shape().get(0); index++) {
      nodes.add(json(values.get(index)));
    }
    return nodes;
  }

  @Override
  public void close() {
    model.close();
  }
}
