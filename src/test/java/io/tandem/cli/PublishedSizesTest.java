package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The configurations of the published sizes are for a GPU and days; that they can be built,
 * searched, retrained and exported at all is seen here, on noise and a step of each.
 */
@Tag("slow")
class PublishedSizesTest {
  private static final int RECORD = 1 + 3 * 32 * 32;
  private static final List<String> A_STEP =
      List.of(
          "data.cifar_format.validation=16",
          "search.batch=8",
          "search.validation_batch=8",
          "search.shared_steps=1",
          "search.samples=2",
          "search.derive.samples=1",
          "search.derive.keep=1",
          "search.derive.examples=8",
          "search.budget.examples=70",
          "retrain.examples=8",
          "retrain.batch=8",
          "export.batch_sizes=1");

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"enas-macro", "enas-micro"})
  void search_aStepOfThePublishedSize_endsWithAModel(String name) throws IOException {
    Random random = new Random(1);
    for (int batch = 1; batch <= 5; batch++) {
      write("data_batch_" + batch, random);
    }
    write("test_batch", random);
    Path run = folder.resolve("run");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "search",
                Path.of("configs").resolve(name + ".pbtxt").toString(),
                "--out",
                run.toString(),
                "--set",
                "data.cifar.path=" + folder));
    A_STEP.forEach(override -> arguments.addAll(List.of("--set", override)));
    assertThat(Main.run(arguments.toArray(new String[0]))).isZero();
    assertThat(run.resolve("model/1/saved_model.pb")).exists();
    assertThat(Files.readString(run.resolve("journal.jsonl"))).contains("\"kind\":\"step\"");
  }

  /** Twenty images of noise, two of each class. */
  private void write(String file, Random random) throws IOException {
    byte[] records = new byte[20 * RECORD];
    random.nextBytes(records);
    for (int image = 0; image < 20; image++) {
      records[image * RECORD] = (byte) (image % 10);
    }
    Files.write(folder.resolve(file + ".bin"), records);
  }
}
