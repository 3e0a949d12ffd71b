package io.tandem.export.signature;

import com.google.protobuf.ByteString;
import io.tandem.export.proto.PredictionLog;
import io.tandem.export.wire.Requests;
import io.tandem.export.wire.TensorProtos;
import io.tandem.graph.child.TrainedNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.Signature;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.FloatList;

/** Requests to networks of rows. */
public final class RowRequests {
  private RowRequests() {}

  /** The same rows of raw features to each signature. */
  public static List<PredictionLog> of(String name, TrainedNetwork model, float[] rows) {
    int columns = model.features();
    var features =
        new Requests.Given(
            RowSignatures.FEATURES, TensorProtos.floats(rows, rows.length / columns, columns));
    return Stream.concat(
            Stream.of(Requests.predict(name, Signature.DEFAULT_KEY, List.of(features))),
            Requests.examples(name, model.outcome(), examples(model, rows)).stream())
        .toList();
  }

  private static List<ByteString> examples(TrainedNetwork model, float[] rows) {
    List<String> keys = RowSignatures.exampleKeys(model);
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
}
