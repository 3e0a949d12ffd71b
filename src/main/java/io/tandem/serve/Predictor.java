package io.tandem.serve;

import io.tandem.data.DataException;
import io.tandem.data.StoredBytes;
import io.tandem.data.TableLayout;
import io.tandem.data.table.PredictionRows;
import io.tandem.disk.UserError;
import io.tandem.export.ModelFacts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
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
  private final TableLayout layout;
  private final List<String> classes;

  private Predictor(ServedModel model, TableLayout layout, List<String> classes) {
    this.model = model;
    this.layout = layout;
    this.classes = classes;
  }

  /**
   * Loads a model.
   *
   * @param path a run, its model directory or a version in it
   * @param trust whether to load it even if it could do more than answer
   * @throws UserError if it is no model, not trusted, or does not take rows of features
   */
  public static Predictor open(Path path, boolean trust) {
    Path version = ModelDirectory.resolve(path);
    MetaGraphDef graph = ServedModel.checked(version, trust);
    SignatureDef signature =
        graph.getSignatureDefOrDefault(Signature.DEFAULT_KEY, SignatureDef.getDefaultInstance());
    int features = width(signature.getInputsMap().get(FEATURES), version, FEATURES);
    int outputs =
        width(
            signature.getOutputsMap().get(Prediction.PROBABILITIES),
            version,
            Prediction.PROBABILITIES);
    if (!signature.containsOutputs(Prediction.CLASS)) {
      throw mismatch(version, Prediction.CLASS);
    }
    Optional<ModelFacts> facts = ModelDirectory.facts(version, trust);
    TableLayout layout =
        facts.flatMap(ModelFacts::table).orElseGet(() -> TableLayout.unnamed(features));
    List<String> classes = facts.map(ModelFacts::classes).orElseGet(List::of);
    if (layout.features().size() != features || (!classes.isEmpty() && classes.size() != outputs)) {
      throw mismatch(version, ModelFacts.FILE);
    }
    return new Predictor(ServedModel.load(version), layout, classes);
  }

  /** Names of the classes in the order of the probabilities; empty if they are not known. */
  public List<String> classes() {
    return classes;
  }

  /**
   * Applies the model to a file, batch by batch.
   *
   * @param input the rows
   * @param request what is wanted of them beside the features
   * @param sink takes each batch with one prediction per row
   * @throws DataException if the file cannot be used; batches before that may have gone to the sink
   */
  public void predict(
      StoredBytes input,
      PredictionRows.Request request,
      BiConsumer<PredictionRows.Batch, List<Prediction>> sink) {
    PredictionRows.read(
        input,
        layout,
        request,
        batch -> {
          List<Prediction> predictions = predict(batch.features());
          for (int row = 0; row < predictions.size(); row++) {
            predictions.get(row).requireFinite(input.name() + ":" + batch.lines().get(row));
          }
          sink.accept(batch, predictions);
        });
  }

  /**
   * Applies the model.
   *
   * @param rows raw features, row by row
   * @return one prediction per row
   */
  public List<Prediction> predict(float[] rows) {
    int features = layout.features().size();
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
    int features = layout.features().size();
    try (TFloat32 input =
        TFloat32.tensorOf(
            Shape.of(length / features, features),
            DataBuffers.of(rows, true, false).slice(start, length))) {
      return model.requireClasses(
          classes, model.call(Signature.DEFAULT_KEY, FEATURES, input, Prediction::of));
    } catch (UserError named) {
      throw named;
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
