package io.tandem.export.wire;

import com.google.protobuf.ByteString;
import io.tandem.export.proto.ClassificationRequest;
import io.tandem.export.proto.ClassifyLog;
import io.tandem.export.proto.ExampleList;
import io.tandem.export.proto.Input;
import io.tandem.export.proto.ModelSpec;
import io.tandem.export.proto.PredictLog;
import io.tandem.export.proto.PredictRequest;
import io.tandem.export.proto.PredictionLog;
import io.tandem.export.proto.RegressLog;
import io.tandem.export.proto.RegressionRequest;
import io.tandem.outcome.Outcome;
import java.util.List;
import java.util.Optional;
import org.tensorflow.proto.TensorProto;

/** Requests as TensorFlow Serving records them. */
public final class Requests {
  /** Name of the signature of Classify. */
  public static final String CLASSIFY = "classify";

  /** Name of the signature of Regress. */
  public static final String REGRESS = "regress";

  /** Name of the input of either of them. */
  public static final String EXAMPLES = "inputs";

  private Requests() {}

  /** An input of a request. */
  public record Given(String name, TensorProto tensor) {}

  /** A call of Predict. */
  public static PredictionLog predict(String model, String signature, List<Given> inputs) {
    PredictRequest.Builder request =
        PredictRequest.newBuilder().setModelSpec(spec(model, signature));
    inputs.forEach(input -> request.putInputs(input.name(), input.tensor().toByteString()));
    return PredictionLog.newBuilder()
        .setPredictLog(PredictLog.newBuilder().setRequest(request))
        .build();
  }

  /** A call of Classify with serialized {@code tf.Example}s. */
  public static PredictionLog classify(String model, List<ByteString> examples) {
    ExampleList.Builder list = ExampleList.newBuilder();
    examples.forEach(list::addExamples);
    return PredictionLog.newBuilder()
        .setClassifyLog(
            ClassifyLog.newBuilder()
                .setRequest(
                    ClassificationRequest.newBuilder()
                        .setModelSpec(spec(model, CLASSIFY))
                        .setInput(Input.newBuilder().setExampleList(list))))
        .build();
  }

  /** A call of Regress with serialized {@code tf.Example}s. */
  public static PredictionLog regress(String model, List<ByteString> examples) {
    ExampleList.Builder list = ExampleList.newBuilder();
    examples.forEach(list::addExamples);
    return PredictionLog.newBuilder()
        .setRegressLog(
            RegressLog.newBuilder()
                .setRequest(
                    RegressionRequest.newBuilder()
                        .setModelSpec(spec(model, REGRESS))
                        .setInput(Input.newBuilder().setExampleList(list))))
        .build();
  }

  /** A call with serialized {@code tf.Example}s of what a model predicts. */
  public static Optional<PredictionLog> examples(
      String model, Outcome outcome, List<ByteString> examples) {
    if (outcome instanceof Outcome.Classes) {
      return Optional.of(classify(model, examples));
    }
    return outcome.outputs() == 1 ? Optional.of(regress(model, examples)) : Optional.empty();
  }

  private static ModelSpec spec(String name, String signature) {
    return ModelSpec.newBuilder().setName(name).setSignatureName(signature).build();
  }
}
