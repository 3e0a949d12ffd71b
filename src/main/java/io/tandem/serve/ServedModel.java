package io.tandem.serve;

import io.tandem.export.ServingOps;
import io.tandem.report.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * An exported model, loaded. A model is a program: one with ops that no export has is refused
 * unless it is trusted.
 *
 * @param version its directory
 * @param bundle what was loaded
 */
record ServedModel(Path version, SavedModelBundle bundle) implements AutoCloseable {
  static final String PROBABILITIES = "probabilities";
  static final String CLASS = "class";

  /**
   * Checks what a model is made of, before any of it is loaded.
   *
   * @param version its directory
   * @param trust whether to accept unexpected ops
   * @return its graph
   * @throws UserError if it is no model or not trusted
   */
  static MetaGraphDef checked(Path version, boolean trust) {
    MetaGraphDef graph = ModelDirectory.read(version);
    List<String> unexpected = ServingOps.unexpected(graph);
    if (!unexpected.isEmpty() && !trust) {
      throw new UserError(
          UserError.Kind.DATA,
          version
              + ": was not exported by this program, it holds the ops "
              + String.join(", ", unexpected)
              + "; a model is a program, run it with --trust only if you trust who made it");
    }
    return graph;
  }

  /** Loads a checked model. */
  static ServedModel load(Path version) {
    try {
      return new ServedModel(version, SavedModelBundle.load(version.toString(), "serve"));
    } catch (RuntimeException failure) {
      throw broken(version, failure);
    }
  }

  /**
   * Applies a signature.
   *
   * @param signature its name
   * @param name of its input
   * @param input rows
   * @return one prediction per row
   * @throws RuntimeException as TensorFlow gives it
   */
  List<Prediction> call(String signature, String name, Tensor input) {
    try (Result result = bundle.function(signature).call(Map.of(name, input))) {
      TFloat32 probabilities = (TFloat32) result.get(PROBABILITIES).orElseThrow();
      TString labels = (TString) result.get(CLASS).orElseThrow();
      int count = Math.toIntExact(probabilities.shape().get(0));
      int classes = Math.toIntExact(probabilities.shape().get(1));
      float[] flat = new float[count * classes];
      probabilities.copyTo(DataBuffers.of(flat, false, false));
      List<Prediction> predictions = new ArrayList<>();
      for (int row = 0; row < count; row++) {
        float[] own = new float[classes];
        System.arraycopy(flat, row * classes, own, 0, classes);
        predictions.add(new Prediction(labels.getObject(row), own));
      }
      return predictions;
    }
  }

  /** The error for a model that TensorFlow cannot load or run. */
  static UserError broken(Path version, RuntimeException failure) {
    return new UserError(
        UserError.Kind.DATA,
        version + ": cannot be run: " + reason(failure) + "; export the model again",
        failure);
  }

  /** The first line of what TensorFlow says. */
  static String reason(RuntimeException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("unknown reason");
  }

  @Override
  public void close() {
    bundle.close();
  }
}
