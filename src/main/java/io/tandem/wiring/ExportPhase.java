package io.tandem.wiring;

import io.tandem.config.Experiment;
import io.tandem.data.DataSplit;
import io.tandem.export.ModelCard;
import io.tandem.export.Samples;
import io.tandem.export.SavedModelExporter;
import io.tandem.export.ServableNetwork;
import io.tandem.report.AtomicFile;
import io.tandem.report.Charts;
import io.tandem.report.Disk;
import io.tandem.report.DiskErrors;
import io.tandem.report.JournalEntry;
import io.tandem.report.JournalReader;
import io.tandem.report.RunDirectory;
import io.tandem.retrain.RetrainedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The export of the retrained network, and the pictures of the search that found it. */
record ExportPhase(Experiment experiment, RunSession session, Disk disk) {
  /**
   * Exports and draws. An export of an earlier session is made anew.
   *
   * @param model the retrained network
   * @param test accuracy on the test part, for the card
   * @param validation accuracy on the validation part, for the card; NaN if it was trained on
   */
  void run(RetrainedModel model, double test, double validation) {
    session.progress().phase("export", 1);
    session.progress().step(0, Map.of());
    export(session.run(), session.data(), model, test, validation);
    charts(session.run());
  }

  private void export(
      RunDirectory run, DataSplit data, RetrainedModel model, double test, double validation) {
    TreeMap<String, Double> metrics = new TreeMap<>();
    metrics.put("test.accuracy", test);
    if (!Double.isNaN(validation)) {
      metrics.put("validation.accuracy", validation);
    }
    TreeMap<String, String> versions = new TreeMap<>();
    versions.put("tandem", run.manifest().version());
    versions.put("tensorflow", org.tensorflow.TensorFlow.version());
    versions.put("java", Runtime.version().toString());
    ModelCard card =
        new ModelCard(
            experiment.name(),
            experiment.data().source().text(),
            data.features(),
            data.sha256(),
            data.train().rows() + " / " + data.validation().rows() + " / " + data.test().rows(),
            experiment.seed(),
            model.candidate(),
            metrics,
            versions,
            run.manifest().command());
    try {
      disk.delete(run.model());
    } catch (IOException failure) {
      throw DiskErrors.error(run.model(), failure);
    }
    new SavedModelExporter(experiment.export())
        .export(
            new ServableNetwork(
                model.network(),
                new Samples(data.validation().features(), data.validation().columns())),
            run.model(),
            1,
            card);
  }

  private void charts(RunDirectory run) {
    List<JournalEntry.Step> steps = new ArrayList<>();
    List<JournalEntry.Tuned> refinement = new ArrayList<>();
    for (JournalEntry entry : JournalReader.read(run.journal()).entries()) {
      if (entry instanceof JournalEntry.Step step) {
        steps.add(step);
      } else if (entry instanceof JournalEntry.Tuned tuned) {
        refinement.add(tuned);
      }
    }
    write(run.rewardChart(), Charts.reward(steps));
    write(run.gradientChart(), Charts.gradients(steps));
    write(run.refinementChart(), Charts.refinement(refinement));
  }

  private void write(Path file, Optional<String> svg) {
    svg.ifPresent(text -> AtomicFile.write(disk, file, text));
  }
}
