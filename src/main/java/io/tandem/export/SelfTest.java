package io.tandem.export;

import com.google.protobuf.ByteString;
import io.tandem.export.proto.PredictionLog;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.SessionFunction;
import org.tensorflow.Signature;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * Loads an exported version the way a server does, replays its warm-up file and compares every
 * score with the session that the version was written from.
 */
final class SelfTest {
  private static final float TOLERANCE = 1e-6f;
  // A server's graph has convolutions and normalisations fused, which round otherwise, layer by
  // layer; a wrong weight changes more.
  private static final float TOLERANCE_OF_IMAGES = 1e-4f;

  private SelfTest() {}

  /**
   * Tries a version.
   *
   * @throws IOException if it cannot be loaded, a request fails or an answer differs
   */
  static void run(Path version, Session original, List<Signature> signatures) throws IOException {
    boolean images =
        signatures.stream().anyMatch(each -> each.inputNames().contains(ImageSignatures.IMAGES));
    float tolerance = images ? TOLERANCE_OF_IMAGES : TOLERANCE;
    List<byte[]> records = TfRecords.decode(Files.readAllBytes(version.resolve(WarmUp.FILE)));
    try (SavedModelBundle loaded = SavedModelBundle.load(version.toString(), "serve")) {
      for (byte[] record : records) {
        PredictionLog log = PredictionLog.parseFrom(record);
        boolean predict = log.hasPredictLog();
        String key =
            predict
                ? log.getPredictLog().getRequest().getModelSpec().getSignatureName()
                : ServingGraph.CLASSIFY;
        Signature signature =
            signatures.stream().filter(each -> each.key().equals(key)).findFirst().orElseThrow();
        String input = signature.inputNames().iterator().next();
        String output = predict ? ServingGraph.PROBABILITIES : "scores";
        try (Tensor tensor = predict ? tensor(log, input) : examples(log);
            Result expected =
                SessionFunction.create(signature, original).call(Map.of(input, tensor));
            Result found = loaded.function(key).call(Map.of(input, tensor))) {
          compare(
              (TFloat32) expected.get(output).orElseThrow(),
              (TFloat32) found.get(output).orElseThrow(),
              key,
              tolerance);
        }
      }
    }
  }

  private static void compare(TFloat32 expected, TFloat32 found, String signature, float tolerance)
      throws IOException {
    float[] before = values(expected);
    float[] after = values(found);
    for (int index = 0; index < before.length; index++) {
      if (!(Math.abs(before[index] - after[index]) <= tolerance)) {
        throw new IOException(
            "the exported model answers differently: signature "
                + signature
                + ", score "
                + index
                + " is "
                + after[index]
                + ", not "
                + before[index]);
      }
    }
  }

  private static float[] values(TFloat32 tensor) {
    float[] values = new float[Math.toIntExact(tensor.size())];
    tensor.copyTo(DataBuffers.of(values, false, false));
    return values;
  }

  private static Tensor tensor(PredictionLog log, String input) throws IOException {
    TensorProto proto =
        TensorProto.parseFrom(log.getPredictLog().getRequest().getInputsOrThrow(input));
    Shape shape =
        Shape.of(
            proto.getTensorShape().getDimList().stream().mapToLong(dim -> dim.getSize()).toArray());
    ByteString content = proto.getTensorContent();
    switch (proto.getDtype()) {
      case DT_FLOAT -> {
        float[] values = new float[Math.toIntExact(shape.size())];
        content.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return TFloat32.tensorOf(shape, DataBuffers.of(values));
      }
      case DT_UINT8 -> {
        return TUint8.tensorOf(shape, DataBuffers.of(content.toByteArray()));
      }
      case DT_STRING -> {
        return strings(proto.getStringValList());
      }
      default -> throw new IOException("a warm-up request of type " + proto.getDtype());
    }
  }

  private static Tensor examples(PredictionLog log) {
    return strings(log.getClassifyLog().getRequest().getInput().getExampleList().getExamplesList());
  }

  private static Tensor strings(List<ByteString> values) {
    byte[][] bytes = values.stream().map(ByteString::toByteArray).toArray(byte[][]::new);
    return TString.tensorOfBytes(NdArrays.vectorOfObjects(bytes));
  }
}
