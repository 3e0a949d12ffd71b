package io.tandem.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tandem.disk.Disk;
import io.tandem.disk.UserError;
import io.tandem.export.proto.PredictionLog;
import io.tandem.export.signature.RowSignatures;
import io.tandem.export.wire.TfRecords;
import io.tandem.graph.child.TrainedNetwork;
import io.tandem.serve.ClassPrediction;
import io.tandem.serve.Prediction;
import io.tandem.serve.Predictor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.types.TFloat32;

/**
 * What is exported is what was trained, and a server that watches the directory finds it complete.
 * TensorFlow Serving itself is not on a build machine, so its published rules are checked one by
 * one.
 */
class SavedModelExporterTest {
  @TempDir static Path directory;

  private static final TrainedNetwork MODEL = ExportFixtures.model(List.of());
  private static final Samples SAMPLES = ExportFixtures.samples();
  private static Path version = Path.of("");

  @BeforeAll
  static void exportOnce() {
    version = export(MODEL, directory.resolve("model"), 1);
  }

  private static Path export(TrainedNetwork model, Path base, long number) {
    return new SavedModelExporter(new ExportSettings(List.of(1, 8, 32)), Disk.system())
        .export(
            new ServableNetwork(model, SAMPLES, Optional.empty(), Optional.empty()),
            base,
            number,
            ExportFixtures.card());
  }

  private static float[][] expected() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      List<Operand<TFloat32>> weights = new ArrayList<>();
      for (int index = 0; index < MODEL.weights().size(); index++) {
        Shape shape = MODEL.network().shapes().get(index);
        float[] values = MODEL.weights().get(index);
        weights.add(tf.constant(shape, DataBuffers.of(values)));
      }
      float[] x = SAMPLES.features().clone();
      for (int index = 0; index < x.length; index++) {
        x[index] = (x[index] - MODEL.mean()[index % 4]) / MODEL.scale()[index % 4];
      }
      Operand<TFloat32> input = tf.constant(Shape.of(40, 4), DataBuffers.of(x));
      Operand<TFloat32> output =
          tf.nn.softmax(MODEL.network().logits(tf, weights, List.of(), input));
      float[][] rows = new float[40][3];
      try (var result = session.runner().fetch(output).run()) {
        TFloat32 tensor = (TFloat32) result.get(0);
        for (int row = 0; row < 40; row++) {
          for (int column = 0; column < 3; column++) {
            rows[row][column] = tensor.getFloat(row, column);
          }
        }
      }
      return rows;
    }
  }

  /** The disk has nothing to do with it, and {@code NaN, not NaN} says nothing. */
  @Test
  void export_modelThatAnswersNaN_isRefusedAsThat() {
    int last = MODEL.weights().size() - 1;
    float[] broken = MODEL.weights().get(last).clone();
    Arrays.fill(broken, Float.NaN);
    List<float[]> weights = new ArrayList<>(MODEL.weights());
    weights.set(last, broken);
    TrainedNetwork model =
        new TrainedNetwork(
            MODEL.network(),
            weights,
            MODEL.statistics(),
            MODEL.mean(),
            MODEL.scale(),
            MODEL.white(),
            MODEL.outcome(),
            MODEL.featureNames());
    Path base = directory.resolve("answers-nan");
    assertThatThrownBy(() -> export(model, base, 1))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("the model answers NaN in signature ")
        .hasMessageNotContaining("not NaN")
        .hasMessageNotContaining("disk");
    assertThat(base).isEmptyDirectory();
  }

  private static SavedModel savedModel() throws IOException {
    try (InputStream input = Files.newInputStream(version.resolve("saved_model.pb"))) {
      return SavedModel.parseFrom(input);
    }
  }

  private static void assertClose(float[][] expected, List<? extends Prediction> found) {
    assertThat(found).hasSize(expected.length);
    for (int row = 0; row < expected.length; row++) {
      int best = 0;
      for (int column = 0; column < expected[row].length; column++) {
        assertThat(((ClassPrediction) found.get(row)).probabilities()[column])
            .isCloseTo(expected[row][column], within(1e-6f));
        best = expected[row][column] > expected[row][best] ? column : best;
      }
      assertThat(((ClassPrediction) found.get(row)).label())
          .isEqualTo(MODEL.classNames().get(best));
    }
  }

  @Test
  void export_loadedAgain_answersAsTheNetworkAlsoAloneAndInBatches() {
    try (Predictor predictor = Predictor.open(version, false)) {
      assertClose(expected(), predictor.predict(SAMPLES.features()));
      float[][] expected = expected();
      for (int row = 0; row < 40; row++) {
        float[] alone = Arrays.copyOfRange(SAMPLES.features(), row * 4, row * 4 + 4);
        assertClose(new float[][] {expected[row]}, predictor.predict(alone));
      }
    }
  }

  @Test
  void export_inAFreshProcess_answersAsTheNetwork() throws Exception {
    List<String[]> found =
        FreshProcess.answers(
            Files.createDirectories(directory.resolve("fresh")),
            version,
            SAMPLES.features(),
            4,
            RowSignatures.exampleKeys(MODEL));
    float[][] expected = expected();
    assertThat(found).hasSize(80);
    for (int row = 0; row < found.size(); row++) {
      for (int column = 0; column < 3; column++) {
        assertThat(Float.parseFloat(found.get(row)[column + 1]))
            .isCloseTo(expected[row % 40][column], within(1e-6f));
      }
    }
  }

  @Test
  void export_signatures_obeyTheServingRules() throws IOException {
    SavedModel model = savedModel();
    MetaGraphDef graph = model.getMetaGraphs(0);
    assertThat(model.getSavedModelSchemaVersion()).isEqualTo(1);
    assertThat(graph.getMetaInfoDef().getTensorflowVersion()).startsWith("2.");
    assertThat(graph.getMetaInfoDef().getTagsList()).containsExactly("serve");
    assertThat(graph.getSignatureDefMap()).containsOnlyKeys("serving_default", "classify");
    SignatureDef predict = graph.getSignatureDefMap().get("serving_default");
    assertThat(predict.getMethodName()).isEqualTo("tensorflow/serving/predict");
    check(predict.getInputsOrThrow("features"), DataType.DT_FLOAT, -1, 4);
    check(predict.getOutputsOrThrow("probabilities"), DataType.DT_FLOAT, -1, 3);
    check(predict.getOutputsOrThrow("class"), DataType.DT_STRING, -1);
    SignatureDef classify = graph.getSignatureDefMap().get("classify");
    assertThat(classify.getMethodName()).isEqualTo("tensorflow/serving/classify");
    assertThat(classify.getInputsMap()).containsOnlyKeys("inputs");
    assertThat(classify.getOutputsMap()).containsOnlyKeys("classes", "scores");
    check(classify.getInputsOrThrow("inputs"), DataType.DT_STRING, -1);
    check(classify.getOutputsOrThrow("classes"), DataType.DT_STRING, -1, 3);
    check(classify.getOutputsOrThrow("scores"), DataType.DT_FLOAT, -1, 3);
  }

  private static void check(TensorInfo info, DataType type, long... sizes) {
    assertThat(info.getDtype()).isEqualTo(type);
    assertThat(info.getTensorShape().getDimList().stream().mapToLong(dim -> dim.getSize()))
        .containsExactly(Arrays.stream(sizes).boxed().toArray(Long[]::new));
  }

  @Test
  void export_ops_areOnTheList() throws IOException {
    assertThat(ServingOps.unexpected(savedModel().getMetaGraphs(0))).isEmpty();
  }

  @Test
  void export_warmUpFile_hasOneRequestPerSignatureAndBatchSize() throws IOException {
    byte[] file = Files.readAllBytes(version.resolve("assets.extra/tf_serving_warmup_requests"));
    List<byte[]> records = TfRecords.decode(file);
    assertThat(records).hasSize(6);
    List<Integer> classified = new ArrayList<>();
    for (byte[] record : records) {
      PredictionLog log = PredictionLog.parseFrom(record);
      if (log.hasClassifyLog()) {
        classified.add(
            log.getClassifyLog().getRequest().getInput().getExampleList().getExamplesCount());
      }
    }
    assertThat(classified).containsExactly(1, 8, 32);
    file[20] ^= 1;
    assertThatThrownBy(() -> TfRecords.decode(file)).isInstanceOf(IOException.class);
  }

  @Test
  void export_namedFeatures_areKeysOfTheExample() throws IOException {
    Path base = directory.resolve("named");
    TrainedNetwork named = ExportFixtures.model(List.of("a", "b", "c", "d"));
    // The export replays its Example requests and compares the scores.
    assertThat(export(named, base, 3)).isEqualTo(base.resolve("3"));
    assertThat(RowSignatures.exampleKeys(named)).containsExactly("a", "b", "c", "d");
    assertThat(RowSignatures.exampleKeys(ExportFixtures.model(List.of("a", "a", "c", "d"))))
        .containsExactly("features");
    assertThat(VersionDirectory.next(base)).isEqualTo(4);
  }

  /** A run that is killed and resumed leaves the bytes of one that was not. */
  @Test
  void export_twice_hasTheSameBytesAndRefusesAUsedVersion() throws IOException {
    Path again = export(MODEL, directory.resolve("again"), 1);
    try (Stream<Path> files = Files.walk(version)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(again.resolve(version.relativize(file).toString())).hasSameBinaryContentAs(file);
      }
    }
    assertThatThrownBy(() -> export(MODEL, directory.resolve("again"), 1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("exists already");
  }

  @Test
  void export_card_saysWhereItCameFrom() throws IOException {
    assertThat(version.resolve("assets.extra/MODEL_CARD.md"))
        .content()
        .contains("insects.csv", "00ff", "test.accuracy", "0: 7 relu", "family: `adam`");
  }

  @Test
  void export_watched_appearsCompleteOrNotAtAll() throws Exception {
    Path base = Files.createDirectories(directory.resolve("watched"));
    AtomicBoolean done = new AtomicBoolean();
    List<String> incomplete = new CopyOnWriteArrayList<>();
    Thread watcher =
        new Thread(
            () -> {
              while (!done.get()) {
                incomplete.addAll(incomplete(base));
              }
            });
    watcher.start();
    for (int number = 1; number <= 3; number++) {
      export(MODEL, base, number);
    }
    done.set(true);
    watcher.join();
    assertThat(incomplete).isEmpty();
    try (Stream<Path> left = Files.list(base)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("1", "2", "3");
    }
  }

  private static List<String> incomplete(Path base) {
    List<String> found = new ArrayList<>();
    try (Stream<Path> entries = Files.list(base)) {
      for (Path entry : entries.toList()) {
        if (entry.getFileName().toString().matches("-?\\d+(\\..*)?")) {
          for (String file :
              List.of(
                  "saved_model.pb",
                  "variables/variables.index",
                  "variables/variables.data-00000-of-00001",
                  WarmUp.FILE,
                  ModelCard.FILE)) {
            if (!Files.exists(entry.resolve(file))) {
              found.add(entry + " " + file);
            }
          }
        }
      }
    } catch (NoSuchFileException moved) {
      return List.of();
    } catch (IOException failure) {
      found.add(failure.toString());
    }
    return found;
  }

  @Test
  void selfTest_variablesMissing_fails() throws IOException {
    Path copy = directory.resolve("broken");
    try (Stream<Path> files = Files.walk(version)) {
      for (Path file : files.toList()) {
        if (!version.relativize(file).toString().startsWith("variables/")) {
          Files.copy(file, copy.resolve(version.relativize(file).toString()));
        }
      }
    }
    assertThatThrownBy(() -> Predictor.open(copy, false).predict(SAMPLES.features()))
        .isInstanceOf(UserError.class);
    // What a server does with the warm-up file as it loads the version.
    try (SavedModelBundle whole = SavedModelBundle.load(version.toString(), "serve")) {
      SelfTest.run(version, whole.session(), whole.signatures(), 0);
      assertThatThrownBy(() -> SelfTest.run(copy, whole.session(), whole.signatures(), 0))
          .hasMessageContaining("uninitialized");
    }
  }

  /** A server reads 0001 as 1 and passes over every name that is no number. */
  @Test
  void highest_otherNames_areNoVersions() throws IOException {
    Path base = directory.resolve("names");
    for (String name : List.of("1", "0003", "7.tmp", ".8.partial", "-9", "v10", "1e3")) {
      Files.createDirectories(base.resolve(name));
    }
    assertThat(VersionDirectory.highest(base)).isEqualTo(3);
    assertThat(VersionDirectory.next(base)).isEqualTo(4);
    assertThat(VersionDirectory.partial(base, 4).getFileName()).hasToString(".4.partial");
  }

  /** A TensorFlow from before an attribute existed refuses a node that names it. */
  @Test
  void export_attributesWithTheirDefault_areLeftOut() throws IOException {
    MetaGraphDef graph = savedModel().getMetaGraphs(0);
    assertThat(graph.getMetaInfoDef().getStrippedDefaultAttrs()).isTrue();
    assertThat(graph.getGraphDef().getNodeList())
        .filteredOn(node -> node.getOp().equals("MatMul"))
        .isNotEmpty()
        .allSatisfy(node -> assertThat(node.getAttrMap()).containsOnlyKeys("T"));
  }
}
