package io.tandem.export;

import io.tandem.disk.UserError;
import io.tandem.export.proto.Input;
import io.tandem.export.proto.PredictRequest;
import io.tandem.export.proto.PredictionLog;
import io.tandem.export.wire.Requests;
import io.tandem.export.wire.TensorProtos;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.SessionFunction;
import org.tensorflow.Signature;
import org.tensorflow.Tensor;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * Loads an exported version the way a server does, replays its warm-up file and compares every
 * number of every answer with the session that the version was written from. Names of classes are
 * not compared: they follow from the numbers, of two that are almost equal either may be larger.
 */
final class SelfTest {
  private SelfTest() {}

  /**
   * Tries a version.
   *
   * @param version its directory
   * @param original what it was written from
   * @param signatures of the original
   * @param tolerance of a float, also relative to it where it is larger than 1
   * @throws IOException if it cannot be loaded, a request fails or an answer differs
   * @throws UserError if an answer is not a number
   */
  static void run(Path version, Session original, List<Signature> signatures, float tolerance)
      throws IOException {
    List<PredictionLog> requests = WarmUp.read(version);
    try (SavedModelBundle loaded = SavedModelBundle.load(version.toString(), "serve")) {
      for (PredictionLog request : requests) {
        String key = key(request);
        Signature signature =
            signatures.stream().filter(each -> each.key().equals(key)).findFirst().orElseThrow();
        Map<String, Tensor> inputs = inputs(request);
        try (Result expected = SessionFunction.create(signature, original).call(inputs);
            Result found = loaded.function(key).call(inputs)) {
          for (String output : signature.outputNames()) {
            compare(
                expected.get(output).orElseThrow(),
                found.get(output).orElseThrow(),
                "signature " + key + ", " + output,
                tolerance);
          }
        } finally {
          inputs.values().forEach(Tensor::close);
        }
      }
    }
  }

  private static String key(PredictionLog request) {
    if (request.hasPredictLog()) {
      return request.getPredictLog().getRequest().getModelSpec().getSignatureName();
    }
    return request.hasRegressLog() ? Requests.REGRESS : Requests.CLASSIFY;
  }

  private static Map<String, Tensor> inputs(PredictionLog request) throws IOException {
    Map<String, Tensor> inputs = new HashMap<>();
    if (request.hasPredictLog()) {
      PredictRequest predict = request.getPredictLog().getRequest();
      for (var input : predict.getInputsMap().entrySet()) {
        inputs.put(input.getKey(), TensorProtos.tensor(TensorProto.parseFrom(input.getValue())));
      }
    } else {
      Input input =
          request.hasRegressLog()
              ? request.getRegressLog().getRequest().getInput()
              : request.getClassifyLog().getRequest().getInput();
      var examples = input.getExampleList();
      inputs.put(Requests.EXAMPLES, TensorProtos.stringTensor(examples.getExamplesList()));
    }
    return inputs;
  }

  private static void compare(Tensor expected, Tensor found, String place, float tolerance)
      throws IOException {
    if (!expected.shape().equals(found.shape())) {
      throw different(place, found.shape(), expected.shape());
    }
    double[] before = numbers(expected);
    double[] after = numbers(found);
    for (int index = 0; index < before.length; index++) {
      if (Double.isNaN(before[index]) || Double.isNaN(after[index])) {
        // No answer equals this one, and neither the disk nor a second export would help.
        throw new UserError(
            UserError.Kind.RUN,
            "the model answers NaN in "
                + place
                + ' '
                + index
                + ", expected a number; rescale columns of very large or small numbers, or train"
                + " again with a smaller learning rate");
      }
      double allowed = tolerance * Math.max(1, Math.abs(before[index]));
      if (!(Math.abs(before[index] - after[index]) <= allowed)) {
        throw different(place + ' ' + index, after[index], before[index]);
      }
    }
  }

  private static IOException different(String place, Object found, Object expected) {
    return new IOException(
        "the exported model answers differently: " + place + " is " + found + ", not " + expected);
  }

  /** The numbers of a tensor; none of one of strings. */
  private static double[] numbers(Tensor tensor) {
    if (tensor instanceof TFloat32 floats) {
      return floats.streamOfObjects().mapToDouble(Float::doubleValue).toArray();
    }
    if (tensor instanceof TFloat64 doubles) {
      return doubles.streamOfObjects().mapToDouble(Double::doubleValue).toArray();
    }
    if (tensor instanceof TInt32 integers) {
      return integers.streamOfObjects().mapToDouble(Integer::doubleValue).toArray();
    }
    return new double[0];
  }
}
