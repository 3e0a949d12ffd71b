package io.tandem.export.signature;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;

/**
 * The signatures of a language model, all of the Predict call. {@code score}, which is {@code
 * serving_default} too, takes {@code text}, strings {@code [batch]}, each a whole text, and gives
 * {@code log_probability} float, the sum over all its words in nats, {@code perplexity} float and
 * {@code words} int32, how many there were, line ends included, all {@code [batch]}. {@code
 * next_word} takes {@code tokens} int32 {@code [batch, time]}, at least one time step, and {@code
 * state} float {@code [batch, width]}, zeros before the first word; it gives {@code
 * log_probabilities} float {@code [batch, vocabulary]} of the word behind the last token, and
 * {@code state} after it.
 *
 * @param model the model
 * @param tokeniser of its vocabulary
 */
public record TextSignatures(ServedLanguageModel model, Tokeniser tokeniser) {
  public static final String SCORE = "score";
  public static final String TEXT = "text";
  static final String LOG_PROBABILITY = "log_probability";
  static final String PERPLEXITY = "perplexity";
  static final String WORDS = "words";
  public static final String NEXT_WORD = "next_word";
  public static final String TOKENS = "tokens";
  public static final String STATE = "state";
  static final String LOG_PROBABILITIES = "log_probabilities";

  private static final Shape BATCH = Shape.of(Shape.UNKNOWN_SIZE);

  /** Adds them. */
  public List<Signature> of(Ops tf) {
    Ops scope = tf.withSubScope(SCORE);
    Placeholder<TString> text =
        scope.withName(TEXT).placeholder(TString.class, Placeholder.shape(BATCH));
    Operand<TInt32> tokens =
        tokeniser.words(scope, scope.ensureShape(text, BATCH), ServedLanguageModel.WINDOW);
    Operand<TFloat64> loss = model.loss(scope, tokens);
    Operand<TInt32> words = count(scope, tokens);
    Operand<TFloat64> mean = scope.math.div(loss, scope.dtypes.cast(words, TFloat64.class));
    Score score =
        new Score(
            text,
            vector(scope, LOG_PROBABILITY, scope.math.neg(loss)),
            vector(scope, PERPLEXITY, scope.math.exp(mean)),
            scope.withName(WORDS).ensureShape(words, BATCH));
    return List.of(score.signature(Signature.DEFAULT_KEY), score.signature(SCORE), nextWord(tf));
  }

  private record Score(
      Operand<TString> text,
      Operand<TFloat32> logProbability,
      Operand<TFloat32> perplexity,
      Operand<TInt32> words) {
    Signature signature(String key) {
      return Signature.builder(key)
          .methodName(ServingMethods.PREDICT)
          .input(TEXT, text)
          .output(LOG_PROBABILITY, logProbability)
          .output(PERPLEXITY, perplexity)
          .output(WORDS, words)
          .build();
    }
  }

  private static Operand<TInt32> count(Ops tf, Operand<TInt32> tokens) {
    return tf.reduceSum(
        tf.dtypes.cast(tf.math.greaterEqual(tokens, tf.constant(0)), TInt32.class), tf.constant(1));
  }

  private static Operand<TFloat32> vector(Ops tf, String name, Operand<TFloat64> values) {
    return tf.withName(name).ensureShape(tf.dtypes.cast(values, TFloat32.class), BATCH);
  }

  private Signature nextWord(Ops tf) {
    Ops scope = tf.withSubScope(NEXT_WORD);
    Shape matrix = Shape.of(Shape.UNKNOWN_SIZE, Shape.UNKNOWN_SIZE);
    Shape states = Shape.of(Shape.UNKNOWN_SIZE, model.network().stateWidth());
    Shape words = Shape.of(Shape.UNKNOWN_SIZE, model.network().shape().vocabulary());
    Placeholder<TInt32> tokens =
        scope.withName(TOKENS).placeholder(TInt32.class, Placeholder.shape(matrix));
    Placeholder<TFloat32> state =
        scope.withName(STATE).placeholder(TFloat32.class, Placeholder.shape(states));
    // Placeholders take any shape, and one state would be stretched to all texts of a batch.
    Operand<TInt32> read = scope.ensureShape(tokens, matrix);
    Operand<TInt32> batch =
        scope.slice(
            scope.shape(read), scope.constant(new int[] {0}), scope.constant(new int[] {1}));
    Operand<TInt32> each =
        scope.concat(
            List.of(batch, scope.constant(new int[] {model.network().stateWidth()})),
            scope.constant(0));
    ServedLanguageModel.Next next =
        model.next(scope, read, scope.reshape(scope.ensureShape(state, states), each));
    return Signature.builder(NEXT_WORD)
        .methodName(ServingMethods.PREDICT)
        .input(TOKENS, tokens)
        .input(STATE, state)
        .output(
            LOG_PROBABILITIES,
            scope
                .withName(LOG_PROBABILITIES)
                .ensureShape(scope.nn.logSoftmax(next.logits()), words))
        .output(STATE, scope.withName("state_after").ensureShape(next.state(), states))
        .build();
  }
}
