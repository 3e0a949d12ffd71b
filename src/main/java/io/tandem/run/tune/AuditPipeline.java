package io.tandem.run.tune;

import io.tandem.audit.Audit;
import io.tandem.audit.AuditReport;
import io.tandem.config.Experiment;
import io.tandem.data.DataSplit;
import io.tandem.disk.NextCommand;
import io.tandem.disk.Progress;
import io.tandem.graph.gradient.GradientRegistry;
import io.tandem.run.task.ExperimentData;
import io.tandem.run.task.FullyConnected;
import jakarta.inject.Inject;

/** An audit from the data to the report. It leaves no files. */
public final class AuditPipeline {
  private final Experiment experiment;

  @Inject
  AuditPipeline(Experiment experiment) {
    this.experiment = experiment;
  }

  /**
   * Runs it.
   *
   * @param progress shows people how far it is
   * @throws io.tandem.disk.UserError if the training diverges or does not fit in memory
   */
  public AuditReport run(Progress progress) {
    FullyConnected.require(experiment, NextCommand.of("audit"));
    DataSplit data = ExperimentData.rows(experiment);
    data.notes().stream().limit(1).forEach(progress::message);
    AuditedTraining training = new AuditedTraining(experiment, data);
    if (experiment.tune().toRest()) {
      progress.message(
          "audit: tune.to_rest is left out; what is judged are trainings of exactly "
              + AuditedSettings.of(experiment).steps()
              + " steps ("
              + AuditedSettings.horizon(experiment)
              + "), at rest or not");
    }
    // Loaded before memory is measured.
    GradientRegistry.install();
    return new Audit(experiment.audit(), training, new ProcessMeter(), progress).run();
  }
}
