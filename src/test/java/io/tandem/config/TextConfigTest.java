package io.tandem.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tandem.config.proto.Data;
import io.tandem.config.proto.TextFiles;
import io.tandem.data.DataSource;
import io.tandem.data.TextSettings;
import io.tandem.disk.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts are configured like other data, but only networks of words can take them. */
class TextConfigTest {
  @TempDir private Path directory;

  private static String refused(List<String> overrides) {
    UserError error = catchThrowableOfType(UserError.class, () -> ConfigLoader.defaults(overrides));
    assertThat(error.kind()).isEqualTo(UserError.Kind.USAGE);
    return error.getMessage();
  }

  @ParameterizedTest
  @ValueSource(strings = {"perceptron", "macro", "micro"})
  void load_textWithoutRecurrentNetworks_isRefusedInOneLine(String networks) {
    assertThat(refused(List.of("data.text.train=a", "data.text.test=b", "space=" + networks)))
        .isEqualTo("data.text: not allowed with space." + networks + "; use space.recurrent");
  }

  @Test
  void load_file_namesThePlaceOfTheText() throws IOException {
    Path file = directory.resolve("e.pbtxt");
    Files.writeString(file, "data {\n  text { train: 'a' test: 'b' }\n}\nspace { perceptron {} }");
    assertThat(catchThrowableOfType(UserError.class, () -> ConfigLoader.load(file, List.of())))
        .hasMessage(
            file + ":2:3: data.text: not allowed with space.perceptron; use space.recurrent");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          data.text.train=a                 | data.text.test: missing; name a file
          data.text.test=a                  | data.text.train: missing; name a file
          data.text_format.vocabulary=1     | data.text_format.vocabulary: 1 is not allowed, expected 0 or 2..1000000
          data.text_format.vocabulary=-1    | data.text_format.vocabulary: -1 is not allowed, expected 0..1000000
          data.text_format.vocabulary=1000001 | data.text_format.vocabulary: 1000001 is not allowed, expected 0..1000000
          data.text_format.min_count=0      | data.text_format.min_count: 0 is not allowed, expected 1..1000000000
          data.text_format.validation=0     | data.text_format.validation: 0 is not allowed, expected 0.001..0.999
          data.text_format.validation=1     | data.text_format.validation: 1 is not allowed, expected 0.001..0.999
          data.text_format.window=1         | data.text_format.window: 1 is not allowed, expected 2..1000
          retrain.average_after=-1          | retrain.average_after: -1 is not allowed, expected 0..1000
          data.text.tests=a                 | data.text.tests: unknown setting "tests"; did you mean test?
          """)
  void load_badSetting_isRefusedWithPlaceAndRemedy(String override, String expected) {
    assertThat(refused(new ArrayList<>(List.of(override)))).contains(expected);
  }

  @Test
  void source_files_areMappedWithTheDefaultsOfTheReference() {
    TextFiles.Builder files = TextFiles.newBuilder().setTrain("/a").setTest("/c");
    assertThat(source(files))
        .isEqualTo(
            new DataSource.Text(
                Path.of("/a"), Optional.empty(), Path.of("/c"), new TextSettings(10_000, 1, 0.1)));
    assertThat(source(files.setValidation("/b")))
        .isEqualTo(
            new DataSource.Text(
                Path.of("/a"),
                Optional.of(Path.of("/b")),
                Path.of("/c"),
                new TextSettings(10_000, 1, 0.1)));
    assertThat(source(files).text()).isEqualTo("/a");
  }

  private static DataSource source(TextFiles.Builder files) {
    Data.Builder data = ConfigLoader.reference().getDataBuilder();
    return Mapping.data(data.setText(files).build()).source();
  }

  @Test
  void source_format_arrivesInItsRecord() {
    Data.Builder data =
        ConfigLoader.reference().getDataBuilder().setText(TextFiles.getDefaultInstance());
    data.getTextFormatBuilder().setVocabulary(7).setMinCount(3).setValidation(0.25);
    assertThat(Mapping.data(data.build()).source())
        .isInstanceOfSatisfying(
            DataSource.Text.class,
            text -> assertThat(text.settings()).isEqualTo(new TextSettings(7, 3, 0.25)));
  }

  @Test
  void load_overrideOfOneFile_leavesTheOthers() throws IOException {
    Path file = directory.resolve("f.pbtxt");
    Files.writeString(file, "space { recurrent {} } data { text { train: 'a' test: 'b' } }");
    List<String> overrides =
        List.of("data.text.test=/c", "data.text_format.window=20", "retrain.average_after=3");
    Experiment experiment = ConfigLoader.load(file, overrides).experiment();
    assertThat(experiment.data().source())
        .isInstanceOfSatisfying(
            DataSource.Text.class,
            text -> {
              assertThat(text.train()).isEqualTo(directory.resolve("a"));
              assertThat(text.test()).isEqualTo(Path.of("/c"));
            });
    assertThat(experiment.text()).isEqualTo(new TextTraining(20, true, 3));
  }

  @Test
  void change_paths_eachThatIsSet() {
    var layer = io.tandem.config.proto.Experiment.newBuilder();
    layer.getDataBuilder().getTextBuilder().setTrain("a").setTest("../c");
    Places.change(layer, path -> Path.of("/d/e").resolve(path).normalize().toString());
    assertThat(layer.getData().getText().getTrain()).isEqualTo("/d/e/a");
    assertThat(layer.getData().getText().getValidation()).isEmpty();
    assertThat(layer.getData().getText().getTest()).isEqualTo("/d/c");
    layer.getDataBuilder().getTextBuilder().setValidation("b");
    Places.change(layer, path -> Path.of("/d/e").resolve(path).normalize().toString());
    assertThat(layer.getData().getText().getValidation()).isEqualTo("/d/e/b");
  }
}
