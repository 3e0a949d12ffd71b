package io.tandem.run.tune;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.AtomicFile;
import io.tandem.disk.Disk;
import io.tandem.disk.RunDirectory;
import io.tandem.graph.tuning.Granularity;
import io.tandem.graph.tuning.Target;
import io.tandem.graph.tuning.TargetLayout;
import io.tandem.graph.tuning.TuningSettings;
import io.tandem.report.Charts;
import io.tandem.report.drawing.GreyImages;
import io.tandem.report.journal.JournalEntry;
import io.tandem.report.journal.JournalReader;
import io.tandem.space.Goal;
import io.tandem.space.Scale;
import io.tandem.tune.BestPoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a tuning leaves behind besides its result: all values found, and pictures. */
final class TuneFiles {
  private static final int MOST_VALUES = 64;

  private final Disk disk;
  private final RunDirectory run;
  private final TargetLayout layout;
  private final TuningSettings settings;
  private final Goal goal;

  TuneFiles(Disk disk, RunDirectory run, TargetLayout layout, TuningSettings settings, Goal goal) {
    this.goal = goal;
    this.disk = disk;
    this.run = run;
    this.layout = layout;
    this.settings = settings;
  }

  void write(BestPoint start, BestPoint best, List<String> classes) {
    AtomicFile.write(disk, run.hyperparameters(), values(best, Integer.MAX_VALUE).toString());
    List<JournalEntry.Tuned> trainings = new ArrayList<>();
    for (JournalEntry entry : JournalReader.read(run.journal()).entries()) {
      if (entry instanceof JournalEntry.Tuned tuned) {
        trainings.add(tuned);
      }
    }
    draw(run.lossChart(), Charts.losses(trainings, goal));
    draw(run.gradientChart(), Charts.hypergradient(trainings));
    Map<String, double[]> curves = new LinkedHashMap<>();
    curves.put("at the start", start.curve());
    curves.put("tuned", best.curve());
    draw(run.learningChart(), Charts.overTraining("Training loss", goal.lossUnit(), false, curves));
    for (TargetLayout.Block block : layout.blocks()) {
      draw(run.scheduleChart(block.settings().target().key()), schedule(block, best.point()));
    }
    layout
        .find(Target.INPUTS)
        .flatMap(block -> images(block, best.point(), classes))
        .ifPresent(svg -> AtomicFile.write(disk, run.inputsDrawing(), svg));
  }

  /** The values found, as in the result: in full where they are few. */
  ObjectNode summary(BestPoint best) {
    return values(best, MOST_VALUES);
  }

  private ObjectNode values(BestPoint best, int most) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    for (TargetLayout.Block block : layout.blocks()) {
      double[] values = block.values(best.point());
      var statistics = Arrays.stream(values).summaryStatistics();
      ObjectNode node =
          all.putObject(block.settings().target().key())
              .put("granularity", block.settings().granularity().name().toLowerCase(Locale.ROOT))
              .put("initial", block.settings().initial())
              .put("min", statistics.getMin())
              .put("mean", statistics.getAverage())
              .put("max", statistics.getMax());
      if (values.length <= most) {
        ArrayNode array = node.putArray("values");
        Arrays.stream(values).forEach(array::add);
      }
    }
    return all;
  }

  private Optional<String> schedule(TargetLayout.Block block, double[] point) {
    Granularity granularity = block.settings().granularity();
    if (granularity != Granularity.STEP && granularity != Granularity.LAYER_STEP) {
      return Optional.empty();
    }
    double[] values = block.values(point);
    int curves = values.length / settings.steps();
    Map<String, double[]> byName = new LinkedHashMap<>();
    for (int curve = 0; curve < curves; curve++) {
      int own = curve;
      String name = curves == 1 ? "all layers" : "layer " + curve;
      byName.put(
          name,
          IntStream.range(0, settings.steps())
              .mapToDouble(step -> values[step * curves + own])
              .toArray());
    }
    return Charts.overTraining(
        block.settings().target().key().replace('_', ' '),
        "value",
        block.settings().scale() == Scale.LOG,
        byName);
  }

  private Optional<String> images(TargetLayout.Block block, double[] point, List<String> classes) {
    double[] values = block.values(point);
    int pixels = values.length / settings.learntRows();
    long side = Math.round(Math.sqrt(pixels));
    if (side * side != pixels) {
      return Optional.empty();
    }
    List<double[]> images = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (int row = 0; row < settings.learntRows(); row++) {
      images.add(Arrays.copyOfRange(values, row * pixels, (row + 1) * pixels));
      labels.add(classes.get(row % classes.size()));
    }
    return Optional.of(GreyImages.svg(images, labels));
  }

  private void draw(Path file, Optional<String> svg) {
    svg.ifPresent(text -> AtomicFile.write(disk, file, text));
  }
}
