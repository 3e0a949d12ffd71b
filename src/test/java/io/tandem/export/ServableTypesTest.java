package io.tandem.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import io.tandem.column.DateForm;
import io.tandem.column.DateInputs;
import io.tandem.column.Quantiles;
import io.tandem.data.Dataset;
import io.tandem.data.Inputs;
import io.tandem.data.Standardisation;
import io.tandem.data.TableEncoding;
import io.tandem.data.TableLayout;
import io.tandem.data.TypedRows;
import io.tandem.dialect.Dialect;
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
import java.util.Optional;
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

/**
 * Dates, booleans and mapped numbers go in as they are, and the answers are those of the network.
 */
class ServableTypesTest {
  private static final TableLayout LAYOUT =
      new TableLayout(
          List.of("paid", "when", "kind", "amount"),
          true,
          2,
          List.of(),
          List.of(0, 1, 3),
          Dialect.of(','),
          List.of("NA", "1900-01-01", "2.5"),
          Map.of(3, List.of("-999")));

  /** Four inputs, as the network of the fixtures has. */
  private static final TableEncoding ENCODING =
      new TableEncoding(
          List.of(
              new TableEncoding.Truths(true, false),
              new TableEncoding.Dates(
                  new DateInputs(
                      DateForm.YEAR_DASH,
                      1_767_225_600_000L, // 2026-01-01
                      3.5f,
                      Optional.empty(),
                      List.of(),
                      List.of(),
                      List.of(),
                      true)),
              new TableEncoding.Numbers(2, false, Optional.of(Quantiles.of(1, 2, 3, 1000, 2, 2)))));

  private static final TrainedNetwork MODEL = ExportFixtures.model(List.of());

  private static final TypedRows ROWS =
      new TypedRows(
          List.of(
              new TypedRows.Truths(new byte[] {1, 0, -1, 1}),
              new TypedRows.Dates(
                  DateForm.YEAR_DASH,
                  new long[] {
                    1_767_312_000_000L, DateInputs.MISSING, 1_767_269_130_500L, DateInputs.MISSING
                  },
                  new short[] {0, 0, -90, 0}),
              new TypedRows.Numbers(new float[] {-7, 2.5f, Float.NaN, 700})),
          4);

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

  private static void assertPredicts(TString paid, TString when, TFloat32 amount) {
    assertAnswers(
        "serving_default",
        "probabilities",
        Map.of("paid", paid, "when", when, "amount", amount),
        ROWS);
  }

  @Test
  void predict_columns_answersAsTheNetwork() {
    try (TString paid = TString.vectorOf("true", "false", "", "true");
        TString when =
            TString.vectorOf("2026-01-02", "", "2026-01-01T12:05:30.5-01:30", "2026-02-30");
        TFloat32 amount = TFloat32.vectorOf(-7, 2.5f, Float.NaN, 700)) {
      assertPredicts(paid, when, amount);
    }
  }

  /** Marks of missing values are those of the column: 2.5 is one in all columns but the last. */
  @Test
  void predict_marks_areThoseOfTheColumn() {
    try (TString paid = TString.vectorOf("true", "false", "2.5", "true");
        TString when = TString.vectorOf("2026-01-02", "NA", "2026-01-01T13:35:30.5Z", "-999");
        TFloat32 amount = TFloat32.vectorOf(-7, 2.5f, -999, 700)) {
      assertPredicts(paid, when, amount);
    }
  }

  /** What a client may send although the reader of tables would refuse it or have tidied it up. */
  @Test
  void predict_otherSpellings_countAsTheyAreMeant() {
    try (TString paid = TString.vectorOf(" Yes", "0", "maybe", "T\t");
        TString when =
            TString.vectorOf(
                " 2026-1-2 0:00:00Z ", "1900-01-01", "2026-01-01 12:05:30.5009 -0130", "soon");
        TFloat32 amount = TFloat32.vectorOf(-7, 2.5f, -999, 700)) {
      assertPredicts(paid, when, amount);
    }
  }

  @Test
  void classify_examplesWithoutWhatIsMissing_answersAsTheNetwork() {
    List<ByteString> examples = new ArrayList<>();
    for (int row = 0; row < ROWS.rows(); row++) {
      Features.Builder features = Features.newBuilder();
      for (int column = 0; column < 2; column++) {
        String text = ((TypedRows.Written) ROWS.columns().get(column)).text(row);
        if (!text.isEmpty()) {
          BytesList.Builder bytes = BytesList.newBuilder().addValue(ByteString.copyFromUtf8(text));
          features.putFeature(
              List.of("paid", "when").get(column),
              Feature.newBuilder().setBytesList(bytes).build());
        }
      }
      float amount = ((TypedRows.Numbers) ROWS.columns().get(2)).values()[row];
      if (!Float.isNaN(amount)) {
        features.putFeature(
            "amount",
            Feature.newBuilder().setFloatList(FloatList.newBuilder().addValue(amount)).build());
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
        .contains(
            "| column | takes | missing in training | inputs |",
            "| `paid` | a string, `true` or `false` | no | 1 |",
            "| `when` | a string, a date like `2026-01-31` | yes | 2 |",
            "| `amount` | a float, mapped to normal scores | no | 1 |");
  }

  private static ModelFacts facts(TableEncoding encoding) {
    return new ModelFacts(
        List.of("a", "b"),
        Optional.empty(),
        Optional.of(LAYOUT),
        Optional.of(encoding),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void facts_ofCalendars_areReadAsWritten() {
    TableEncoding encoding =
        new TableEncoding(
            List.of(
                new TableEncoding.Categories(List.of("x"), true, false),
                new TableEncoding.Dates(
                    new DateInputs(
                        DateForm.MONTH_SLASH,
                        -5_000_000_000_123L,
                        1e-7f,
                        Optional.of(1999),
                        List.of(2, 12),
                        List.of(1, 7),
                        List.of(0, 23),
                        false)),
                new TableEncoding.Numbers(0.1f, true)));
    String text = facts(encoding).text();
    assertThat(ModelFacts.parse(text, true).encoding()).contains(encoding);
    refused(text.replace("01/31/2026", "Jan 31"), "'date' is not a date of a known form");
    refused(text.replace("-5000000000123", "1.5"), "'first' is not a whole number");
    refused(text.replace("0, 23", "0, 24"), "its inputs of dates are none of a calendar");
    String quantiles = facts(ENCODING).text();
    refused(quantiles.replace("1000.0", "-1000.0"), "its quantiles do not increase");
    refused(quantiles.replace("1000.0", "\"many\""), "'values' is not a number");
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> ModelFacts.parse(text, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void servingOps_haveWhatItIsMadeOf() throws Exception {
    try (var input = Files.newInputStream(version.resolve("saved_model.pb"))) {
      var model = org.tensorflow.proto.SavedModel.parseFrom(input);
      assertThat(ServingOps.unexpected(model.getMetaGraphs(0))).isEmpty();
    }
  }
}
