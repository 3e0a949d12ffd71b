package io.tandem.config;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TextFormatParseInfoTree;
import io.tandem.config.proto.Experiment;
import io.tandem.config.proto.ExperimentOrBuilder;
import io.tandem.config.proto.NoResponse;
import io.tandem.config.proto.Response;
import io.tandem.config.proto.Response.EstimatorCase;
import io.tandem.config.proto.ResponseDefaults;
import io.tandem.config.proto.SearchSpace;
import io.tandem.config.proto.SpaceDefaults;
import io.tandem.config.text.Layers;
import io.tandem.config.text.Overrides;
import io.tandem.config.text.Problems;
import io.tandem.config.text.TextFile;
import io.tandem.config.text.TextParser;
import io.tandem.disk.UnnameablePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads a configuration: reference.pbtxt, over it the graph file, over that the experiment file,
 * over that the overrides. ENAS, alone or as one of two searches, has response none where no layer
 * chooses one, as it is published (Pham et al. 2018, section 2.2). Every problem that can be found
 * is in the one {@link io.tandem.disk.UserError} thrown, one line each.
 */
public final class ConfigLoader {
  private static final String REFERENCE = "reference.pbtxt";

  private final Problems problems = new Problems();
  private final Layers layers = new Layers();
  private final boolean imagesToConvolutions;
  private Optional<Path> configured = Optional.empty();

  private ConfigLoader(boolean imagesToConvolutions) {
    this.imagesToConvolutions = imagesToConvolutions;
  }

  /**
   * Reads an experiment file.
   *
   * @param file a file as in {@code configs/}
   * @param overrides any number of {@code path=value}
   * @return the checked configuration
   */
  public static EffectiveConfig load(Path file, List<String> overrides) {
    return new ConfigLoader(true).load(Optional.of(file), overrides);
  }

  /**
   * Reads a configuration for a command whose networks are fully connected whatever the data.
   *
   * @param file a file as in {@code configs/}, or none
   * @param overrides any number of {@code path=value}
   * @return the checked configuration
   */
  public static EffectiveConfig fullyConnected(Optional<Path> file, List<String> overrides) {
    return new ConfigLoader(false).load(file, overrides);
  }

  private EffectiveConfig load(Optional<Path> file, List<String> overrides) {
    configured = file;
    if (file.isEmpty()) {
      return effective("", "defaults", Path::toAbsolutePath, overrides);
    }
    Path given = file.get();
    Path directory = directory(given);
    String text = TextFile.read(given, problems);
    return effective(text, given.toString(), directory::resolve, overrides);
  }

  /**
   * The defaults.
   *
   * @param overrides any number of {@code path=value}
   * @return the checked configuration
   */
  public static EffectiveConfig defaults(List<String> overrides) {
    return new ConfigLoader(true).load(Optional.empty(), overrides);
  }

  /**
   * Reads back {@link EffectiveConfig#text}.
   *
   * @param text what a run saved
   * @param name what to call it in errors, for example the file's path
   * @return an equal configuration
   */
  public static EffectiveConfig restore(String text, String name) {
    return restore(text, name, UnaryOperator.identity(), List.of());
  }

  /**
   * Reads back {@link EffectiveConfig#text} where its data are elsewhere now.
   *
   * @param text what a run saved
   * @param name what to call it in errors, for example the file's path
   * @param now where a path of then is now
   * @param overrides further {@code path=value}, relative to the working directory
   * @return the configuration with the paths of now
   */
  public static EffectiveConfig restore(
      String text, String name, UnaryOperator<Path> now, List<String> overrides) {
    return new ConfigLoader(false).effective(text, name, now, overrides);
  }

  private EffectiveConfig effective(
      String text, String name, UnaryOperator<Path> place, List<String> overrides) {
    Experiment.Builder file = Experiment.newBuilder();
    TextFormatParseInfoTree fileTree = TextParser.parse(text, name, file, problems);
    resolve(file, place, fileTree, name);
    Experiment.Builder set = Experiment.newBuilder();
    Overrides reader = new Overrides(problems);
    overrides.forEach(override -> reader.apply(override, set));
    resolve(set, Path::toAbsolutePath, null, "");

    Experiment.Builder all = reference();
    FittingDefaults fitting = new FittingDefaults(file, set);
    fitting.name(configured).ifPresent(all::setName);
    fitting.networks(all, imagesToConvolutions);
    fitting.controller(all);
    fitting.retraining(all);
    fitting.regression(all);
    fitting.balance(all);
    String graph = set.hasGraph() ? set.getGraph() : file.getGraph();
    if (!graph.isEmpty()) {
      SearchSpace.Builder space = SearchSpace.newBuilder();
      String graphText = TextFile.read(Path.of(graph), problems);
      TextFormatParseInfoTree tree = TextParser.parse(graphText, graph, space, problems);
      layers.lay(all.getSpaceBuilder(), space.build(), "space.", graph, tree);
    }
    layers.lay(all, file.build(), "", name, fileTree);
    layers.lay(all, set.build(), "", "", null);
    all.clearGraph();
    Limits.check(all.getSpaceDefaults(), "space_defaults.", layers, problems);
    all.setSpace(complete(all.getSpace(), all.getSpaceDefaults()));
    all.clearSpaceDefaults();
    if (Contradictions.hasEnas(all.getSearch().getStrategy()) && !chooses(file) && !chooses(set)) {
      all.setResponse(Response.newBuilder().setNone(NoResponse.getDefaultInstance()));
    }
    all.setResponse(complete(all.getResponse(), all.getResponseDefaults()));
    all.getAuditBuilder()
        .setEstimators(
            all.getResponseDefaults().toBuilder().mergeFrom(all.getAudit().getEstimators()));
    all.clearResponseDefaults();
    Experiment experiment = all.build();
    Limits.check(experiment, "", layers, problems);
    new Contradictions(experiment, layers, problems).check();
    new TuneChecks(experiment, reference().build(), layers, problems).check();
    problems.throwIfAny();
    return new EffectiveConfig(
        Mapping.experiment(experiment), TextFormat.printer().printToString(experiment));
  }

  private static boolean chooses(ExperimentOrBuilder layer) {
    return layer.getResponse().getEstimatorCase() != EstimatorCase.ESTIMATOR_NOT_SET;
  }

  /** Fills in the settings of the chosen estimator. */
  private static Response complete(Response chosen, ResponseDefaults defaults) {
    Response.Builder all = Response.newBuilder();
    switch (chosen.getEstimatorCase()) {
      case UNROLLED -> all.setUnrolled(defaults.getUnrolled());
      case CONJUGATE_GRADIENT -> all.setConjugateGradient(defaults.getConjugateGradient());
      case NEUMANN -> all.setNeumann(defaults.getNeumann());
      case NONE, REVERSIBLE, ESTIMATOR_NOT_SET -> {}
    }
    return all.mergeFrom(chosen).build();
  }

  /** Fills in the settings of the chosen kind of network. */
  private static SearchSpace complete(SearchSpace chosen, SpaceDefaults defaults) {
    SearchSpace.Builder all = chosen.toBuilder();
    switch (chosen.getArchitectureCase()) {
      case PERCEPTRON ->
          lay(
              all.setPerceptron(defaults.getPerceptron()).getPerceptronBuilder(),
              chosen.getPerceptron());
      case MACRO -> lay(all.setMacro(defaults.getMacro()).getMacroBuilder(), chosen.getMacro());
      case MICRO -> lay(all.setMicro(defaults.getMicro()).getMicroBuilder(), chosen.getMicro());
      case RECURRENT ->
          lay(
              all.setRecurrent(defaults.getRecurrent()).getRecurrentBuilder(),
              chosen.getRecurrent());
      case ARCHITECTURE_NOT_SET -> {}
    }
    return all.build();
  }

  /** Replaces fields, also lists, to which a merge would add. */
  private static void lay(Message.Builder below, Message above) {
    above.getAllFields().forEach(below::setField);
  }

  /** The defaults, before anything is laid over them. */
  static Experiment.Builder reference() {
    try (InputStream input =
        Objects.requireNonNull(ConfigLoader.class.getResourceAsStream("/" + REFERENCE))) {
      Experiment.Builder builder = Experiment.newBuilder();
      Problems own = new Problems();
      TextParser.parse(
          new String(input.readAllBytes(), StandardCharsets.UTF_8), REFERENCE, builder, own);
      own.throwIfAny();
      return builder;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void resolve(
      Experiment.Builder layer,
      UnaryOperator<Path> place,
      @Nullable TextFormatParseInfoTree tree,
      String name) {
    try {
      Places.change(layer, path -> place.apply(Path.of(path)).normalize().toString());
    } catch (InvalidPathException failure) {
      if (UnnameablePath.isOfLocale(failure)) {
        throw failure;
      }
      problems.add(
          tree == null ? "" : name,
          "not a path: " + failure.getInput() + "; name a file or folder");
    }
  }

  private static Path directory(Path file) {
    return Objects.requireNonNullElse(file.toAbsolutePath().getParent(), Path.of("/"));
  }
}
