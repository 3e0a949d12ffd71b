package io.tandem.serve;

import io.tandem.report.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.types.TFloat32;

/** An exported model that takes rows of raw features. */
public final class Predictor implements AutoCloseable {
  private static final int CHUNK = 1024;
  private static final String FEATURES = "features";

  private final ServedModel model;
  private final int features;

  private Predictor(ServedModel model, int features) {
    this.model = model;
    this.features = features;
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
    MetaGraphDef graph = ServedModel.checked(version, trust);
    SignatureDef signature =
        graph.getSignatureDefOrDefault(Signature.DEFAULT_KEY, SignatureDef.getDefaultInstance());
    int features = width(signature.getInputsMap().get(FEATURES), version, FEATURES);
    width(
        signature.getOutputsMap().get(Prediction.PROBABILITIES), version, Prediction.PROBABILITIES);
    if (!signature.containsOutputs(Prediction.CLASS)) {
      throw mismatch(version, Prediction.CLASS);
    }
    return new Predictor(ServedModel.load(version), features);
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
    try (TFloat32 input =
        TFloat32.tensorOf(
            Shape.of(length / features, features),
            DataBuffers.of(rows, true, false).slice(start, length))) {
      return model.call(Signature.DEFAULT_KEY, FEATURES, input, Prediction::of);
    } catch (RuntimeException failure) {
      throw ServedModel.broken(model.version(), failure);
    }
  }

  @Override
  public void close() {
    model.close();
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
}
