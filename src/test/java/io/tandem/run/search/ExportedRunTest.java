package io.tandem.run.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.config.ConfigLoader;
import io.tandem.config.EffectiveConfig;
import io.tandem.config.Experiment;
import io.tandem.data.DataSplit;
import io.tandem.data.Dataset;
import io.tandem.data.Inputs;
import io.tandem.data.Seeds;
import io.tandem.data.source.DataLoader;
import io.tandem.disk.Disk;
import io.tandem.disk.Progress;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.RunManifest;
import io.tandem.export.FreshProcess;
import io.tandem.graph.child.TrainedNetwork;
import io.tandem.graph.preprocessing.GraphImageDecoder;
import io.tandem.graph.session.SessionConfig;
import io.tandem.graph.training.TrainedScore;
import io.tandem.report.Results;
import io.tandem.retrain.RetrainHooks;
import io.tandem.retrain.RetrainedModel;
import io.tandem.retrain.Retrainer;
import io.tandem.run.task.ChosenNetwork;
import io.tandem.run.task.ExperimentExamples;
import io.tandem.wiring.Injectors;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What people are told about a network was measured on the retrained one, and what they use is the
 * exported one: on the whole test part of a real run, in a process that knows only the files, they
 * are the same. The reference is the winner trained again with the run's seed, which gives the same
 * bits; nothing of it comes from the exported files.
 */
class ExportedRunTest {
  private static final double TOLERANCE = 1e-6;

  @TempDir private Path folder = Path.of("");

  @Test
  void exportedModel_inAFreshProcess_answersAsTheRetrainedNetworkOnTheTestPart() throws Exception {
    EffectiveConfig config =
        ConfigLoader.defaults(
            List.of(
                "search.strategy=RANDOM",
                "search.budget.examples=12000",
                "search.derive.examples=2000",
                "retrain.examples=6000"));
    Experiment experiment = config.experiment();
    RunDirectory run =
        RunDirectory.create(
            Disk.system(),
            folder.resolve("run"),
            new RunManifest("digits", 1, "random", "test", Instant.EPOCH, "0", config.hash()),
            config.text());
    DataSplit data = DataLoader.load(experiment.data(), experiment.seed(), GraphImageDecoder::new);
    Results results =
        Injectors.pipeline(experiment)
            .run(run, () -> new ExperimentExamples(experiment, data), new Silence(), () -> false)
            .orElseThrow();
    RetrainedModel<TrainedNetwork> model =
        new Retrainer(
                experiment.retrain(),
                experiment.inner(),
                experiment.augmentation(),
                experiment.runtime())
            .retrain(
                results.winner(),
                ChosenNetwork.of(
                    experiment.space().architecture(),
                    results.winner().architecture(),
                    data.train()),
                data,
                Seeds.of(experiment.seed(), "retrain", 0),
                RetrainHooks.none());
    Dataset test = data.test();
    double[][] expected = probabilities(experiment, model, data);
    List<String[]> found =
        FreshProcess.answers(
            folder,
            run.model().resolve("1"),
            test.features(),
            test.columns(),
            model.network().featureNames());

    assertThat(found).hasSize(2 * test.rows());
    int correct = 0;
    for (int index = 0; index < found.size(); index++) {
      int row = index % test.rows();
      String[] answer = found.get(index);
      int best = 0;
      for (int c = 0; c < expected[row].length; c++) {
        assertThat(Double.parseDouble(answer[c + 1]))
            .isCloseTo(expected[row][c], within(TOLERANCE));
        best = expected[row][c] > expected[row][best] ? c : best;
      }
      assertThat(answer[0]).isEqualTo(test.classes().get(best));
      correct += answer[0].equals(test.classes().get(test.labels()[row])) ? 1 : 0;
    }
    assertThat((double) correct / found.size()).isEqualTo(results.test());
  }

  private static double[][] probabilities(
      Experiment experiment, RetrainedModel<TrainedNetwork> model, DataSplit data) {
    Inputs rows = new Inputs(data.test(), data.standardisation());
    float[] logits =
        TrainedScore.outputs(model.network(), rows, SessionConfig.of(experiment.runtime()));
    int classes = rows.targets().outcome().outputs();
    double[][] all = new double[rows.rows()][classes];
    for (int row = 0; row < all.length; row++) {
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        all[row][c] = Math.exp(logits[row * classes + c]);
        sum += all[row][c];
      }
      for (int c = 0; c < classes; c++) {
        all[row][c] /= sum;
      }
    }
    return all;
  }

  private static final class Silence implements Progress {
    @Override
    public void phase(String name, long total) {}

    @Override
    public void step(long done, Map<String, Double> metrics) {}

    @Override
    public void message(String text) {}

    @Override
    public void close() {}
  }
}
