package io.tandem.serve;

import io.tandem.disk.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TString;

/** An exported model that scores texts. */
public final class TextPredictor implements AutoCloseable {
  private static final String SCORE = "score";
  private static final String TEXT = "text";

  private final ServedModel model;

  private TextPredictor(ServedModel model) {
    this.model = model;
  }

  /**
   * Whether a model takes texts.
   *
   * @param path a run, its model directory or a version in it
   * @throws UserError if it is no model
   */
  public static boolean fits(Path path) {
    return signature(ModelDirectory.read(ModelDirectory.resolve(path))).containsInputs(TEXT);
  }

  /**
   * Loads a model.
   *
   * @param path a run, its model directory or a version in it
   * @param trust whether to load it even if it holds unexpected ops
   * @throws UserError if it is no model, not trusted, or does not score texts
   */
  public static TextPredictor open(Path path, boolean trust) {
    Path version = ModelDirectory.resolve(path);
    SignatureDef signature = signature(ServedModel.checked(version, trust));
    Set<String> outputs = signature.getOutputsMap().keySet();
    if (!signature.containsInputs(TEXT)
        || !outputs.containsAll(
            List.of(TextScore.PERPLEXITY, TextScore.LOG_PROBABILITY, TextScore.WORDS))) {
      throw new UserError(
          UserError.Kind.DATA,
          version
              + ": has no fitting signature score, expected text string [batch] to perplexity and"
              + " log_probability float [batch] and words int32 [batch]; export the model again");
    }
    return new TextPredictor(ServedModel.load(version));
  }

  private static SignatureDef signature(MetaGraphDef graph) {
    return graph.getSignatureDefOrDefault(SCORE, SignatureDef.getDefaultInstance());
  }

  /**
   * Applies the model to a batch.
   *
   * @param texts each a text of its own, read without memory of the others; computed side by side,
   *     so that the longest decides what the batch costs
   * @return one score per text
   */
  public List<TextScore> score(List<String> texts) {
    if (texts.isEmpty()) {
      return List.of();
    }
    try (TString input = TString.tensorOf(NdArrays.vectorOfObjects(texts.toArray(String[]::new)))) {
      return model.call(SCORE, TEXT, input, TextScore::of);
    } catch (RuntimeException failure) {
      throw ServedModel.broken(model.version(), failure);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
