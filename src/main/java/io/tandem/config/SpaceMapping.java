package io.tandem.config;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.tandem.config.proto.FamilyRanges;
import io.tandem.config.proto.MacroSpace;
import io.tandem.config.proto.MicroSpace;
import io.tandem.config.proto.OptimizerSpace;
import io.tandem.config.proto.PerceptronSpace;
import io.tandem.config.proto.RangesByFamily;
import io.tandem.config.proto.RecurrentSpace;
import io.tandem.config.proto.Retrain;
import io.tandem.config.proto.Strategy;
import io.tandem.space.Activation;
import io.tandem.space.ArchitectureSpace;
import io.tandem.space.CellActivation;
import io.tandem.space.CellOperation;
import io.tandem.space.CellRegularisation;
import io.tandem.space.ConvolutionOperation;
import io.tandem.space.Filters;
import io.tandem.space.Hyperparameter;
import io.tandem.space.LanguageRegularisation;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.Range;
import io.tandem.space.Schedule;
import io.tandem.space.SearchSpace;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** From the checked message of a search space to its record. */
final class SpaceMapping {
  private SpaceMapping() {}

  static SearchSpace space(io.tandem.config.proto.SearchSpace proto) {
    return new SearchSpace(architecture(proto), optimizer(proto.getOptimizer()));
  }

  /**
   * The networks with the sizes that they have in the retraining.
   *
   * @param retrain has them, and the rate of drop-path; each 0 for that of the space
   */
  static ArchitectureSpace retrained(io.tandem.config.proto.SearchSpace proto, Retrain retrain) {
    io.tandem.config.proto.SearchSpace.Builder space = proto.toBuilder();
    if (retrain.getFilters() > 0) {
      switch (proto.getArchitectureCase()) {
        case MACRO -> space.getMacroBuilder().setFilters(retrain.getFilters());
        case MICRO -> space.getMicroBuilder().setFilters(retrain.getFilters());
        case PERCEPTRON, RECURRENT, ARCHITECTURE_NOT_SET -> {}
      }
    }
    if (retrain.getCells() > 0 && proto.hasMicro()) {
      space.getMicroBuilder().setCells(retrain.getCells());
    }
    if (retrain.getDropPath() > 0 && proto.hasMicro()) {
      space.getMicroBuilder().setDropPath(retrain.getDropPath());
    }
    if (retrain.getHidden() > 0 && proto.hasRecurrent()) {
      space.getRecurrentBuilder().setHidden(retrain.getHidden());
    }
    return architecture(space.build());
  }

  private static ArchitectureSpace architecture(io.tandem.config.proto.SearchSpace proto) {
    return switch (proto.getArchitectureCase()) {
      case MACRO -> macro(proto.getMacro());
      case MICRO -> micro(proto.getMicro());
      case RECURRENT -> recurrent(proto.getRecurrent());
      case PERCEPTRON, ARCHITECTURE_NOT_SET -> perceptron(proto.getPerceptron());
    };
  }

  private static io.tandem.space.MacroSpace macro(MacroSpace proto) {
    return new io.tandem.space.MacroSpace(
        proto.getLayers(),
        new Filters(proto.getFilters(), proto.getDoubleFilters()),
        proto.getOperationsList().stream()
            .map(item -> ConvolutionOperation.valueOf(item.name()))
            .toList(),
        proto.getSkips(),
        proto.getDropout());
  }

  private static io.tandem.space.MicroSpace micro(MicroSpace proto) {
    return new io.tandem.space.MicroSpace(
        proto.getCells(),
        proto.getFilters(),
        proto.getBlocks(),
        proto.getOperationsList().stream().map(item -> CellOperation.valueOf(item.name())).toList(),
        new CellRegularisation(
            proto.getDropout(), proto.getDropPath(), proto.getAuxiliaryWeight()));
  }

  private static io.tandem.space.RecurrentSpace recurrent(RecurrentSpace proto) {
    return new io.tandem.space.RecurrentSpace(
        proto.getNodes(),
        proto.getHidden(),
        proto.getActivationsList().stream()
            .map(item -> CellActivation.valueOf(item.name()))
            .toList(),
        proto.getLooseEnds(),
        new LanguageRegularisation(
            proto.getEmbeddingDropout(),
            proto.getInputDropout(),
            proto.getStateDropout(),
            proto.getOutputDropout(),
            proto.getActivationWeight(),
            proto.getSlownessWeight()));
  }

  private static io.tandem.space.PerceptronSpace perceptron(PerceptronSpace proto) {
    return new io.tandem.space.PerceptronSpace(
        proto.getLayers(),
        proto.getUnitsList(),
        proto.getActivationsList().stream().map(item -> Activation.valueOf(item.name())).toList(),
        proto.getDropoutsList(),
        proto.getSkips(),
        proto.getOptionalLayers(),
        proto.getEmbeddingsList());
  }

  private static io.tandem.space.OptimizerSpace optimizer(OptimizerSpace proto) {
    return new io.tandem.space.OptimizerSpace(
        proto.getFamiliesList().stream().map(item -> OptimizerFamily.valueOf(item.name())).toList(),
        proto.getSchedulesList().stream().map(item -> Schedule.valueOf(item.name())).toList(),
        each(proto, SpaceMapping::range),
        byFamily(proto.getByFamily()),
        proto.getGridPoints(),
        proto.getBatchSizesList());
  }

  private static Map<OptimizerFamily, Map<Hyperparameter, Range>> byFamily(RangesByFamily proto) {
    Map<OptimizerFamily, Map<Hyperparameter, Range>> all = new EnumMap<>(OptimizerFamily.class);
    families(proto)
        .forEach(
            (family, own) -> {
              Map<Hyperparameter, Range> ranges = new EnumMap<>(Hyperparameter.class);
              own.getAllFields()
                  .forEach(
                      (field, range) ->
                          ranges.put(
                              Hyperparameter.valueOf(field.getName().toUpperCase(Locale.ROOT)),
                              range(range)));
              all.put(family, ranges);
            });
    return all;
  }

  /** The update rules that have ranges of their own. */
  static Map<OptimizerFamily, FamilyRanges> families(RangesByFamily proto) {
    Map<OptimizerFamily, FamilyRanges> all = new EnumMap<>(OptimizerFamily.class);
    proto
        .getAllFields()
        .forEach(
            (field, own) ->
                all.put(
                    OptimizerFamily.valueOf(field.getName().toUpperCase(Locale.ROOT)),
                    (FamilyRanges) own));
    return all;
  }

  /** Rows of the largest step that a search trains candidates from scratch with. */
  static int largestBatch(io.tandem.config.proto.Experiment proto) {
    boolean fixed = Set.of(Strategy.ENAS, Strategy.GIVEN).contains(proto.getSearch().getStrategy());
    return proto.getSpace().getOptimizer().getBatchSizesList().stream()
        .filter(size -> !fixed)
        .max(Comparator.naturalOrder())
        .orElse(proto.getRetrain().getBatch());
  }

  /**
   * A value for every hyperparameter, from the field of its name.
   *
   * @param proto has all of these fields
   * @param value from what is in a field
   */
  static <V> Map<Hyperparameter, V> each(Message proto, Function<Object, V> value) {
    Map<Hyperparameter, V> all = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      FieldDescriptor field =
          Objects.requireNonNull(
              proto.getDescriptorForType().findFieldByName(hyperparameter.key()),
              hyperparameter.key());
      all.put(hyperparameter, value.apply(proto.getField(field)));
    }
    return all;
  }

  private static Range range(Object proto) {
    io.tandem.config.proto.Range range = (io.tandem.config.proto.Range) proto;
    return new Range(range.getMin(), range.getMax());
  }
}
