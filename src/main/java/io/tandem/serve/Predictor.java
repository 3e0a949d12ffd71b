package io.tandem.serve;

import io.tandem.data.DataException;
import io.tandem.data.TableEncoding;
import io.tandem.data.TableLayout;
import io.tandem.data.TypedRows;
import io.tandem.data.row.TableInput;
import io.tandem.data.table.PredictionRows;
import io.tandem.disk.UserError;
import io.tandem.export.ModelFacts;
import io.tandem.export.TextTensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Signature;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.types.TFloat32;

/** An exported model that takes rows of raw features, or the columns of a table. */
public final class Predictor implements AutoCloseable {
  private static final int CHUNK = 1024;
  private static final String FEATURES = "features";

  private final ServedModel model;
  private final TextTensors texts = new TextTensors();
  private final TableLayout layout;
  private final Optional<TableEncoding> encoding;
  private final List<String> classes;

  private Predictor(
      ServedModel model,
      TableLayout layout,
      Optional<TableEncoding> encoding,
      List<String> classes) {
    this.model = model;
    this.layout = layout;
    this.encoding = encoding;
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
    Optional<ModelFacts> facts = ModelDirectory.facts(version, trust);
    Optional<TableEncoding> encoding = facts.flatMap(ModelFacts::encoding);
    Optional<TableLayout> table = facts.flatMap(ModelFacts::table);
    TableLayout layout =
        encoding.isPresent() ? table.orElseThrow() : rows(signature, table, version);
    List<String> classes = facts.map(ModelFacts::classes).orElseGet(List::of);
    if (layout.targets().isEmpty()) {
      requireClasses(signature, classes, version);
    } else {
      requireTargets(signature, layout, version);
    }
    if (encoding.isPresent() && !fit(encoding.get(), layout, signature)) {
      throw mismatch(version, ModelFacts.FILE);
    }
    return new Predictor(ServedModel.load(version), layout, encoding, classes);
  }

  private static void requireClasses(SignatureDef signature, List<String> classes, Path version) {
    int outputs =
        width(
            signature.getOutputsMap().get(ClassPrediction.PROBABILITIES),
            version,
            ClassPrediction.PROBABILITIES);
    if (!signature.containsOutputs(ClassPrediction.CLASS)) {
      throw mismatch(version, ClassPrediction.CLASS);
    }
    if (!classes.isEmpty() && classes.size() != outputs) {
      throw mismatch(version, ModelFacts.FILE);
    }
  }

  private static void requireTargets(SignatureDef signature, TableLayout layout, Path version) {
    for (String name : layout.predictedNames()) {
      TensorInfo info = signature.getOutputsMap().get(name);
      if (info == null
          || info.getDtype() != DataType.DT_DOUBLE
          || info.getTensorShape().getDimCount() != 1) {
        throw mismatch(version, ModelFacts.FILE);
      }
    }
  }

  /** Of a model that takes all features in one input. */
  private static TableLayout rows(
      SignatureDef signature, Optional<TableLayout> table, Path version) {
    int features = width(signature.getInputsMap().get(FEATURES), version, FEATURES);
    TableLayout layout = table.orElseGet(() -> TableLayout.unnamed(features));
    if (layout.features().size() != features) {
      throw mismatch(version, ModelFacts.FILE);
    }
    return layout;
  }

  /** Whether a model takes the columns of a table, each in its own input. */
  private static boolean fit(TableEncoding encoding, TableLayout layout, SignatureDef signature) {
    List<String> names = layout.featureNames();
    for (int column = 0; column < names.size(); column++) {
      boolean number = encoding.columns().get(column) instanceof TableEncoding.Numbers;
      TensorInfo info = signature.getInputsMap().get(names.get(column));
      if (info == null
          || info.getDtype() != (number ? DataType.DT_FLOAT : DataType.DT_STRING)
          || info.getTensorShape().getDimCount() != 1) {
        return false;
      }
    }
    return true;
  }

  /**
   * Names of the classes in the order of the probabilities; empty if they are not known, or numbers
   * are predicted.
   */
  public List<String> classes() {
    return classes;
  }

  /** Names of the numbers that are predicted; empty if classes are. */
  public List<String> targets() {
    return layout.targets().isEmpty() ? List.of() : layout.predictedNames();
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
      TableInput input,
      PredictionRows.Request request,
      BiConsumer<PredictionRows.Batch, List<? extends Prediction>> sink) {
    PredictionRows.read(
        input,
        layout,
        encoding,
        request,
        batch -> {
          List<? extends Prediction> predictions =
              batch.typed().map(this::predict).orElseGet(() -> predict(batch.features()));
          for (int row = 0; row < predictions.size(); row++) {
            predictions.get(row).requireFinite(input.place(batch.lines().get(row)));
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
  public List<? extends Prediction> predict(float[] rows) {
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

  private List<? extends Prediction> predict(TypedRows rows) {
    Map<String, Tensor> inputs = new HashMap<>();
    try {
      List<String> names = layout.featureNames();
      for (int column = 0; column < names.size(); column++) {
        inputs.put(names.get(column), tensor(rows.columns().get(column)));
      }
      return answers(inputs);
    } catch (UserError named) {
      throw named;
    } catch (RuntimeException failure) {
      throw ServedModel.broken(model.version(), failure);
    } finally {
      inputs.values().forEach(Tensor::close);
    }
  }

  private List<? extends Prediction> answers(Map<String, Tensor> inputs) {
    return layout.targets().isEmpty()
        ? model.requireClasses(
            classes, model.call(Signature.DEFAULT_KEY, inputs, ClassPrediction::of))
        : model.call(
            Signature.DEFAULT_KEY,
            inputs,
            result -> NumberPrediction.of(result, layout.predictedNames()));
  }

  private Tensor tensor(TypedRows.Column column) {
    if (column instanceof TypedRows.Written written) {
      return texts.of(written);
    }
    return TFloat32.vectorOf(((TypedRows.Numbers) column).values());
  }

  private List<? extends Prediction> chunk(float[] rows, int start, int length) {
    int features = layout.features().size();
    try (TFloat32 input =
        TFloat32.tensorOf(
            Shape.of(length / features, features),
            DataBuffers.of(rows, true, false).slice(start, length))) {
      return answers(Map.of(FEATURES, input));
    } catch (UserError named) {
      throw named;
    } catch (RuntimeException failure) {
      throw ServedModel.broken(model.version(), failure);
    }
  }

  @Override
  public void close() {
    texts.close();
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
