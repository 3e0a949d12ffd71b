package io.tandem.serve;

import io.tandem.export.ServingOps;
import io.tandem.report.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * An exported model, loaded. A model is a program: one with ops that no export has is refused
 * unless it is trusted.
 */
public final class Predictor implements AutoCloseable {
  private static final int CHUNK = 1024;
  private static final String IMAGES = "images";
  private static final String FEATURES = "features";
  private static final String PROBABILITIES = "probabilities";
  private static final String CLASS = "class";

  private final Path version;
  private final SavedModelBundle bundle;
  private final int features;
  private final int classes;

  private Predictor(Path version, SavedModelBundle bundle, int features, int classes) {
    this.version = version;
    this.bundle = bundle;
    this.features = features;
    this.classes = classes;
  }

  /**
   * Loads a model.
   *
   * @param path a run, its model directory or a version in it
   * @param trust whether to load it even if it holds unexpected ops
   * @throws UserError if it is no model, not trusted, or does not take rows of features
   */
  public static Predictor open(Path path, boolean trust) {
    Path version = ModelDirectory.resolve(path);
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
    SignatureDef signature =
        graph.getSignatureDefOrDefault(Signature.DEFAULT_KEY, SignatureDef.getDefaultInstance());
    if (signature.containsInputs(IMAGES)) {
      throw new UserError(
          UserError.Kind.DATA,
          version
              + ": takes images, expected a model of rows of features; ask a TensorFlow Serving with"
              + " this model for its signatures serving_default or encoded");
    }
    int features = width(signature.getInputsMap().get(FEATURES), version, FEATURES);
    int classes = width(signature.getOutputsMap().get(PROBABILITIES), version, PROBABILITIES);
    if (!signature.containsOutputs(CLASS)) {
      throw mismatch(version, CLASS);
    }
    try {
      return new Predictor(
          version, SavedModelBundle.load(version.toString(), "serve"), features, classes);
    } catch (RuntimeException failure) {
      throw broken(version, failure);
    }
  }

  /** Number of raw features per row. */
  public int features() {
    return features;
  }

  /**
   * Applies the model.
   *
   * @param rows raw features, row by row
   * @return one prediction per row
   */
  public List<Prediction> predict(float[] rows) {
    if (rows.length % features != 0) {
      throw new IllegalArgumentException(rows.length + " values are no rows of " + features);
    }
    List<Prediction> predictions = new ArrayList<>();
    for (int start = 0; start < rows.length; start += CHUNK * features) {
      int length = Math.min(CHUNK * features, rows.length - start);
      predictions.addAll(chunk(rows, start, length));
    }
    return predictions;
  }

  private List<Prediction> chunk(float[] rows, int start, int length) {
    int count = length / features;
    try (TFloat32 input =
            TFloat32.tensorOf(
                Shape.of(count, features), DataBuffers.of(rows, true, false).slice(start, length));
        Result result = bundle.function(Signature.DEFAULT_KEY).call(Map.of(FEATURES, input))) {
      TFloat32 probabilities = (TFloat32) result.get(PROBABILITIES).orElseThrow();
      TString labels = (TString) result.get(CLASS).orElseThrow();
      float[] flat = new float[count * classes];
      probabilities.copyTo(DataBuffers.of(flat, false, false));
      List<Prediction> predictions = new ArrayList<>();
      for (int row = 0; row < count; row++) {
        float[] own = new float[classes];
        System.arraycopy(flat, row * classes, own, 0, classes);
        predictions.add(new Prediction(labels.getObject(row), own));
      }
      return predictions;
    } catch (RuntimeException failure) {
      throw broken(version, failure);
    }
  }

  @Override
  public void close() {
    bundle.close();
  }

  private static int width(@Nullable TensorInfo info, Path version, String name) {
    if (info == null
        || info.getDtype() != DataType.DT_FLOAT
        || info.getTensorShape().getDimCount() != 2
        || info.getTensorShape().getDim(1).getSize() < 1) {
      throw mismatch(version, name);
    }
    return Math.toIntExact(info.getTensorShape().getDim(1).getSize());
  }

  private static UserError mismatch(Path version, String name) {
    return new UserError(
        UserError.Kind.DATA,
        version
            + ": its signature serving_default has no fitting "
            + name
            + ", expected features float [batch, n] to probabilities float [batch, c] and class"
            + " string [batch]");
  }

  private static UserError broken(Path version, RuntimeException failure) {
    String reason =
        String.valueOf(failure.getMessage()).lines().findFirst().orElse("unknown reason");
    return new UserError(
        UserError.Kind.DATA,
        version + ": cannot be run: " + reason + "; export the model again",
        failure);
  }
}
