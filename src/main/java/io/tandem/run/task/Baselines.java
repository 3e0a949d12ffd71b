package io.tandem.run.task;

import io.tandem.config.Experiment;
import io.tandem.data.DataSplit;
import io.tandem.data.Inputs;
import io.tandem.data.Seeds;
import io.tandem.graph.child.PerceptronNetwork;
import io.tandem.graph.child.RowInput;
import io.tandem.graph.child.TrainedNetwork;
import io.tandem.graph.session.SessionConfig;
import io.tandem.graph.training.TrainedScore;
import io.tandem.outcome.Outcome;
import io.tandem.outcome.Targets;
import io.tandem.report.Baseline;
import io.tandem.report.Significant;
import io.tandem.retrain.EpochReport;
import io.tandem.retrain.RetrainHooks;
import io.tandem.retrain.RetrainSettings;
import io.tandem.retrain.RetrainedModel;
import io.tandem.retrain.Retrainer;
import io.tandem.space.Candidate;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.PerceptronArchitecture;
import io.tandem.space.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What simple models score on the test part of an experiment. */
final class Baselines {
  private static final long PASSES = 10;
  private static final long LEAST = 60_000;
  private static final long MOST = 2_000_000;
  private static final int BATCH = 64;

  /** Share of a limit in seconds that the linear model may take. */
  private static final double SHARE = 0.03;

  private static final double NANOS = 1e9;

  private final Experiment experiment;
  private final DataSplit data;
  private final boolean wantsLinear;

  Baselines(Experiment experiment, DataSplit data, boolean wantsLinear) {
    this.wantsLinear = wantsLinear;
    this.experiment = experiment;
    this.data = data;
  }

  /** Always the same answer; of tables the linear model too. */
  List<Baseline> all() {
    List<Baseline> baselines = new ArrayList<>();
    baselines.add(
        data.train().outcome() instanceof Outcome.Numbers numbers ? mean(numbers) : majority());
    if (wantsLinear) {
      linear().ifPresent(baselines::add);
    }
    return baselines;
  }

  private Baseline majority() {
    int[] counts = data.train().classCounts();
    int most = 0;
    for (int index = 1; index < counts.length; index++) {
      most = counts[index] > counts[most] ? index : most;
    }
    double share = (double) data.test().classCounts()[most] / data.test().rows();
    return new Baseline(Baseline.Kind.MAJORITY, data.train().classes().get(most), share);
  }

  /** Its standardised value is 0. */
  private Baseline mean(Outcome.Numbers outcome) {
    Targets.Numbers test = (Targets.Numbers) data.test().targets();
    Tested always = Tested.of(test, new float[test.values().length]);
    String means =
        IntStream.range(0, outcome.outputs())
            .mapToObj(output -> Significant.text(outcome.value(0, output)))
            .collect(Collectors.joining(", "));
    return new Baseline(Baseline.Kind.MEAN, means, always.figure(experiment.goal()));
  }

  /** Empty if a limit left no time for all of its training, after which it would say nothing. */
  private Optional<Baseline> linear() {
    Limit limit = new Limit(experiment.search().budget().seconds() * SHARE);
    int rows = data.train().rows() + data.validation().rows();
    RetrainSettings settings =
        new RetrainSettings(
            Math.min(MOST, Math.max(LEAST, PASSES * rows)), BATCH, true, false, 1_000_000);
    Candidate candidate =
        new Candidate(
            new PerceptronArchitecture(List.of()),
            new OptimizerSettings(
                OptimizerFamily.ADAM,
                Schedule.COSINE,
                Map.of(
                    Hyperparameter.LEARNING_RATE, 0.01,
                    Hyperparameter.MOMENTUM, 0.9,
                    Hyperparameter.WEIGHT_DECAY, 1e-4,
                    Hyperparameter.CLIP_NORM, 5.0,
                    Hyperparameter.LABEL_SMOOTHING, 0.0,
                    Hyperparameter.AUGMENTATION, 0.0,
                    Hyperparameter.INITIAL_SCALE, 1.0)));
    RetrainedModel<TrainedNetwork> model =
        new Retrainer(settings, experiment.inner(), experiment.augmentation(), experiment.runtime())
            .retrain(
                candidate,
                new PerceptronNetwork(
                    new PerceptronArchitecture(List.of()),
                    RowInput.of(data.train()),
                    data.train().outcome().outputs()),
                data,
                Seeds.of(experiment.seed(), "baseline", 0),
                limit);
    if (limit.isReached()) {
      return Optional.empty();
    }
    float[] outputs =
        TrainedScore.outputs(
            model.network(),
            new Inputs(data.test(), data.standardisation()),
            SessionConfig.of(experiment.runtime()));
    double figure = Tested.of(data.test().targets(), outputs).figure(experiment.goal());
    return Optional.of(new Baseline(Baseline.Kind.LINEAR, "", figure));
  }

  /** Ends a training early under a limit in seconds. */
  private static final class Limit implements RetrainHooks {
    private final long begin = System.nanoTime();
    private final double seconds;
    private boolean reached;

    Limit(double seconds) {
      this.seconds = seconds;
    }

    @Override
    public double timeShare(long examples) {
      double spent = seconds == 0 ? 0 : (System.nanoTime() - begin) / NANOS / seconds;
      reached |= spent >= 1;
      return reached ? 1 : 0;
    }

    boolean isReached() {
      return reached;
    }

    @Override
    public void epoch(EpochReport report) {}
  }
}
