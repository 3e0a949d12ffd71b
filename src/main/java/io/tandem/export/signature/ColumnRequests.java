package io.tandem.export.signature;

import com.google.protobuf.ByteString;
import io.tandem.data.TypedRows;
import io.tandem.export.proto.PredictionLog;
import io.tandem.export.wire.Requests;
import io.tandem.export.wire.TensorProtos;
import io.tandem.outcome.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.Signature;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.FloatList;
import org.tensorflow.proto.TensorProto;

/** Requests to networks of tables. */
public final class ColumnRequests {
  private ColumnRequests() {}

  /**
   * The same rows to each signature; Examples leave out what is missing.
   *
   * @param name of the model
   * @param outcome what it predicts
   * @param columns names of its inputs
   * @param rows what it is asked
   */
  public static List<PredictionLog> of(
      String name, Outcome outcome, List<String> columns, TypedRows rows) {
    List<Requests.Given> inputs = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      inputs.add(new Requests.Given(columns.get(column), tensor(rows.columns().get(column))));
    }
    List<ByteString> examples = new ArrayList<>();
    for (int row = 0; row < rows.rows(); row++) {
      examples.add(example(columns, rows, row));
    }
    return Stream.concat(
            Stream.of(Requests.predict(name, Signature.DEFAULT_KEY, inputs)),
            Requests.examples(name, outcome, examples).stream())
        .toList();
  }

  private static TensorProto tensor(TypedRows.Column column) {
    if (column instanceof TypedRows.Written written) {
      return TensorProtos.strings(written.texts().stream().map(ByteString::copyFromUtf8).toList());
    }
    return TensorProtos.floats(((TypedRows.Numbers) column).values(), column.size());
  }

  private static ByteString example(List<String> columns, TypedRows rows, int row) {
    Features.Builder features = Features.newBuilder();
    for (int column = 0; column < columns.size(); column++) {
      feature(rows.columns().get(column), row, columns.get(column), features);
    }
    return Example.newBuilder().setFeatures(features).build().toByteString();
  }

  private static void feature(
      TypedRows.Column column, int row, String name, Features.Builder features) {
    if (column instanceof TypedRows.Written written) {
      String text = written.text(row);
      if (!text.isEmpty()) {
        features.putFeature(
            name,
            Feature.newBuilder()
                .setBytesList(BytesList.newBuilder().addValue(ByteString.copyFromUtf8(text)))
                .build());
      }
    } else {
      float value = ((TypedRows.Numbers) column).values()[row];
      if (!Float.isNaN(value)) {
        features.putFeature(
            name,
            Feature.newBuilder().setFloatList(FloatList.newBuilder().addValue(value)).build());
      }
    }
  }
}
