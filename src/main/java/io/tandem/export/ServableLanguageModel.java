package io.tandem.export;

import com.google.protobuf.ByteString;
import io.tandem.export.proto.PredictionLog;
import io.tandem.export.signature.ServedLanguageModel;
import io.tandem.export.signature.ServedVariables;
import io.tandem.export.signature.TextSignatures;
import io.tandem.export.signature.Tokeniser;
import io.tandem.export.wire.Requests;
import io.tandem.export.wire.TensorProtos;
import io.tandem.graph.child.Parts;
import io.tandem.graph.child.text.TrainedLanguageModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A language model of words: texts in, tokenising inside, no dropout. See {@link TextSignatures}.
 *
 * @param model the model
 * @param samples texts to try it on, for example lines, at least one
 */
public record ServableLanguageModel(TrainedLanguageModel model, List<String> samples)
    implements Servable {
  /** Name of the file of its vocabulary, in {@code assets.extra/}. */
  public static final String VOCABULARY = "vocabulary.txt";

  // Over many words roundings add up, by themselves and through the state.
  private static final float TOLERANCE = 1e-4f;
  private static final int TOKENS = 3;

  /** Copies the texts and checks that there is one. */
  public ServableLanguageModel {
    samples = List.copyOf(samples);
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("no text to try the model on");
    }
  }

  @Override
  public List<Signature> signatures(Ops tf, ServedVariables variables) {
    Parts parts = model.network().parts();
    List<Operand<TFloat32>> weights = new ArrayList<>();
    variables
        .add(parts.names(), parts.shapes(), model.weights())
        .forEach(variable -> weights.add(tf.identity(variable)));
    return new TextSignatures(
            new ServedLanguageModel(model.network(), weights), new Tokeniser(model.vocabulary()))
        .of(tf);
  }

  @Override
  public List<PredictionLog> requests(String name, int batch) {
    List<ByteString> texts =
        IntStream.range(0, batch)
            .mapToObj(row -> ByteString.copyFromUtf8(samples.get(row % samples.size())))
            .toList();
    var text = new Requests.Given(TextSignatures.TEXT, TensorProtos.strings(texts));
    int vocabulary = model.vocabulary().size();
    int[] words = IntStream.range(0, batch * TOKENS).map(index -> index % vocabulary).toArray();
    int width = model.network().stateWidth();
    float[] state = new float[batch * width];
    for (int index = 0; index < state.length; index++) {
      // Neither zero nor all the same, so that the state is tried too.
      state[index] = (index % 7 - 3) / 10f;
    }
    var tokens =
        new Requests.Given(TextSignatures.TOKENS, TensorProtos.integers(words, batch, TOKENS));
    var before = new Requests.Given(TextSignatures.STATE, TensorProtos.floats(state, batch, width));
    return List.of(
        Requests.predict(name, TextSignatures.SCORE, List.of(text)),
        Requests.predict(name, TextSignatures.NEXT_WORD, List.of(tokens, before)));
  }

  @Override
  public float tolerance() {
    return TOLERANCE;
  }

  @Override
  public ModelFacts facts() {
    return new ModelFacts(List.of(), Optional.empty(), Optional.empty());
  }

  @Override
  public List<ExtraFile> files() {
    return List.of(new ExtraFile(VOCABULARY, model.vocabulary().text()));
  }
}
