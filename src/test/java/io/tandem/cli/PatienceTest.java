package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tandem.report.EarlyEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A retraining that ends early says so wherever its outcome is. */
class PatienceTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PLANNED = 6000;

  @TempDir private Path folder = Path.of("");

  /** Classes at random, so that the training part can only be learnt by heart. */
  private InProcess.Ended train(String... settings) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder text = new StringBuilder("a,b,y\n");
    for (int row = 0; row < 100; row++) {
      text.append(
          String.format(
              Locale.ROOT,
              "%.3f,%.3f,%s%n",
              random.nextDouble(-2, 2),
              random.nextDouble(-2, 2),
              random.nextBoolean() ? "p" : "q"));
    }
    Path file = Files.writeString(folder.resolve("noise.csv"), text);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--architecture",
                "[{\"units\":16,\"activation\":\"relu\",\"dropout\":0,\"adds\":[]}]",
                "--out",
                folder + "/run"));
    List<String> all =
        new ArrayList<>(
            List.of(
                "data.csv.file=" + file,
                "retrain.with_validation=false",
                "retrain.patience=2",
                "retrain.batch=10",
                "retrain.examples=" + PLANNED,
                "fixed_optimizer.learning_rate=0.2",
                "export.batch_sizes=1",
                "report.tensorboard=false"));
    all.addAll(List.of(settings));
    all.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    return InProcess.run(arguments.toArray(String[]::new));
  }

  private JsonNode result() throws IOException {
    return JSON.readTree(Files.readString(folder.resolve("run/result.json")));
  }

  /** A limit that is not reached is not the reason for the end. */
  @ParameterizedTest
  @ValueSource(ints = {0, 600})
  void train_withPatience_saysWhenItEnded(int seconds) throws IOException {
    InProcess.Ended ended =
        seconds == 0
            ? train("retrain.ensemble=1")
            : train("retrain.ensemble=1", "search.budget.seconds=" + seconds);
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(result().path("retrain.early_ends")).hasSize(1);
    EarlyEnd end = EarlyEnd.fromJson(result().path("retrain.early_ends").path(0));
    assertThat(end.epoch()).isEqualTo(end.best() + 2).isLessThan(end.epochs());
    assertThat(end.epochs()).isEqualTo(100);
    String line =
        "the retraining ended after epoch "
            + end.epoch()
            + " of 100: no lower validation loss for 2 epochs";
    assertThat(ended.out()).containsOnlyOnce(line);
    assertThat(Files.readString(folder.resolve("run/journal.jsonl")))
        .containsOnlyOnce("\"name\":\"early_end\",\"text\":\"" + line + "\"")
        .doesNotContain("time_limit");
    long spent = end.epoch() * 60;
    assertThat(result().path("budget.phases").path("retrain").asLong()).isEqualTo(spent);
    assertThat(result().path("budget.examples").asLong()).isEqualTo(spent).isLessThan(PLANNED);
    assertThat(InProcess.run("show", folder + "/run", "-f", "json").out())
        .contains("retrain.early_ends");
  }

  @Test
  void retrain_ofSuchARun_endsEarlyToo() throws IOException {
    assertThat(train("retrain.ensemble=2").code()).isZero();
    assertThat(result().path("retrain.early_ends")).hasSize(2);
    InProcess.Ended again = InProcess.run("retrain", folder + "/run", "--seed", "5");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.err())
        .contains("retrain: network 1 of 2 ended after epoch ")
        .contains("retrain: network 2 of 2 ended after epoch ");
  }
}
