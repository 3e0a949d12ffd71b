package io.tandem.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import io.tandem.data.Dataset;
import io.tandem.data.Inputs;
import io.tandem.data.Standardisation;
import io.tandem.data.TableEncoding;
import io.tandem.data.TableLayout;
import io.tandem.data.TypedRows;
import io.tandem.disk.Disk;
import io.tandem.export.wire.TensorProtos;
import io.tandem.graph.child.TrainedNetwork;
import io.tandem.graph.core.Precision;
import io.tandem.graph.session.Device;
import io.tandem.graph.session.RuntimeSettings;
import io.tandem.graph.session.SessionConfig;
import io.tandem.graph.training.TrainedScore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.FloatList;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/** The columns of a table go in as they are, and the answers are those of the network. */
class ServableTableTest {
  private static final TableLayout LAYOUT =
      new TableLayout(
          List.of("age", "job title", "kind"),
          true,
          2,
          List.of(0, 1),
          ',',
          List.of("NA", "?", "-999"));

  /** Four inputs, as the network of the fixtures has. */
  private static final TableEncoding ENCODING =
      new TableEncoding(
          List.of(
              new TableEncoding.Numbers(0.25f, true),
              new TableEncoding.Categories(List.of("baker"), true, false)));

  private static final TrainedNetwork MODEL = ExportFixtures.model(List.of());

  private static final TypedRows ROWS =
      new TypedRows(
          List.of(
              new TypedRows.Numbers(new float[] {1, Float.NaN, -0.5f, 0.25f, Float.NaN}),
              new TypedRows.Texts(List.of("baker", "smith", "", "baker", ""))),
          5);

  @TempDir private static Path folder = Path.of("");

  private static Path version = Path.of("");

  @BeforeAll
  static void export() {
    version =
        new SavedModelExporter(new ExportSettings(List.of(1, 8)), Disk.system())
            .export(
                new ServableTable(MODEL, ENCODING, ROWS, LAYOUT),
                folder.resolve("model"),
                1,
                ExportFixtures.card());
  }

  /** Probabilities of the network on the encoded rows, by plain Java after its logits. */
  private static double[] expected(TypedRows rows) {
    int[] labels = new int[rows.rows()];
    Dataset encoded =
        new Dataset(
            ENCODING.encode(rows),
            4,
            labels,
            MODEL.classNames(),
            ENCODING.names(LAYOUT.featureNames()));
    float[] logits =
        TrainedScore.outputs(
            MODEL,
            new Inputs(encoded, new Standardisation(MODEL.mean(), MODEL.scale())),
            SessionConfig.of(new RuntimeSettings(Device.CPU, 1, 1, true, Precision.FLOAT32)));
    double[] probabilities = new double[logits.length];
    for (int row = 0; row < rows.rows(); row++) {
      double sum = 0;
      for (int c = 0; c < 3; c++) {
        sum += Math.exp(logits[3 * row + c]);
      }
      for (int c = 0; c < 3; c++) {
        probabilities[3 * row + c] = Math.exp(logits[3 * row + c]) / sum;
      }
    }
    return probabilities;
  }

  private static void assertAnswers(
      String signature, String output, Map<String, Tensor> inputs, TypedRows rows) {
    try (SavedModelBundle loaded = SavedModelBundle.load(version.toString(), "serve");
        Result result = loaded.function(signature).call(inputs)) {
      TFloat32 found = (TFloat32) result.get(output).orElseThrow();
      double[] wanted = expected(rows);
      for (int index = 0; index < wanted.length; index++) {
        assertThat(found.getFloat(index / 3, index % 3))
            .isCloseTo((float) wanted[index], within(1e-6f));
      }
    }
  }

  @Test
  void predict_columns_answersAsTheNetwork() {
    try (TFloat32 ages = TFloat32.vectorOf(1, Float.NaN, -0.5f, 0.25f, Float.NaN);
        TString jobs = TString.vectorOf("baker", "smith", "", "baker", "")) {
      assertAnswers(
          "serving_default", "probabilities", Map.of("age", ages, "job title", jobs), ROWS);
    }
  }

  /** What a client may send although the reader of tables would have tidied it up. */
  @Test
  void predict_spacesAndMarks_countAsInTheTable() {
    try (TFloat32 ages = TFloat32.vectorOf(1, -999, -0.5f, 0.25f, Float.NaN);
        TString jobs =
            TString.vectorOf(" baker\t", "never seen", "NA", "\u2003baker\u3000", " ? ")) {
      assertAnswers(
          "serving_default", "probabilities", Map.of("age", ages, "job title", jobs), ROWS);
    }
  }

  @Test
  void classify_examplesWithoutWhatIsMissing_answersAsTheNetwork() {
    List<ByteString> examples = new ArrayList<>();
    float[] ages = ((TypedRows.Numbers) ROWS.columns().get(0)).values();
    List<String> jobs = ((TypedRows.Texts) ROWS.columns().get(1)).values();
    for (int row = 0; row < ROWS.rows(); row++) {
      Features.Builder features = Features.newBuilder();
      if (!Float.isNaN(ages[row])) {
        features.putFeature(
            "age",
            Feature.newBuilder().setFloatList(FloatList.newBuilder().addValue(ages[row])).build());
      }
      if (!jobs.get(row).isEmpty()) {
        features.putFeature(
            "job title",
            Feature.newBuilder()
                .setBytesList(
                    BytesList.newBuilder().addValue(ByteString.copyFromUtf8(jobs.get(row))))
                .build());
      }
      examples.add(Example.newBuilder().setFeatures(features).build().toByteString());
    }
    try (TString inputs = TensorProtos.stringTensor(examples)) {
      assertAnswers("classify", "scores", Map.of("inputs", inputs), ROWS);
    }
  }

  @Test
  void facts_ofTheVersion_haveTheEncoding() throws Exception {
    ModelFacts facts =
        ModelFacts.parse(
            Files.readString(version.resolve(ExtraFile.FOLDER).resolve(ModelFacts.FILE)), false);
    assertThat(facts.encoding()).contains(ENCODING);
    assertThat(facts.table()).contains(LAYOUT);
    assertThat(Files.readString(version.resolve(ModelCard.FILE)))
        .contains("The columns go in as they are in the table");
  }

  @Test
  void servingOps_haveWhatItIsMadeOf() throws Exception {
    try (var input = Files.newInputStream(version.resolve("saved_model.pb"))) {
      var model = org.tensorflow.proto.SavedModel.parseFrom(input);
      assertThat(ServingOps.unexpected(model.getMetaGraphs(0))).isEmpty();
    }
  }
}
