package io.tandem.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tandem.data.text.Vocabulary;
import io.tandem.data.text.WhiteSpace;
import io.tandem.disk.Disk;
import io.tandem.export.proto.PredictionLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;

/**
 * A served language model tells the perplexity that was measured only if it cuts a text into the
 * same words, predicts each of them once and carries its state over all of them.
 */
class TextSignaturesTest {
  private static final int END = Vocabulary.END;

  @TempDir private static Path folder;
  private static Path version = Path.of("");
  private static SavedModelBundle bundle;

  private record Answer(double logProbability, double perplexity, int words) {}

  private record Next(double[] logProbabilities, double[] state) {}

  @BeforeAll
  static void export() {
    version = TextFixtures.export(folder);
    bundle = SavedModelBundle.load(version.toString(), "serve");
  }

  @AfterAll
  static void close() {
    bundle.close();
  }

  private static List<Answer> score(String signature, List<String> texts) {
    try (TString input = TString.tensorOf(NdArrays.vectorOfObjects(texts.toArray(String[]::new)));
        Result result = bundle.function(signature).call(Map.of("text", input))) {
      TFloat32 sums = (TFloat32) result.get("log_probability").orElseThrow();
      TFloat32 perplexities = (TFloat32) result.get("perplexity").orElseThrow();
      TInt32 words = (TInt32) result.get("words").orElseThrow();
      assertThat(words.shape()).isEqualTo(Shape.of(texts.size()));
      List<Answer> answers = new ArrayList<>();
      for (int row = 0; row < texts.size(); row++) {
        answers.add(new Answer(sums.getFloat(row), perplexities.getFloat(row), words.getInt(row)));
      }
      return answers;
    }
  }

  private static void assertScore(Answer found, int... tokens) {
    double expected = TextFixtures.logProbability(tokens);
    assertThat(found.words()).isEqualTo(tokens.length);
    assertThat(found.logProbability()).isCloseTo(expected, within(1e-5 * (1 - expected)));
    double perplexity = Math.exp(-expected / tokens.length);
    assertThat(found.perplexity()).isCloseTo(perplexity, within(1e-5 * perplexity));
  }

  private static int[] tokens(String words) {
    return Arrays.stream(words.split(" ")).mapToInt(TextFixtures.VOCABULARY::index).toArray();
  }

  static List<List<String>> texts() {
    return List.of(
        List.of("the cat sat", "the cat sat <eos>"),
        List.of("the cat sat\n", "the cat sat <eos>"),
        List.of("", "<eos>"),
        List.of("\n", "<eos>"),
        List.of("\n\n", "<eos> <eos>"),
        List.of(" ", "<eos>"),
        List.of("the\n ", "the <eos> <eos>"),
        List.of("the\r\ncat\r\n", "the <eos> cat <eos>"),
        List.of(" \n the  cat \n\n", "<eos> the cat <eos> <eos>"),
        List.of("the bird of prey", "the <unk> of <unk> <eos>"),
        List.of("the <unk> <eos> of", "the <unk> <eos> of <eos>"),
        List.of("\uFEFFthe", "the <eos>"),
        List.of("\uFEFF", "<eos>"),
        List.of("\uFEFF\uFEFFthe a\uFEFF", "<unk> a\uFEFF <eos>"),
        List.of("The the THE", "The the <unk> <eos>"),
        List.of("straße \uD83D\uDE00 “x”\u200B", "straße \uD83D\uDE00 <unk> <eos>"),
        List.of("<eos", "<unk> <eos>"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void score_text_isThatOfTheTokensOfTraining(List<String> textAndTokens) {
    assertScore(score("score", textAndTokens.subList(0, 1)).get(0), tokens(textAndTokens.get(1)));
  }

  @Test
  void score_everyWhiteSpace_separatesWords() {
    List<Character> spaces = WhiteSpace.all();
    assertThat(spaces).hasSizeGreaterThan(20).contains('\n', '\t', '\u0085', '\u00A0', '\u3000');
    String text =
        spaces.stream()
            .filter(symbol -> symbol != '\n')
            .map(symbol -> "cat" + symbol)
            .collect(Collectors.joining());
    int[] tokens = new int[spaces.size()];
    Arrays.fill(tokens, TextFixtures.VOCABULARY.index("cat"));
    tokens[tokens.length - 1] = END;
    assertScore(score("score", List.of(text)).get(0), tokens);
  }

  @Test
  void score_everyWordOfTheVocabulary_isFound() {
    List<String> words = TextFixtures.VOCABULARY.words();
    int[] tokens = IntStream.rangeClosed(0, words.size()).toArray();
    tokens[words.size()] = END;
    assertScore(score("score", List.of(String.join(" ", words))).get(0), tokens);
  }

  /** The loop reads 32 words in one step. */
  @ParameterizedTest
  @ValueSource(ints = {31, 32, 33, 64, 65, 200})
  void score_lengthsAroundAStepOfTheLoop_isExact(int length) {
    int[] tokens = drawn(length, length);
    assertScore(score("serving_default", List.of(text(tokens))).get(0), tokens);
  }

  private static int[] drawn(int length, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] tokens = random.ints(length, 0, TextFixtures.VOCABULARY.size()).toArray();
    tokens[length - 1] = END;
    return tokens;
  }

  private static String text(int[] tokens) {
    return Arrays.stream(tokens)
        .limit(tokens.length - 1L)
        .mapToObj(TextFixtures.VOCABULARY::word)
        .collect(Collectors.joining(" "));
  }

  @Test
  void score_batchOfDifferentLengths_isThatOfEachAlone() {
    List<int[]> all =
        IntStream.of(3, 70, 1, 32, 9).mapToObj(length -> drawn(length, length)).toList();
    List<Answer> found = score("score", all.stream().map(TextSignaturesTest::text).toList());
    for (int row = 0; row < all.size(); row++) {
      assertScore(found.get(row), all.get(row));
    }
  }

  private static Next next(int[] tokens, double[] state) {
    float[] before = new float[state.length];
    for (int index = 0; index < before.length; index++) {
      before[index] = (float) state[index];
    }
    try (TInt32 words = TInt32.tensorOf(Shape.of(1, tokens.length), DataBuffers.of(tokens));
        TFloat32 given = TFloat32.tensorOf(Shape.of(1, before.length), DataBuffers.of(before));
        Result result =
            bundle.function("next_word").call(Map.of("tokens", words, "state", given))) {
      return new Next(
          numbers(result, "log_probabilities", TextFixtures.VOCABULARY.size()),
          numbers(result, "state", TextFixtures.HIDDEN));
    }
  }

  private static double[] numbers(Result result, String output, int count) {
    TFloat32 tensor = (TFloat32) result.get(output).orElseThrow();
    assertThat(tensor.shape()).isEqualTo(Shape.of(1, count));
    return tensor.streamOfObjects().mapToDouble(Float::doubleValue).toArray();
  }

  @Test
  void nextWord_severalTokens_isThatOfOneAfterAnother() {
    int[] tokens = drawn(5, 2);
    double[] state = new SplittableRandom(3).doubles(TextFixtures.HIDDEN, -1, 1).toArray();
    TextFixtures.Expected expected = TextFixtures.expected(tokens, state);
    Next all = next(tokens, state);
    assertThat(all.logProbabilities())
        .containsExactly(expected.logProbabilities()[4], within(1e-5));
    assertThat(all.state()).containsExactly(expected.state(), within(1e-5));
    double[] carried = state;
    for (int time = 0; time < tokens.length; time++) {
      Next one = next(new int[] {tokens[time]}, carried);
      assertThat(one.logProbabilities())
          .containsExactly(expected.logProbabilities()[time], within(1e-5));
      carried = one.state();
    }
    assertThat(carried).containsExactly(expected.state(), within(1e-5));
  }

  @Test
  void nextWord_badTokens_areRefused() {
    double[] state = new double[TextFixtures.HIDDEN];
    assertThatThrownBy(() -> next(new int[] {2, 20}, state))
        .isInstanceOf(TFInvalidArgumentException.class)
        .hasMessageContaining("20 is not in [0, 20)");
    assertThatThrownBy(() -> next(new int[0], state))
        .isInstanceOf(TFInvalidArgumentException.class);
  }

  @Test
  void export_graph_hasTheSignaturesAndOnlyListedOps() throws IOException {
    MetaGraphDef graph =
        SavedModel.parseFrom(Files.readAllBytes(version.resolve("saved_model.pb")))
            .getMetaGraphs(0);
    assertThat(ServingOps.unexpected(graph)).isEmpty();
    assertThat(graph.getSignatureDefMap())
        .containsOnlyKeys("serving_default", "score", "next_word")
        .allSatisfy(
            (name, signature) ->
                assertThat(signature.getMethodName()).isEqualTo("tensorflow/serving/predict"));
    assertThat(graph.getSignatureDefOrThrow("serving_default"))
        .isEqualTo(graph.getSignatureDefOrThrow("score"));
    var next = graph.getSignatureDefOrThrow("next_word");
    assertThat(sizes(next.getInputsOrThrow("tokens"))).containsExactly(-1L, -1L);
    assertThat(sizes(next.getInputsOrThrow("state"))).containsExactly(-1L, 8L);
    assertThat(sizes(next.getOutputsOrThrow("log_probabilities"))).containsExactly(-1L, 20L);
    assertThat(sizes(next.getOutputsOrThrow("state"))).containsExactly(-1L, 8L);
    for (String output : List.of("log_probability", "perplexity", "words")) {
      assertThat(sizes(graph.getSignatureDefOrThrow("score").getOutputsOrThrow(output)))
          .containsExactly(-1L);
    }
  }

  private static List<Long> sizes(org.tensorflow.proto.TensorInfo info) {
    return info.getTensorShape().getDimList().stream().map(dim -> dim.getSize()).toList();
  }

  @Test
  void export_filesBeside_areForPeopleAndTheServer() throws IOException {
    assertThat(Vocabulary.load(version.resolve("assets.extra/vocabulary.txt")))
        .isEqualTo(TextFixtures.VOCABULARY);
    assertThat(version.resolve("assets.extra/MODEL_CARD.md"))
        .content()
        .contains("stories.txt", "Texts go in", "vocabulary.txt");
    List<PredictionLog> requests = WarmUp.read(version);
    assertThat(requests.stream().map(TextSignaturesTest::signature))
        .containsExactly("score", "next_word", "score", "next_word");
    assertThat(requests.get(3).getPredictLog().getRequest().getInputsMap())
        .containsOnlyKeys("tokens", "state");
  }

  private static String signature(PredictionLog request) {
    return request.getPredictLog().getRequest().getModelSpec().getSignatureName();
  }

  /** Every number counts: a state that differs is another model. */
  @Test
  void selfTest_otherWeights_fails() throws IOException {
    var model = TextFixtures.model();
    model.weights().get(model.weights().size() - 1)[0] += 0.5f;
    Path other =
        new SavedModelExporter(new ExportSettings(List.of(1)), Disk.system())
            .export(
                new ServableLanguageModel(model, List.of("the cat")),
                folder.resolve("other"),
                1,
                TextFixtures.card());
    assertThatThrownBy(() -> SelfTest.run(other, bundle.session(), bundle.signatures(), 1e-4f))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("answers differently: signature ");
  }

  @Test
  void copy_next_hasTheVocabularyToo() {
    Path copy = VersionCopy.next(Disk.system(), version, folder.resolve("copies"));
    assertThat(Vocabulary.load(copy.resolve("assets.extra/vocabulary.txt")))
        .isEqualTo(TextFixtures.VOCABULARY);
  }
}
