package io.tandem.run.search;

import io.tandem.config.Experiment;
import io.tandem.disk.AtomicFile;
import io.tandem.disk.Disk;
import io.tandem.disk.RunDirectory;
import io.tandem.report.Refinement;
import io.tandem.report.drawing.Drawing;
import io.tandem.run.task.ExperimentData;
import io.tandem.space.Candidate;
import io.tandem.space.OptimizerSettings;
import java.util.Locale;

/** The winner for people: as text and as a drawing. */
record WinnerFiles(Experiment experiment, Disk disk) {
  /**
   * Writes both.
   *
   * @param run where to
   * @param found the winner
   * @param data what it is trained on
   */
  void write(RunDirectory run, Found found, ExperimentData data) {
    Candidate winner = found.candidate();
    AtomicFile.write(
        disk,
        run.winnerText(),
        winner.architecture().text()
            + experiment.retrained().common().map(common -> common + "\n").orElse("")
            + text(winner.optimizer())
            + found.refinement().map(Refinement::text).orElse(""));
    String title = experiment.name() + ", seed " + experiment.seed();
    Drawing.Captions captions = data.captions(winner.architecture());
    AtomicFile.write(disk, run.winnerDrawing(), Drawing.svg(winner, captions, title));
  }

  private static String text(OptimizerSettings optimizer) {
    StringBuilder text = new StringBuilder("optimizer ");
    text.append(optimizer.family().name().toLowerCase(Locale.ROOT));
    text.append(", ").append(optimizer.schedule().name().toLowerCase(Locale.ROOT));
    optimizer
        .told()
        .forEach(
            name -> text.append('\n').append(name.key()).append(' ').append(optimizer.get(name)));
    optimizer.epsilon().ifPresent(own -> text.append("\nepsilon ").append(own));
    optimizer.batch().ifPresent(own -> text.append("\nbatch ").append(own));
    return text.append('\n').toString();
  }
}
