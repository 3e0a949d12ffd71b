package io.tandem.run.search;

import io.tandem.config.Experiment;
import io.tandem.disk.AtomicFile;
import io.tandem.disk.Disk;
import io.tandem.disk.DiskErrors;
import io.tandem.disk.RunDirectory;
import io.tandem.export.ModelCard;
import io.tandem.export.SavedModelExporter;
import io.tandem.report.Charts;
import io.tandem.report.TestRecord;
import io.tandem.report.journal.JournalEntry;
import io.tandem.report.journal.JournalReader;
import io.tandem.run.task.ExperimentData;
import io.tandem.run.task.Retrained;
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
   * @param retrained the retrained network
   * @param tested the test part's reading, for the card
   * @param validation figure on the validation part, for the card; NaN if it was trained on
   */
  void run(Retrained retrained, TestRecord tested, double validation) {
    session.progress().phase("export", 1);
    session.progress().step(0, Map.of());
    export(session.run(), session.data(), retrained, tested, validation);
    charts(session.run());
  }

  private void export(
      RunDirectory run,
      ExperimentData data,
      Retrained retrained,
      TestRecord tested,
      double validation) {
    String goal = experiment.goal().text();
    TreeMap<String, Double> metrics = new TreeMap<>();
    metrics.put("test." + goal, tested.figure().orElseThrow());
    if (!Double.isNaN(validation)) {
      metrics.put("validation." + goal, validation);
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
            data.split(),
            experiment.seed(),
            retrained.model().candidate(),
            experiment.retrain().ensemble(),
            metrics,
            tested.metrics(),
            versions,
            run.manifest().command());
    try {
      disk.delete(run.model());
    } catch (IOException failure) {
      throw DiskErrors.error(run.model(), failure);
    }
    new SavedModelExporter(experiment.export(), disk)
        .export(retrained.servable(), run.model(), 1, card);
  }

  private void charts(RunDirectory run) {
    List<JournalEntry.Step> steps = new ArrayList<>();
    List<JournalEntry.Tuned> refinement = new ArrayList<>();
    List<JournalEntry.Retrain> epochs = new ArrayList<>();
    for (JournalEntry entry : JournalReader.read(run.journal()).entries()) {
      if (entry instanceof JournalEntry.Step step) {
        steps.add(step);
      } else if (entry instanceof JournalEntry.Tuned tuned) {
        refinement.add(tuned);
      } else if (entry instanceof JournalEntry.Retrain epoch) {
        epochs.add(epoch);
      }
    }
    write(run.rewardChart(), Charts.reward(steps, experiment.goal()));
    write(run.gradientChart(), Charts.gradients(steps));
    write(run.refinementChart(), Charts.refinement(refinement, experiment.goal()));
    write(run.retrainChart(), Charts.retraining(epochs, experiment.goal()));
  }

  private void write(Path file, Optional<String> svg) {
    svg.ifPresent(text -> AtomicFile.write(disk, file, text));
  }
}
