package io.tandem.config;

import io.tandem.config.proto.ColumnMissing;
import io.tandem.config.proto.CsvFormat;
import io.tandem.config.proto.Data;
import io.tandem.config.proto.DateOrder;
import io.tandem.config.proto.Experiment;
import io.tandem.config.proto.ImagesFormat;
import io.tandem.config.proto.Range;
import io.tandem.config.proto.Response;
import io.tandem.config.proto.Retrain;
import io.tandem.config.proto.SearchSpace;
import io.tandem.config.proto.Split;
import io.tandem.config.proto.Strategy;
import io.tandem.config.text.Layers;
import io.tandem.config.text.Problems;
import io.tandem.export.ExportSettings;
import java.util.List;
import java.util.Locale;

/** What each field allows but the fields together do not. */
final class Contradictions {
  private static final double TOLERANCE = 1e-6;

  private final Experiment experiment;
  private final Layers layers;
  private final Problems problems;

  Contradictions(Experiment experiment, Layers layers, Problems problems) {
    this.experiment = experiment;
    this.layers = layers;
    this.problems = problems;
  }

  void check() {
    if (!experiment.getName().matches("[A-Za-z0-9._-]{1,64}")
        || experiment.getName().startsWith(".")) {
      found(
          "name",
          "\"" + experiment.getName() + "\" is not allowed, expected 1 to 64 of a-z A-Z 0-9 . _ -");
    }
    checkData(experiment.getData());
    new SpaceContradictions(experiment, this::found).check();
    checkStrategy();
    if (!TuneChecks.isTuning(experiment.getTune())) {
      new ImplicitContradictions(experiment, this::found).check();
      new JointContradictions(experiment, this::found).check();
      new RefineContradictions(experiment, this::found).check();
      if (experiment.getResponse().hasReversible()) {
        found(
            "response.reversible",
            "not allowed in a search, whose graph it cannot be part of; use unrolled, or tandem"
                + " tune with a tuned target");
      }
    }
    int samples = experiment.getSearch().getDerive().getSamples();
    if (samples > 0 && experiment.getSearch().getDerive().getKeep() > samples) {
      found(
          "search.derive.keep",
          experiment.getSearch().getDerive().getKeep()
              + " is not allowed, expected at most search.derive.samples = "
              + samples);
    }
    if (experiment.getRetrain().getKeepBest() && experiment.getRetrain().getWithValidation()) {
      found(
          "retrain.keep_best",
          "true is not allowed with retrain.with_validation, as the validation part cannot tell which"
              + " epoch is best if it is trained on; set one of them to false");
    }
    checkPatience(experiment.getRetrain());
    checkBatchSizes(experiment.getExport().getBatchSizesList());
  }

  private void checkPatience(Retrain retrain) {
    if (retrain.getPatience() > 0 && retrain.getWithValidation()) {
      found(
          "retrain.patience",
          retrain.getPatience()
              + " is not allowed with retrain.with_validation, as the validation part cannot tell when"
              + " to end if it is trained on; set retrain.with_validation to false, or use 0");
    } else if (retrain.getPatience() > 0 && !retrain.getKeepBest()) {
      found(
          "retrain.patience",
          retrain.getPatience()
              + " is not allowed without retrain.keep_best, as the last weights are not the best ones"
              + " after epochs without improvement; set retrain.keep_best to true, or use 0");
    }
  }

  private void checkData(Data data) {
    Split split = data.getSplit();
    double sum = split.getTrain() + split.getValidation() + split.getTest();
    if (Math.abs(sum - 1) > TOLERANCE) {
      found("data.split", "the shares sum to " + sum + ", expected 1; change one of the three");
    }
    checkSplit(data, "data.split.group", split.getGroup());
    checkSplit(data, "data.split.time", split.getTime());
    if (!split.getGroup().isEmpty() && !split.getTime().isEmpty()) {
      found("data.split.time", "not allowed together with data.split.group; leave one of them out");
    }
    checkFormat("data.format", data.getFormat());
    checkTypes(data);
    if (data.hasCsv()) {
      required("data.csv.file", data.getCsv().getFile());
    }
    if (data.hasCsvParts()) {
      required("data.csv_parts.train", data.getCsvParts().getTrain());
      required("data.csv_parts.validation", data.getCsvParts().getValidation());
      required("data.csv_parts.test", data.getCsvParts().getTest());
    }
    if (data.hasParquet()) {
      required("data.parquet.file", data.getParquet().getFile());
    }
    if (data.hasJdbc()) {
      JdbcChecks.check(data.getJdbc(), this::found);
    }
    if (data.hasIdx()) {
      required("data.idx.images", data.getIdx().getImages());
      required("data.idx.labels", data.getIdx().getLabels());
      required("data.idx.test_images", data.getIdx().getTestImages());
      required("data.idx.test_labels", data.getIdx().getTestLabels());
    }
    if (data.hasImages()) {
      required("data.images.path", data.getImages().getPath());
    }
    if (data.hasCifar()) {
      required("data.cifar.path", data.getCifar().getPath());
    }
    checkSize(data.getImagesFormat());
    new TextContradictions(experiment, this::found).check();
    new RegressionContradictions(experiment, this::found).check();
    new MetricContradictions(experiment, this::found).check();
    new ImbalanceContradictions(experiment, this::found).check();
  }

  /** Returns true if the data are a table or tables of the user. */
  static boolean isTable(Data data) {
    return switch (data.getSourceCase()) {
      case CSV, CSV_PARTS, PARQUET, JDBC -> true;
      case DIGITS, IDX, IMAGES, CIFAR, TEXT, SOURCE_NOT_SET -> false;
    };
  }

  /** Returns true if the data are one table, whose rows are divided into parts. */
  static boolean isDivided(Data data) {
    return isTable(data) && !data.hasCsvParts();
  }

  private void checkSplit(Data data, String path, String column) {
    if (column.isEmpty()) {
      return;
    }
    if (!isDivided(data)) {
      found(
          path,
          "only allowed with one table that is divided: data.csv, parquet or jdbc; leave it out");
    }
    checkColumn(path, data.getFormat(), column);
  }

  private void checkSize(ImagesFormat format) {
    if ((format.getWidth() == 0) != (format.getHeight() == 0)) {
      found(
          "data.images_format." + (format.getWidth() == 0 ? "width" : "height"),
          "0 is not allowed where the other side is given; set both, or none to keep the size");
    }
  }

  private void required(String path, String value) {
    if (value.isEmpty()) {
      found(path, "missing; name a file" + (path.endsWith(".path") ? " or folder" : ""));
    }
  }

  private void checkFormat(String path, CsvFormat format) {
    DialectMapping.check(format, (setting, text) -> found(path + "." + setting, text));
    if (format.getLabel().isEmpty()) {
      found(path + ".label", "empty, expected a column's name or index");
    }
    checkColumn(path + ".label", format, format.getLabel());
    checkColumns(path + ".ignore", format, format.getIgnoreList());
    checkColumns(path + ".categorical", format, format.getCategoricalList());
    checkColumns(path + ".target", format, format.getTargetList());
    checkColumns(path + ".date", format, format.getDateList());
    checkColumns(path + ".numeric", format, format.getNumericList());
    checkColumns(path + ".boolean", format, format.getBooleanList());
    for (ColumnMissing own : format.getColumnMissingList()) {
      if (own.hasColumn()) {
        checkColumns(path + ".column_missing.column", format, List.of(own.getColumn()));
      } else {
        found(path + ".column_missing.column", "missing; name a column");
      }
    }
  }

  /** What is said of columns would do nothing without a table. */
  private void checkTypes(Data data) {
    boolean none =
        data.hasDigits() || data.hasIdx() || data.hasImages() || data.hasCifar() || data.hasText();
    CsvFormat format = data.getFormat();
    checkUnused("data.format.date", none && format.getDateCount() > 0);
    checkUnused("data.format.numeric", none && format.getNumericCount() > 0);
    checkUnused("data.format.boolean", none && format.getBooleanCount() > 0);
    checkUnused("data.format.quantile_transform", none && format.getQuantileTransform());
    checkUnused("data.format.column_missing", none && format.getColumnMissingCount() > 0);
    checkUnused("data.format.date_order", none && format.getDateOrder() != DateOrder.AS_FOUND);
  }

  private void checkUnused(String path, boolean unused) {
    if (unused) {
      found(path, "only allowed with a table: data.csv, csv_parts, parquet or jdbc; leave it out");
    }
  }

  private void checkColumns(String path, CsvFormat format, List<String> columns) {
    for (String column : columns) {
      if (column.isBlank()) {
        found(path, "an empty name, expected a column's name or index");
      } else {
        checkColumn(path, format, column);
      }
    }
  }

  private void checkColumn(String path, CsvFormat format, String column) {
    if (!format.getHeader() && !column.matches("-?\\d{1,9}")) {
      found(path, "\"" + column + "\" is not allowed without a header, expected an index");
    }
  }

  /** Whether a strategy is ENAS, or ENAS is one of its two searches. */
  static boolean hasEnas(Strategy strategy) {
    return switch (strategy) {
      case ENAS, ENAS_TUNED_ONCE, ENAS_THEN_HYPERPARAMETERS -> true;
      case JOINT, RANDOM, NAS, GIVEN, RANDOM_HALVING, EVOLUTION, JOINT_HALVING -> false;
    };
  }

  private void checkStrategy() {
    Strategy strategy = experiment.getSearch().getStrategy();
    Response response = experiment.getResponse();
    if (hasEnas(strategy) && !response.hasNone()) {
      found(
          "search.strategy",
          strategy
              + " contradicts response "
              + response.getEstimatorCase().name().toLowerCase(Locale.ROOT)
              + "; use --set response=none or strategy JOINT");
    }
    checkRetrained(experiment.getRetrain().getFilters());
    checkGiven(strategy, experiment.getSearch().getArchitecture());
    checkTruncation(response.getUnrolled().getTruncate());
    if (experiment.getInner().getUnrollSteps() == 0) {
      found(
          "inner.unroll_steps",
          "0 is not allowed, expected 1..100; use 1 for a one-step approximation");
    }
    Range scale = experiment.getSpace().getOptimizer().getInitialScale();
    if (strategy == Strategy.JOINT && scale.getMin() != scale.getMax()) {
      found(
          "space.optimizer.initial_scale",
          "cannot be searched with shared weights; fix it (min = max), or use a strategy that trains"
              + " every candidate from scratch, for example JOINT_HALVING");
    }
  }

  private void checkRetrained(int filters) {
    SearchSpace space = experiment.getSpace();
    if (filters > 0 && !space.hasMacro() && !space.hasMicro()) {
      found(
          "retrain.filters",
          filters
              + " is not allowed with "
              + (space.hasRecurrent() ? "space.recurrent" : "space.perceptron")
              + ", which has none");
    } else if (filters == 1) {
      found("retrain.filters", "1 is not allowed, expected 0 or 2..4096");
    }
    int cells = experiment.getRetrain().getCells();
    if (cells > 0 && !space.hasMicro()) {
      found("retrain.cells", cells + " is not allowed without space.micro; use 0");
    }
    double dropPath = experiment.getRetrain().getDropPath();
    if (dropPath > 0 && !space.hasMicro()) {
      found("retrain.drop_path", dropPath + " is not allowed without space.micro; use 0");
    }
    int hidden = experiment.getRetrain().getHidden();
    if (hidden > 0 && !space.hasRecurrent()) {
      found("retrain.hidden", hidden + " is not allowed without space.recurrent; use 0");
    }
  }

  private void checkGiven(Strategy strategy, String architecture) {
    if (strategy != Strategy.GIVEN) {
      if (!architecture.isEmpty()) {
        found("search.architecture", "not allowed with strategy " + strategy + ", only with GIVEN");
      }
      return;
    }
    if (architecture.isBlank()) {
      found("search.architecture", "empty, expected the architecture that strategy GIVEN trains");
      return;
    }
    try {
      GivenArchitecture.parse(experiment);
    } catch (IllegalArgumentException mistake) {
      found("search.architecture", String.valueOf(mistake.getMessage()));
    }
  }

  private void checkTruncation(int truncate) {
    boolean tuning = TuneChecks.isTuning(experiment.getTune());
    int steps = tuning ? experiment.getTune().getSteps() : experiment.getInner().getUnrollSteps();
    if (truncate > steps) {
      found(
          "response.unrolled.truncate",
          truncate
              + " is not allowed, expected at most "
              + (tuning ? "tune.steps = " : "inner.unroll_steps = ")
              + steps
              + "; 0 differentiates all steps");
    }
  }

  private void checkBatchSizes(List<Integer> sizes) {
    if (sizes.isEmpty() || !sizes.equals(sizes.stream().sorted().distinct().toList())) {
      found("export.batch_sizes", sizes + " is not allowed, expected ascending sizes");
    }
    if (sizes.size() > ExportSettings.MOST) {
      found(
          "export.batch_sizes",
          sizes.size()
              + " sizes are not allowed, expected at most "
              + ExportSettings.MOST
              + ": a server takes 1,000 warm-up requests, one for each signature and size");
    }
  }

  private void found(String path, String text) {
    problems.add(layers.place(path), path + ": " + text);
  }
}
