package io.tandem.config;

import io.tandem.config.proto.Controller;
import io.tandem.config.proto.Data;
import io.tandem.config.proto.Experiment;
import io.tandem.config.proto.ExperimentOrBuilder;
import io.tandem.config.proto.MacroSpace;
import io.tandem.config.proto.Range;
import io.tandem.config.proto.RecurrentSpace;
import io.tandem.config.proto.Retrain;
import io.tandem.config.proto.Search;
import io.tandem.config.proto.SearchSpace.ArchitectureCase;
import io.tandem.config.proto.Strategy;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Defaults that follow from what a user gave: the name of the experiment, its networks and its
 * controller.
 */
final class FittingDefaults {
  private static final int LONGEST_NAME = 64;

  /**
   * The defaults of a controller that learns from trainings from scratch. Its initial density is
   * nearly uniform, like that of the random candidates, and its steps are large enough to fit the
   * best candidates between two of its updates.
   */
  private static final Controller FROM_SCRATCH =
      Controller.newBuilder().setLearningRate(0.01).setInitialStd(1.6).build();

  private final ExperimentOrBuilder file;
  private final ExperimentOrBuilder set;

  /**
   * Looks at what was given.
   *
   * @param file the configuration's file
   * @param set the overrides
   */
  FittingDefaults(ExperimentOrBuilder file, ExperimentOrBuilder set) {
    this.file = file;
    this.set = set;
  }

  private Data data() {
    return set.getData().getSourceCase() == Data.SourceCase.SOURCE_NOT_SET
        ? file.getData()
        : set.getData();
  }

  /**
   * Where no networks are chosen, recurrent cells for texts, with ranges of the optimizer that suit
   * them, and convolutional networks for images.
   *
   * @param experiment the defaults that are changed
   * @param convolutions whether images get theirs
   */
  void networks(Experiment.Builder experiment, boolean convolutions) {
    if (Stream.of(file, set).anyMatch(FittingDefaults::hasNetworks)) {
      return;
    }
    boolean tuning = TuneChecks.isTuning(file.getTune()) || TuneChecks.isTuning(set.getTune());
    switch (data().getSourceCase()) {
      case IMAGES, CIFAR, IDX -> {
        if (convolutions && !tuning) {
          experiment.getSpaceBuilder().setMacro(MacroSpace.getDefaultInstance());
        }
      }
      case TEXT -> {
        experiment.getSpaceBuilder().setRecurrent(RecurrentSpace.getDefaultInstance());
        experiment
            .getSpaceDefaults()
            .getTextOptimizer()
            .getAllFields()
            .forEach(experiment.getSpaceBuilder().getOptimizerBuilder()::setField);
      }
      case CSV, CSV_PARTS, PARQUET, JDBC, DIGITS, SOURCE_NOT_SET -> {}
    }
  }

  /**
   * Numbers have no labels to be smoothed.
   *
   * @param experiment the defaults that are changed
   */
  void regression(Experiment.Builder experiment) {
    if (Stream.of(file, set).anyMatch(layer -> layer.getData().getFormat().getTargetCount() > 0)) {
      experiment
          .getSpaceBuilder()
          .getOptimizerBuilder()
          .setLabelSmoothing(Range.newBuilder().setMin(0).setMax(0));
    }
  }

  /**
   * Opens the range of {@code class_balance} if the search metric weighs all classes equally, and
   * nobody has said how much they count.
   *
   * @param experiment the defaults that are changed
   */
  void balance(Experiment.Builder experiment) {
    Search chosen = set.getSearch().hasMetric() ? set.getSearch() : file.getSearch();
    boolean given =
        Stream.of(file, set).anyMatch(layer -> layer.getData().getClassWeightsCount() > 0);
    if (!given
        && (chosen.getMetric() == Search.Metric.BALANCED_ACCURACY
            || chosen.getMetric() == Search.Metric.F1)) {
      experiment
          .getSpaceBuilder()
          .getOptimizerBuilder()
          .setClassBalance(Range.newBuilder().setMin(0).setMax(1));
    }
  }

  private static boolean hasNetworks(ExperimentOrBuilder layer) {
    return layer.hasGraph()
        || layer.getSpace().getArchitectureCase() != ArchitectureCase.ARCHITECTURE_NOT_SET;
  }

  /**
   * The controller that suits the strategy.
   *
   * @param experiment the defaults that are changed
   */
  void controller(Experiment.Builder experiment) {
    Search chosen = set.getSearch().hasStrategy() ? set.getSearch() : file.getSearch();
    if (chosen.getStrategy() == Strategy.JOINT_HALVING) {
      experiment.getControllerBuilder().mergeFrom(FROM_SCRATCH);
    }
  }

  /**
   * Of tables, several networks answer together. The best epoch is kept where it can be told. The
   * validation part is left for a threshold to be chosen on.
   *
   * @param experiment the defaults that are changed
   */
  void retraining(Experiment.Builder experiment) {
    if (Contradictions.isTable(data())) {
      experiment.getRetrainBuilder().setEnsemble(0);
    }
    Retrain deciding = set.getRetrain().hasThreshold() ? set.getRetrain() : file.getRetrain();
    if (deciding.getThreshold() != Retrain.Threshold.NONE) {
      experiment.getRetrainBuilder().setWithValidation(false).setKeepBest(true);
    }
    Retrain chosen = set.getRetrain().hasWithValidation() ? set.getRetrain() : file.getRetrain();
    if (chosen.hasWithValidation()) {
      experiment.getRetrainBuilder().setKeepBest(!chosen.getWithValidation());
    }
  }

  /**
   * The name of an experiment that was given none: that of its file, or that of its data.
   *
   * @param configuration the configuration, if it is in a file
   * @return empty if neither has a name
   */
  Optional<String> name(Optional<Path> configuration) {
    Data data = data();
    String path =
        configuration
            .map(Path::toString)
            .orElse(
                switch (data.getSourceCase()) {
                  case CSV -> data.getCsv().getFile();
                  case CSV_PARTS -> data.getCsvParts().getTrain();
                  case PARQUET -> data.getParquet().getFile();
                  case JDBC -> "query";
                  case IDX -> data.getIdx().getImages();
                  case IMAGES -> data.getImages().getPath();
                  case CIFAR -> data.getCifar().getPath();
                  case TEXT -> data.getText().getTrain();
                  case DIGITS, SOURCE_NOT_SET -> "digits";
                });
    Path last = Path.of(path).getFileName();
    return Optional.ofNullable(last).map(name -> plain(name.toString())).filter(n -> !n.isEmpty());
  }

  /** With nothing but what a name may have, and without what says of which kind a file is. */
  private static String plain(String name) {
    String plain =
        Normalizer.normalize(name, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}", "")
            .replaceAll("(?i)\\.(pbtxt|csv|tsv|parquet|txt|tokens|tar|tgz|zip|gz)", "")
            .replaceAll("[^A-Za-z0-9._-]+", "-")
            .replaceAll("^[.-]+|-+$", "");
    return plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
  }
}
