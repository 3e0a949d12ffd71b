package io.tandem.config;

import io.tandem.audit.AuditSettings;
import io.tandem.column.DateOrder;
import io.tandem.config.proto.Audit;
import io.tandem.config.proto.Augmentation;
import io.tandem.config.proto.ClassWeight;
import io.tandem.config.proto.Data;
import io.tandem.config.proto.Derive;
import io.tandem.config.proto.FixedOptimizer;
import io.tandem.config.proto.Halving;
import io.tandem.config.proto.ImagesFormat;
import io.tandem.config.proto.NoResponse;
import io.tandem.config.proto.Response;
import io.tandem.config.proto.ResponseDefaults;
import io.tandem.config.proto.Retrain;
import io.tandem.config.proto.ReversibleResponse;
import io.tandem.config.proto.Search;
import io.tandem.config.proto.Split;
import io.tandem.config.proto.TextFiles;
import io.tandem.config.proto.TextFilesFormat;
import io.tandem.data.Block;
import io.tandem.data.CifarLabels;
import io.tandem.data.CsvFormat;
import io.tandem.data.DataSettings;
import io.tandem.data.DataSource;
import io.tandem.data.ImageChannels;
import io.tandem.data.ImageSettings;
import io.tandem.data.SplitSettings;
import io.tandem.data.TextSettings;
import io.tandem.export.ExportSettings;
import io.tandem.graph.controller.ControllerSettings;
import io.tandem.graph.core.Precision;
import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.graph.joint.ArchitectureGradient;
import io.tandem.graph.joint.JointSettings;
import io.tandem.graph.joint.LookAhead;
import io.tandem.graph.joint.ResponseThrough;
import io.tandem.graph.session.Device;
import io.tandem.graph.session.RuntimeSettings;
import io.tandem.metric.Metric;
import io.tandem.outcome.Regression;
import io.tandem.outcome.RegressionLoss;
import io.tandem.report.ReportSettings;
import io.tandem.retrain.RetrainSettings;
import io.tandem.search.plan.Budget;
import io.tandem.search.plan.DeriveSettings;
import io.tandem.search.plan.HalvingSettings;
import io.tandem.search.plan.SearchSettings;
import io.tandem.search.plan.SharedOptimizer;
import io.tandem.search.plan.Strategy;
import io.tandem.search.plan.TimeShares;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.Restarts;
import io.tandem.space.Schedule;
import io.tandem.space.SearchSpace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From checked messages to records. */
final class Mapping {
  private Mapping() {}

  static Experiment experiment(io.tandem.config.proto.Experiment proto) {
    SearchSpace space = SpaceMapping.space(proto.getSpace());
    return new Experiment(
        proto.getName(),
        proto.getSeed(),
        data(proto.getData()).folded(proto.getSearch().getFolds()),
        new TextTraining(
            proto.getData().getTextFormat().getWindow(),
            proto.getRetrain().getRandomWindows(),
            proto.getRetrain().getAverageAfter()),
        augmentation(proto.getData().getAugmentation()),
        space,
        fixed(proto.getFixedOptimizer()),
        controller(proto.getController()),
        new InnerSettings(
            proto.getInner().getUnrollSteps(),
            proto.getInner().getBeta2(),
            proto.getInner().getEpsilon(),
            new Restarts(
                proto.getInner().getRestartEpochs(),
                proto.getInner().getRestartMultiple(),
                proto.getInner().getRestartFloor())),
        response(proto.getResponse()),
        search(proto.getSearch(), SpaceMapping.largestBatch(proto)),
        GivenArchitecture.of(proto),
        TuneMapping.refinement(proto.getSearch().getRefine(), proto.getTune()),
        new RetrainSettings(
            proto.getRetrain().getExamples(),
            proto.getRetrain().getBatch(),
            proto.getRetrain().getWithValidation(),
            proto.getRetrain().getKeepBest(),
            proto.getRetrain().getCheckpointEvery(),
            proto.getRetrain().getEnsemble(),
            threshold(proto.getRetrain().getThreshold()),
            proto.getRetrain().getPatience()),
        SpaceMapping.retrained(proto.getSpace(), proto.getRetrain()),
        new ExportSettings(proto.getExport().getBatchSizesList()),
        new ReportSettings(
            proto.getReport().getTensorboard(),
            proto.getReport().getCheckpointEvery(),
            proto.getReport().getKeepCheckpoints()),
        new RuntimeSettings(
            Device.valueOf(proto.getRuntime().getDevice().name()),
            proto.getRuntime().getIntraThreads(),
            proto.getRuntime().getInterThreads(),
            proto.getRuntime().getMemoryGrowth(),
            Precision.valueOf(proto.getRuntime().getPrecision().name())),
        TuneMapping.settings(proto.getTune()),
        audit(proto.getAudit(), response(proto.getResponse())));
  }

  /** The chosen estimator keeps its settings. */
  private static AuditSettings audit(Audit proto, ResponseSettings chosen) {
    ResponseDefaults own = proto.getEstimators();
    List<ResponseSettings> estimators =
        Stream.of(
                Response.newBuilder().setNone(NoResponse.getDefaultInstance()),
                Response.newBuilder().setReversible(ReversibleResponse.getDefaultInstance()),
                Response.newBuilder().setNeumann(own.getNeumann()),
                Response.newBuilder().setConjugateGradient(own.getConjugateGradient()),
                Response.newBuilder().setUnrolled(own.getUnrolled()))
            .map(estimator -> response(estimator.build()))
            .map(estimator -> estimator.key().equals(chosen.key()) ? chosen : estimator)
            .toList();
    return new AuditSettings(
        proto.getSamples(), proto.getBound(), proto.getDifference(), estimators, proto.getSteps());
  }

  /** Where rows or words come from. */
  static DataSettings data(Data proto) {
    DataSource source =
        switch (proto.getSourceCase()) {
          case PARQUET ->
              new DataSource.ParquetTable(Path.of(proto.getParquet().getFile()), format(proto));
          case JDBC ->
              new DataSource.JdbcTable(
                  proto.getJdbc().getUrl(),
                  proto.getJdbc().getQuery(),
                  Optional.of(proto.getJdbc().getUser()).filter(user -> !user.isEmpty()),
                  Optional.of(proto.getJdbc().getPasswordVariable())
                      .filter(variable -> !variable.isEmpty()),
                  format(proto));
          case CSV -> new DataSource.CsvTable(Path.of(proto.getCsv().getFile()), format(proto));
          case CSV_PARTS ->
              new DataSource.CsvParts(
                  Path.of(proto.getCsvParts().getTrain()),
                  Path.of(proto.getCsvParts().getValidation()),
                  Path.of(proto.getCsvParts().getTest()),
                  format(proto));
          case IDX ->
              new DataSource.Idx(
                  Path.of(proto.getIdx().getImages()),
                  Path.of(proto.getIdx().getLabels()),
                  Path.of(proto.getIdx().getTestImages()),
                  Path.of(proto.getIdx().getTestLabels()),
                  new Block(proto.getIdxFormat().getOffset(), proto.getIdxFormat().getLimit()),
                  proto.getIdxFormat().getValidation(),
                  proto.getIdxFormat().getClasses());
          case IMAGES ->
              new DataSource.Images(
                  Path.of(proto.getImages().getPath()), images(proto.getImagesFormat()));
          case CIFAR ->
              new DataSource.Cifar(
                  Path.of(proto.getCifar().getPath()),
                  CifarLabels.valueOf(proto.getCifarFormat().getLabels().name()),
                  new Block(proto.getCifarFormat().getOffset(), proto.getCifarFormat().getLimit()),
                  proto.getCifarFormat().getValidation());
          case TEXT -> text(proto.getText(), proto.getTextFormat());
          case DIGITS, SOURCE_NOT_SET -> new DataSource.Digits();
        };
    return new DataSettings(
        source,
        new SplitSettings(
            proto.getSplit().getTrain(),
            proto.getSplit().getValidation(),
            proto.getSplit().getTest()),
        proto.getWrongLabels(),
        proto.getClassWeightsList().stream()
            .collect(Collectors.toMap(ClassWeight::getClass_, ClassWeight::getWeight)));
  }

  private static CsvFormat format(Data data) {
    io.tandem.config.proto.CsvFormat proto = data.getFormat();
    return new CsvFormat(
        proto.getHeader(),
        proto.getLabel(),
        DialectMapping.settings(proto),
        proto.getIgnoreList(),
        proto.getMissingList(),
        proto.getCategoricalList(),
        proto.getTargetList().isEmpty()
            ? Optional.empty()
            : Optional.of(regression(proto.getTargetList(), data.getRegression())),
        split(data.getSplit()),
        declared(proto),
        proto.getDamagedShare());
  }

  private static CsvFormat.Declared declared(io.tandem.config.proto.CsvFormat proto) {
    return new CsvFormat.Declared(
        proto.getDateList(),
        DateOrder.valueOf(proto.getDateOrder().name()),
        proto.getNumericList(),
        proto.getBooleanList(),
        proto.getQuantileTransform(),
        proto.getOneHot(),
        marks(proto));
  }

  /** By default a hyphen is a missing value everywhere but among the classes, where it is one. */
  private static CsvFormat.OwnMarks marks(io.tandem.config.proto.CsvFormat proto) {
    List<String> usual = ConfigLoader.reference().getData().getFormat().getMissingList();
    return new CsvFormat.OwnMarks(
        proto.getMissingList().equals(usual)
            ? Optional.of(usual.stream().filter(mark -> !mark.equals("-")).toList())
            : Optional.empty(),
        proto.getColumnMissingList().stream()
            .map(own -> new CsvFormat.ColumnMarks(own.getColumn(), own.getMarkList()))
            .toList());
  }

  private static Optional<Metric> metric(Search.Metric proto) {
    return proto == Search.Metric.LOSS
        ? Optional.empty()
        : Optional.of(Metric.valueOf(proto.name()));
  }

  private static Optional<Metric> threshold(Retrain.Threshold proto) {
    return proto == Retrain.Threshold.NONE
        ? Optional.empty()
        : Optional.of(Metric.valueOf(proto.name()));
  }

  private static Optional<CsvFormat.SplitColumn> split(Split proto) {
    if (!proto.getGroup().isEmpty()) {
      return Optional.of(
          new CsvFormat.SplitColumn(proto.getGroup(), CsvFormat.SplitColumn.Kind.GROUP));
    }
    return proto.getTime().isEmpty()
        ? Optional.empty()
        : Optional.of(new CsvFormat.SplitColumn(proto.getTime(), CsvFormat.SplitColumn.Kind.TIME));
  }

  private static Regression regression(
      List<String> columns, io.tandem.config.proto.Regression proto) {
    return new Regression(
        columns,
        new RegressionLoss(RegressionLoss.Kind.valueOf(proto.getLoss().name()), proto.getDelta()),
        proto.getLogarithm());
  }

  private static ImageSettings images(ImagesFormat proto) {
    return new ImageSettings(
        proto.getWidth(),
        proto.getHeight(),
        ImageChannels.valueOf(proto.getChannels().name()),
        proto.getDamagedShare(),
        new Block(proto.getOffset(), proto.getLimit()),
        proto.getValidation());
  }

  private static DataSource text(TextFiles proto, TextFilesFormat format) {
    return new DataSource.Text(
        Path.of(proto.getTrain()),
        Optional.of(proto.getValidation()).filter(file -> !file.isEmpty()).map(Path::of),
        Path.of(proto.getTest()),
        new TextSettings(
            format.getVocabulary(),
            format.getMinCount(),
            format.getValidation(),
            new Block(format.getOffset(), format.getLimit())));
  }

  private static AugmentationSettings augmentation(Augmentation proto) {
    return new AugmentationSettings(proto.getShift(), proto.getFlip(), proto.getCutout());
  }

  private static OptimizerSettings fixed(FixedOptimizer proto) {
    return new OptimizerSettings(
        OptimizerFamily.valueOf(proto.getFamily().name()),
        Schedule.valueOf(proto.getSchedule().name()),
        SpaceMapping.each(proto, Double.class::cast));
  }

  private static ControllerSettings controller(io.tandem.config.proto.Controller proto) {
    return new ControllerSettings(
        proto.getLstmUnits(),
        proto.getInitRange(),
        proto.getTemperature(),
        proto.getTanhConstant(),
        proto.getLearningRate(),
        proto.getBeta1(),
        proto.getEpsilon(),
        proto.getEntropyWeight(),
        proto.getSkipTarget(),
        proto.getSkipWeight(),
        proto.getInitialStd(),
        proto.getSeparate());
  }

  private static ResponseSettings response(Response proto) {
    return switch (proto.getEstimatorCase()) {
      case NONE -> new ResponseSettings.None();
      case UNROLLED, ESTIMATOR_NOT_SET ->
          new ResponseSettings.Unrolled(
              proto.getUnrolled().getTruncate(), proto.getUnrolled().getRecompute());
      case REVERSIBLE -> new ResponseSettings.Reversible();
      case CONJUGATE_GRADIENT ->
          new ResponseSettings.ConjugateGradient(
              proto.getConjugateGradient().getIterations(),
              proto.getConjugateGradient().getDamping(),
              proto.getConjugateGradient().getTolerance());
      case NEUMANN ->
          new ResponseSettings.Neumann(
              proto.getNeumann().getTerms(), proto.getNeumann().getScale());
    };
  }

  private static Budget budget(io.tandem.config.proto.Budget proto) {
    return new Budget(
        proto.getExamples(),
        proto.getSeconds(),
        new TimeShares(
            proto.getShares().getSearch(),
            proto.getShares().getDerive(),
            proto.getShares().getRefine(),
            proto.getShares().getRetrain(),
            0));
  }

  private static SearchSettings search(Search proto, int rankBatch) {
    return new SearchSettings(
        Strategy.valueOf(proto.getStrategy().name()),
        budget(proto.getBudget()),
        proto.getBatch(),
        proto.getValidationBatch(),
        proto.getSharedSteps(),
        SharedOptimizer.valueOf(proto.getSharedOptimizer().name()),
        proto.getSamples(),
        proto.getClipOuterNorm(),
        proto.getPenalty(),
        new JointSettings(
            ResponseThrough.valueOf(proto.getResponseThrough().name()),
            ArchitectureGradient.valueOf(proto.getArchitectureGradient().name()),
            LookAhead.valueOf(proto.getLookAhead().name()),
            metric(proto.getMetric())),
        derive(proto.getDerive(), rankBatch),
        halving(proto),
        proto.getFirstShare());
  }

  private static DeriveSettings derive(Derive proto, int batch) {
    int samples =
        proto.getSamples() > 0
            ? proto.getSamples()
            : Math.max(DeriveSettings.SAMPLES, proto.getKeep());
    int keep = proto.getKeep() > 0 ? proto.getKeep() : Math.min(samples, DeriveSettings.KEEP);
    return new DeriveSettings(
        samples, keep, proto.getExamples(), proto.getScoreExamples(), batch, proto.getShare());
  }

  /** In strategy {@code JOINT} what is said of the derivation goes before. */
  private static HalvingSettings halving(Search proto) {
    Halving halving = proto.getHalving();
    Derive derive =
        proto.getStrategy() == io.tandem.config.proto.Strategy.JOINT
            ? proto.getDerive()
            : Derive.getDefaultInstance();
    return new HalvingSettings(
        halving.getRungs(),
        halving.getReduction(),
        derive.getKeep() > 0 ? derive.getKeep() : halving.getKeep(),
        derive.getExamples() > 0 ? derive.getExamples() : halving.getExamples(),
        derive.getSamples());
  }
}
