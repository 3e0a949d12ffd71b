package io.tandem.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tandem.cli.PredictCommand;
import io.tandem.data.DataSettings;
import io.tandem.data.DataSource;
import io.tandem.data.DataSplit;
import io.tandem.data.Dataset;
import io.tandem.data.ImageShape;
import io.tandem.data.Inputs;
import io.tandem.data.SplitSettings;
import io.tandem.data.Standardisation;
import io.tandem.data.Values;
import io.tandem.data.image.DamagedImageException;
import io.tandem.data.image.PredictionImages;
import io.tandem.data.source.DataLoader;
import io.tandem.disk.Disk;
import io.tandem.disk.UserError;
import io.tandem.export.signature.ImageRequests;
import io.tandem.export.signature.Png;
import io.tandem.graph.child.TrainedNetwork;
import io.tandem.graph.child.image.MacroNetwork;
import io.tandem.graph.core.Precision;
import io.tandem.graph.gradient.GradientRegistry;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.graph.preprocessing.GraphImageDecoder;
import io.tandem.graph.session.Device;
import io.tandem.graph.session.RuntimeSettings;
import io.tandem.graph.session.SessionConfig;
import io.tandem.graph.training.TrainedScore;
import io.tandem.graph.training.TrainingState;
import io.tandem.retrain.RetrainHooks;
import io.tandem.retrain.RetrainSettings;
import io.tandem.retrain.RetrainState;
import io.tandem.retrain.RetrainedModel;
import io.tandem.retrain.Retrainer;
import io.tandem.serve.ImagePredictor;
import io.tandem.serve.Predictor;
import io.tandem.space.Candidate;
import io.tandem.space.Filters;
import io.tandem.space.Hyperparameter;
import io.tandem.space.MacroArchitecture;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.Schedule;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A network of images learns with its moving statistics, goes on with the same bits after an
 * interruption, and is served as it was trained: raw bytes and image files get the same answers.
 */
class ImageRetrainTest {
  private static final ImageShape SHAPE = new ImageShape(8, 8, 1);
  // A white that is no power of two: division and standardisation are both put to the test.
  private static final float WHITE = 17;
  private static final RuntimeSettings RUNTIME =
      new RuntimeSettings(Device.CPU, 0, 0, true, Precision.FLOAT32);
  private static final DataSplit DIGITS = images();
  private static final MacroArchitecture ARCHITECTURE = MacroArchitecture.parse("1 0 1 5 1 0");
  private static final MacroNetwork NETWORK =
      new MacroNetwork(
          ARCHITECTURE,
          new Filters(8),
          0.1,
          new io.tandem.graph.child.image.ImageShape(8, 8, 1),
          10);

  @BeforeAll
  static void install() {
    GradientRegistry.install();
  }

  private static DataSplit images() {
    DataSplit rows =
        DataLoader.load(
            new DataSettings(new DataSource.Digits(), new SplitSettings(0.6, 0.2, 0.2)),
            3,
            GraphImageDecoder::new);
    Dataset train = images(rows.train());
    return new DataSplit(
        train,
        images(rows.validation()),
        images(rows.test()),
        Standardisation.of(train),
        rows.sha256(),
        "8 x 8 pixels",
        Optional.empty(),
        List.of(),
        List.of());
  }

  private static Dataset images(Dataset rows) {
    float[] features = rows.features();
    byte[] bytes = new byte[features.length];
    for (int index = 0; index < bytes.length; index++) {
      bytes[index] = (byte) features[index];
    }
    return new Dataset(
        new Values.Bytes(bytes, WHITE),
        rows.columns(),
        rows.labels(),
        rows.classes(),
        rows.featureNames(),
        Optional.of(SHAPE));
  }

  private static Candidate candidate() {
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      values.put(hyperparameter, 0.0);
    }
    values.put(Hyperparameter.LEARNING_RATE, 0.01);
    values.put(Hyperparameter.MOMENTUM, 0.9);
    values.put(Hyperparameter.CLIP_NORM, 1e3);
    values.put(Hyperparameter.AUGMENTATION, 1.0);
    values.put(Hyperparameter.INITIAL_SCALE, 1.0);
    return new Candidate(
        ARCHITECTURE, new OptimizerSettings(OptimizerFamily.ADAM, Schedule.COSINE, values));
  }

  private static Retrainer retrainer(long examples, AugmentationSettings augmentation) {
    return new Retrainer(
        new RetrainSettings(examples, 32, false, false, 10),
        new InnerSettings(1, 0.999, 1e-8),
        augmentation,
        RUNTIME);
  }

  private static RetrainHooks hooks(AtomicReference<Optional<RetrainState>> saved, long stop) {
    return new RetrainHooks() {
      @Override
      public Optional<RetrainState> resume(Consumer<TrainingState> restore) {
        saved.get().ifPresent(state -> restore.accept(state.training()));
        return saved.get();
      }

      @Override
      public void epoch(io.tandem.retrain.EpochReport report) {}

      @Override
      public boolean step(long step, Supplier<RetrainState> state) {
        if (step == stop) {
          saved.set(Optional.of(state.get()));
        }
        return step != stop;
      }
    };
  }

  @Test
  void retrain_interrupted_goesOnWithTheSameBits() {
    Retrainer retrainer = retrainer(1_600, new AugmentationSettings(1, false, 2));
    RetrainedModel<TrainedNetwork> whole =
        retrainer.retrain(candidate(), NETWORK, DIGITS, 8, RetrainHooks.none());
    AtomicReference<Optional<RetrainState>> saved = new AtomicReference<>(Optional.empty());
    assertThat(retrainer.retrain(candidate(), NETWORK, DIGITS, 8, hooks(saved, 21)).stopped())
        .isTrue();
    RetrainedModel<TrainedNetwork> resumed =
        retrainer.retrain(candidate(), NETWORK, DIGITS, 8, hooks(saved, -1));
    assertThat(resumed.network().weights().toArray())
        .isEqualTo(whole.network().weights().toArray());
    assertThat(resumed.network().statistics().toArray())
        .isEqualTo(whole.network().statistics().toArray());
    RetrainedModel<TrainedNetwork> plain =
        retrainer(1_600, AugmentationSettings.none())
            .retrain(candidate(), NETWORK, DIGITS, 8, RetrainHooks.none());
    assertThat(plain.network().weights().toArray())
        .isNotEqualTo(whole.network().weights().toArray());
  }

  @Test
  void retrain_thenServed_learnsAndAnswersTheSame(@TempDir Path folder) throws Exception {
    Retrainer retrainer = retrainer(12_000, AugmentationSettings.none());
    RetrainedModel<TrainedNetwork> model =
        retrainer.retrain(candidate(), NETWORK, DIGITS, 7, RetrainHooks.none());
    assertThat(model.validation().accuracy()).isGreaterThan(0.85);
    assertThat(retrainer.evaluate(model, DIGITS.validation()).accuracy())
        .isEqualTo(model.validation().accuracy());

    Dataset test = DIGITS.test();
    Path version =
        new SavedModelExporter(new ExportSettings(List.of(1, 8)), Disk.system())
            .export(
                new ServableNetwork(
                    model.network(),
                    new Samples(DIGITS.validation().features(), SHAPE.size()),
                    Optional.of(SHAPE),
                    Optional.empty()),
                folder.resolve("model"),
                1,
                new ModelCard(
                    "digits",
                    "digits",
                    "8 x 8 pixels",
                    "00",
                    "split",
                    7,
                    candidate(),
                    1,
                    new TreeMap<>(),
                    Optional.empty(),
                    new TreeMap<>(),
                    "test"));
    List<byte[]> images = ImageRequests.images(test.features(), SHAPE, WHITE);
    float[] logits =
        TrainedScore.outputs(
            model.network(), new Inputs(test, DIGITS.standardisation()), SessionConfig.of(RUNTIME));
    List<double[]> found = FreshImages.answers(folder, version, images, SHAPE);
    assertThat(found).hasSize(4 * test.rows());
    for (int index = 0; index < found.size(); index++) {
      double[] expected = softmax(logits, index % test.rows());
      for (int c = 0; c < expected.length; c++) {
        assertThat(found.get(index)[c]).isCloseTo(expected[c], within(1e-5));
      }
    }
    assertThatThrownBy(() -> Predictor.open(version, false))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("has no fitting features");

    // Files of a folder, in the order of their names, up to one that is no image.
    Path files = Files.createDirectory(folder.resolve("photos"));
    for (int index = 0; index < 3; index++) {
      Files.write(files.resolve(index + ".png"), Png.encode(images.get(index), SHAPE));
    }
    Files.writeString(files.resolve("notes.txt"), "passed over");
    List<String> seen = new ArrayList<>();
    try (ImagePredictor predictor = ImagePredictor.open(version, false)) {
      PredictionImages.read(
          files,
          Optional.empty(),
          SHAPE,
          10,
          new PredictionImages.Sink() {
            @Override
            public void file(String place, String folder, byte[] bytes) {
              try {
                float[] answer = predictor.predict(bytes).probabilities();
                double[] expected = softmax(logits, seen.size());
                for (int c = 0; c < expected.length; c++) {
                  assertThat((double) answer[c]).isCloseTo(expected[c], within(1e-6));
                }
                assertThat(folder).isEqualTo("photos");
                seen.add(place);
              } catch (DamagedImageException damage) {
                throw new AssertionError(place, damage);
              }
            }

            @Override
            public void pixels(String place, int label, byte[] pixels) {
              throw new AssertionError(place);
            }
          });
      assertThat(seen)
          .containsExactly(
              files.resolve("0.png").toString(),
              files.resolve("1.png").toString(),
              files.resolve("2.png").toString());
      assertThatThrownBy(() -> predictor.predict("no image".getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(DamagedImageException.class)
          .hasMessageContaining("expected a JPEG or PNG file");
    }
    StringWriter printed = new StringWriter();
    CommandLine line = new CommandLine(new PredictCommand()).setOut(new PrintWriter(printed));
    Path one = files.resolve("1.png");
    assertThat(line.execute(version.toString(), "--input", one.toString())).isZero();
    assertThat(printed.toString()).startsWith("file,class,p_0,p_1").contains("\n" + one + ",");
    assertThat(printed.toString()).hasLineCount(2);
  }

  private static double[] softmax(float[] logits, int row) {
    double[] all = new double[10];
    double sum = 0;
    for (int c = 0; c < all.length; c++) {
      all[c] = Math.exp(logits[row * all.length + c]);
      sum += all[c];
    }
    for (int c = 0; c < all.length; c++) {
      all[c] /= sum;
    }
    return all;
  }
}
