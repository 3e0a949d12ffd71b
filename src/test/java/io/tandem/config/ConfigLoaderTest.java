package io.tandem.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.tandem.column.DateOrder;
import io.tandem.config.proto.SearchSpace;
import io.tandem.data.CsvFormat;
import io.tandem.data.DataSource;
import io.tandem.dialect.Delimiter;
import io.tandem.dialect.DialectSettings;
import io.tandem.disk.UserError;
import io.tandem.graph.core.Precision;
import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.graph.session.Device;
import io.tandem.search.plan.HalvingSettings;
import io.tandem.search.plan.SearchSettings;
import io.tandem.search.plan.Strategy;
import io.tandem.space.Activation;
import io.tandem.space.CellOperation;
import io.tandem.space.CellRegularisation;
import io.tandem.space.ConvolutionOperation;
import io.tandem.space.Filters;
import io.tandem.space.Hyperparameter;
import io.tandem.space.MacroSpace;
import io.tandem.space.MicroSpace;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSpace;
import io.tandem.space.Range;
import io.tandem.space.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A setting that is ignored, defaulted twice or wrongly mapped makes a run that is not the one that
 * was asked for, and nobody notices; so every field is followed from text to record.
 */
class ConfigLoaderTest {
  private static final List<String> MISSING =
      List.of(
          "NA", "N/A", "n/a", "#N/A", "<NA>", "nan", "NaN", "NAN", "None", "none", "null", "Null",
          "NULL", "?", "-");
  private static final CsvFormat.Declared DECLARED =
      new CsvFormat.Declared(
          List.of(),
          DateOrder.AS_FOUND,
          List.of(),
          List.of(),
          false,
          CsvFormat.Declared.ONE_HOT,
          new CsvFormat.OwnMarks(Optional.of(MISSING.subList(0, MISSING.size() - 1)), List.of()));

  @TempDir private Path directory;

  @Test
  void defaults_nothingGiven_areThoseOfTheReference() {
    Experiment experiment = ConfigLoader.defaults(List.of()).experiment();

    assertThat(experiment.search().strategy()).isEqualTo(Strategy.JOINT);
    assertThat(experiment.response()).isEqualTo(new ResponseSettings.Unrolled(0, false));
    assertThat(experiment.data().source()).isEqualTo(new DataSource.Digits());
    assertThat(experiment.space().architecture().perceptron().activations())
        .containsExactly(Activation.values());
    assertThat(experiment.space().optimizer().families()).containsExactly(OptimizerFamily.values());
    assertThat(experiment.space().optimizer().schedules())
        .containsExactly(Schedule.CONSTANT, Schedule.COSINE, Schedule.STEP, Schedule.WARMUP_LINEAR);
  }

  @Test
  void defaults_everyField_isSetInTheReference() {
    String text = ConfigLoader.defaults(List.of()).text();

    assertUnset(io.tandem.config.proto.Experiment.getDescriptor(), "", text);
  }

  /** A tab can hardly be typed in a shell. */
  @ParameterizedTest
  @ValueSource(strings = {"tab", "\\t", "\"\\t\""})
  void load_delimiterTab_canBeNamed(String written) {
    Experiment loaded =
        ConfigLoader.defaults(List.of("data.csv.file=t.csv", "data.format.delimiter=" + written))
            .experiment();
    assertThat(((DataSource.CsvTable) loaded.data().source()).format().dialect().delimiter())
        .contains(Delimiter.of('\t'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          unrolled           | Unrolled[truncate=0, recompute=false]
          conjugate_gradient | ConjugateGradient[iterations=10, damping=0.01, tolerance=0.001]
          neumann            | Neumann[terms=10, scale=0.1]
          none               | None[]
          """)
  void defaults_estimatorNamedAlone_hasTheSettingsOfTheReference(String name, String expected) {
    EffectiveConfig config =
        ConfigLoader.defaults(List.of("search.strategy=random", "response=" + name));

    assertThat(config.experiment().response()).hasToString(expected);
    assertThat(config.text()).doesNotContain("response_defaults");
    assertThat(ConfigLoader.restore(config.text(), "saved")).isEqualTo(config);
  }

  @ParameterizedTest
  @ValueSource(strings = {"perceptron", "macro", "micro"})
  void defaults_networksNamedAlone_haveTheSettingsOfTheReference(String name) {
    EffectiveConfig config = ConfigLoader.defaults(List.of("space=" + name));

    FieldDescriptor chosen = SearchSpace.getDescriptor().findFieldByName(name);
    assertUnset(chosen.getMessageType(), "space." + name + ".", config.text());
    assertThat(config.text()).doesNotContain("space_defaults");
    assertThat(ConfigLoader.restore(config.text(), "saved")).isEqualTo(config);
  }

  @Test
  void load_spaceDefaults_reachTheChosenNetworks() throws IOException {
    Path file =
        write("space { macro { operations: CONV_5X5 } } space_defaults { macro { layers: 3 } }");

    assertThat(ConfigLoader.load(file, List.of()).experiment().space().architecture())
        .isEqualTo(
            new MacroSpace(
                3, new Filters(16, true), List.of(ConvolutionOperation.CONV_5X5), true, 0.1));
    assertThat(
            ConfigLoader.load(file, List.of("space=micro", "space_defaults.micro.cells=2"))
                .experiment()
                .space()
                .architecture())
        .isEqualTo(
            new MicroSpace(
                2, 20, 5, List.of(CellOperation.values()), CellRegularisation.dropout(0.1)));
    assertThat(
            ConfigLoader.load(file, List.of("space=perceptron"))
                .experiment()
                .space()
                .architecture()
                .perceptron()
                .units())
        .containsExactly(32, 64, 128, 256);
  }

  /** The dots stand for the path of the networks. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          data.csv.file=a.csv                         | ...: contradicts data.csv, whose rows are no images; use data.digits, idx, images or cifar, or space.perceptron
          data.csv_parts.train=a data.csv_parts.validation=b data.csv_parts.test=c | ...: contradicts data.csv_parts, whose rows are no images
          search.refine.steps=3                       | search.refine.steps: 3 is not allowed with ...: only fully connected networks are refined so far
          tune.learning_rate.granularity=global       | ...: not allowed where tune tunes something: tandem tune trains only fully connected networks so far
          data.augmentation.shift=0                   | space.optimizer.augmentation: nothing to search with ... where data.augmentation has neither shift nor cutout
          """)
  void load_imageNetworksWithWhatTheyDoNotGoWith_areRefusedInOneLine(
      String overrides, String expected) {
    for (String networks : List.of("macro", "micro")) {
      List<String> all = new ArrayList<>(List.of("space=" + networks));
      all.addAll(List.of(overrides.split(" ")));

      UserError error = catchThrowableOfType(UserError.class, () -> ConfigLoader.defaults(all));

      assertThat(error)
          .hasMessageStartingWith(expected.replace("...", "space." + networks))
          .hasMessageNotContaining("\n");
      assertThat(error.kind()).isEqualTo(UserError.Kind.USAGE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"perceptron", "macro", "micro"})
  void load_shippedSpace_isThatOfTheDefaults(String name) throws IOException {
    Path shipped = Path.of("graphs", name + ".pbtxt").toAbsolutePath();
    Path file = write("graph: \"" + shipped + "\"");

    assertThat(ConfigLoader.load(file, List.of()).experiment().space())
        .isEqualTo(ConfigLoader.defaults(List.of("space=" + name)).experiment().space());
  }

  @Test
  void load_sizesOfTheRetraining_areThoseOfTheNetworksThatAreRetrained() {
    List<String> overrides =
        List.of(
            "space.micro.cells=3",
            "space.micro.drop_path=0.1",
            "space.micro.auxiliary_weight=0.4",
            "retrain.filters=36",
            "retrain.cells=15",
            "retrain.drop_path=0.4");

    io.tandem.config.Experiment micro = ConfigLoader.defaults(overrides).experiment();

    assertThat(micro.retrained())
        .isEqualTo(
            new MicroSpace(
                15, 36, 5, List.of(CellOperation.values()), new CellRegularisation(0.1, 0.4, 0.4)));
    assertThat(micro.space().architecture())
        .isEqualTo(
            new MicroSpace(
                3, 20, 5, List.of(CellOperation.values()), new CellRegularisation(0.1, 0.1, 0.4)));
    assertThat(ConfigLoader.defaults(List.of("space=micro")).experiment())
        .satisfies(same -> assertThat(same.retrained()).isEqualTo(same.space().architecture()));
  }

  @Test
  void load_twoKindsOfNetworks_namesBoth() throws IOException {
    Path file = write("space { perceptron {} macro {} }");

    UserError error =
        catchThrowableOfType(UserError.class, () -> ConfigLoader.load(file, List.of()));

    assertThat(error).hasMessageContaining(file + ":1:").hasMessageContaining("perceptron");
  }

  @Test
  void load_responseDefaults_reachTheChosenEstimator() {
    List<String> overrides =
        List.of("search.strategy=random", "response=neumann", "response_defaults.neumann.terms=4");

    assertThat(ConfigLoader.defaults(overrides).experiment().response())
        .isEqualTo(new ResponseSettings.Neumann(4, 0.1));
  }

  /**
   * Every scalar outside a {@code oneof} must occur; {@code graph} names a file, not a value, and
   * the defaults of the chosen estimator and networks occur in their places.
   */
  private static void assertUnset(Descriptor type, String path, String text) {
    for (FieldDescriptor field : type.getFields()) {
      if (field.getContainingOneof() == null
          // An empty list is not printed.
          && !List.of(
                  "graph",
                  "response_defaults",
                  "space_defaults",
                  "ignore",
                  "categorical",
                  "class_weights",
                  "column_missing",
                  "date",
                  "numeric",
                  "boolean",
                  "by_family")
              .contains(field.getName())) {
        assertThat(text).as(path + field.getName()).contains(field.getName());
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
          assertUnset(field.getMessageType(), path + field.getName() + ".", text);
        }
      }
    }
  }

  @Test
  void controller_thatLearnsFromTrainingsFromScratch_hasItsOwnDefaults() throws IOException {
    var own =
        ConfigLoader.defaults(List.of("search.strategy=JOINT_HALVING")).experiment().controller();
    assertThat(own.learningRate()).isEqualTo(0.01);
    assertThat(own.initialStd()).isEqualTo(1.6);
    var given =
        ConfigLoader.load(
                write("search { strategy: JOINT_HALVING } controller { initial_std: 0.7 }"),
                List.of("controller.learning_rate=0.02"))
            .experiment()
            .controller();
    assertThat(given.learningRate()).isEqualTo(0.02);
    assertThat(given.initialStd()).isEqualTo(0.7);
    assertThat(ConfigLoader.defaults(List.of()).experiment().controller().initialStd())
        .isEqualTo(0.5);
  }

  @Test
  void load_enasWithoutResponse_hasNone() {
    EffectiveConfig config = ConfigLoader.defaults(List.of("search.strategy=ENAS"));

    assertThat(config)
        .isEqualTo(ConfigLoader.defaults(List.of("search.strategy=ENAS", "response=none")));
    assertThat(ConfigLoader.restore(config.text(), "saved")).isEqualTo(config);
  }

  @Test
  void load_enasWithResponse_isRefused() throws IOException {
    assertRefused(
        write("search { strategy: ENAS } response { unrolled {} }"),
        "search.strategy: ENAS contradicts response unrolled; use --set response=none");
  }

  @Test
  void restore_effectiveText_givesEqualConfigurationAndHash() {
    EffectiveConfig config = ConfigLoader.defaults(List.of("seed=7", "response=none"));

    EffectiveConfig restored = ConfigLoader.restore(config.text(), "saved");

    assertThat(restored).isEqualTo(config);
    assertThat(restored.hash()).isEqualTo(config.hash());
    assertThat(ConfigLoader.defaults(List.of()).hash()).isNotEqualTo(config.hash());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name=n-1                               | name=n-1
          seed=9                                 | seed=9
          data.split.train=0.6000001             | train=0.6000001
          data.images.path=/a/b                  | Images[path=/a/b, settings=ImageSettings[width=0, height=0, channels=AS_STORED, damagedShare=0.01, block=Block[offset=0, limit=0], validation=0.2]]
          data.augmentation.shift=3              | AugmentationSettings[shift=3, flip=false, cutout=0]
          data.augmentation.flip=true            | AugmentationSettings[shift=4, flip=true, cutout=0]
          data.augmentation.cutout=5             | AugmentationSettings[shift=4, flip=false, cutout=5]
          space=macro                            | MacroSpace[layers=6, filters=Filters[first=16, doubled=true], operations=[CONV_3X3, SEPARABLE_3X3, CONV_5X5, SEPARABLE_5X5, AVERAGE_POOL_3X3, MAX_POOL_3X3], skips=true, dropout=0.1]
          space.macro.layers=7                   | MacroSpace[layers=7, filters=Filters[first=16, doubled=true], operations=[CONV_3X3, SEPARABLE_3X3, CONV_5X5, SEPARABLE_5X5, AVERAGE_POOL_3X3, MAX_POOL_3X3], skips=true, dropout=0.1]
          space.macro.filters=8                  | filters=Filters[first=8, doubled=true]
          space.macro.double_filters=false       | filters=Filters[first=16, doubled=false]
          space.macro.operations=conv_5x5,max_pool_3x3 | operations=[CONV_5X5, MAX_POOL_3X3]
          space.macro.skips=false                | MAX_POOL_3X3], skips=false
          space.macro.dropout=0                  | dropout=0.0
          space=micro                            | MicroSpace[cells=6, filters=20, blocks=5, operations=[SEPARABLE_3X3, SEPARABLE_5X5, AVERAGE_POOL_3X3, MAX_POOL_3X3, IDENTITY], regularisation=CellRegularisation[dropout=0.1, dropPath=0.0, auxiliaryWeight=0.0]]
          space.micro.cells=7                    | MicroSpace[cells=7, filters=20, blocks=5, operations=[SEPARABLE_3X3, SEPARABLE_5X5, AVERAGE_POOL_3X3, MAX_POOL_3X3, IDENTITY], regularisation=CellRegularisation[dropout=0.1, dropPath=0.0, auxiliaryWeight=0.0]]
          space.micro.filters=8                  | filters=8
          space.micro.blocks=3                   | blocks=3
          space.micro.operations=identity,separable_5x5 | operations=[IDENTITY, SEPARABLE_5X5]
          space.micro.dropout=0                  | dropout=0.0
          space.micro.drop_path=0.25             | dropPath=0.25
          space.micro.auxiliary_weight=0.4       | auxiliaryWeight=0.4
          data.cifar.path=/a/b                   | Cifar[path=/a/b, labels=FINE, block=Block[offset=0, limit=0], validation=10000]
          data.wrong_labels=0.35                 | wrongLabels=0.35
          space.optimizer.loss_weighting=0.1..1.75 | LOSS_WEIGHTING=Range[min=0.1, max=1.75]
          space.optimizer.class_balance=0.15..0.95 | CLASS_BALANCE=Range[min=0.15, max=0.95]
          space.optimizer.beta2=0.91..0.9991     | BETA2=Range[min=0.91, max=0.9991]
          space.optimizer.warmup=0.05..0.35      | WARMUP=Range[min=0.05, max=0.35]
          space.optimizer.by_family.adamw.beta2=0.92..0.93 | ADAMW={BETA2=Range[min=0.92, max=0.93]}
          fixed_optimizer.loss_weighting=1.85    | loss_weighting 1.85
          fixed_optimizer.class_balance=0.85     | class_balance 0.85
          space.perceptron.layers=7              | layers=7
          space.perceptron.units=[5,6]           | units=[5, 6]
          space.perceptron.activations=gelu      | activations=[GELU]
          space.perceptron.dropouts=0.33         | dropouts=[0.33]
          space.perceptron.skips=false           | skips=false
          space.perceptron.optional_layers=true  | optionalLayers=true
          space.optimizer.families=adamw,sgd     | families=[ADAMW, SGD]
          space.optimizer.schedules=step         | schedules=[STEP]
          space.optimizer.grid_points=9          | gridPoints=9
          controller.lstm_units=17               | lstmUnits=17
          search.refine.steps=13                 | OuterSettings[steps=13, method=ADAM, learningRate=0.1
          search.refine.horizon=1313             | horizon=1313
          search.refine.learning_rate=0.13       | OuterSettings[steps=0, method=ADAM, learningRate=0.13
          search.refine.hyperparameters=beta2    | moves=[Move[target=BETA2, scale=LOGIT, min=1.0E-4, max=0.99999]]
          controller.init_range=0.17             | initRange=0.17
          controller.temperature=4.5             | temperature=4.5
          controller.tanh_constant=2.25          | tanhConstant=2.25
          controller.learning_rate=0.017         | learningRate=0.017
          controller.beta1=0.77                  | beta1=0.77
          controller.epsilon=0.0077              | epsilon=0.0077
          controller.entropy_weight=0.19         | entropyWeight=0.19
          controller.skip_target=0.29            | skipTarget=0.29
          controller.skip_weight=0.39            | skipWeight=0.39
          controller.initial_std=0.49            | initialStd=0.49
          controller.separate=true               | separate=true
          inner.unroll_steps=11                  | unrollSteps=11
          inner.beta2=0.97                       | beta2=0.97
          inner.epsilon=0.00011                  | epsilon=1.1E-4
          response.unrolled.truncate=1           | Unrolled[truncate=1
          response.unrolled.recompute=true       | recompute=true
          response.conjugate_gradient.iterations=7   | ConjugateGradient[iterations=7
          response.conjugate_gradient.damping=0.07   | damping=0.07
          response.conjugate_gradient.tolerance=0.007 | tolerance=0.007
          response.neumann.terms=8               | Neumann[terms=8
          response.neumann.scale=0.08            | scale=0.08
          search.strategy=nas                    | strategy=NAS
          search.budget.examples=123             | Budget[examples=123
          search.budget.seconds=12.5             | seconds=12.5
          search.batch=13                        | , batch=13
          search.validation_batch=14             | validationBatch=14
          search.shared_steps=15                 | sharedSteps=15
          search.shared_optimizer=fixed          | sharedOptimizer=FIXED
          search.look_ahead=shape                | lookAhead=SHAPE
          search.samples=16                      | , samples=16
          search.clip_outer_norm=1.25            | clipOuterNorm=1.25
          search.penalty=-1.75                   | penalty=-1.75
          search.response_through=shared         | responseThrough=SHARED
          search.architecture_gradient=gates     | architectureGradient=GATES
          search.derive.samples=19               | DeriveSettings[samples=19
          search.derive.keep=2                   | keep=2
          search.derive.share=0.25               | share=0.25
          search.halving.rungs=4                 | HalvingSettings[rungs=4
          search.halving.reduction=5             | reduction=5
          search.halving.keep=6                  | keep=6
          search.halving.examples=4321           | examples=4321
          search.strategy=random_halving         | strategy=RANDOM_HALVING
          search.strategy=evolution              | strategy=EVOLUTION
          search.strategy=enas_tuned_once        | strategy=ENAS_TUNED_ONCE
          search.strategy=enas_then_hyperparameters | strategy=ENAS_THEN_HYPERPARAMETERS
          search.first_share=0.35                | firstShare=0.35
          search.derive.examples=321             | examples=321
          retrain.examples=777                   | RetrainSettings[examples=777
          retrain.batch=33                       | batch=33
          retrain.with_validation=false          | withValidation=false
          retrain.checkpoint_every=9             | keepBest=false, checkpointEvery=9
          export.batch_sizes=2,3                 | batchSizes=[2, 3]
          report.tensorboard=false               | tensorboard=false
          report.checkpoint_every=3              | checkpointEvery=3
          report.keep_checkpoints=4              | keepCheckpoints=4
          runtime.intra_threads=3                | intraThreads=3
          runtime.inter_threads=5                | interThreads=5
          runtime.memory_growth=false            | memoryGrowth=false
          runtime.precision=bfloat16             | precision=BFLOAT16
          runtime.device=cpu                     | device=CPU
          fixed_optimizer.family=rmsprop         | fixedOptimizer=rmsprop,
          fixed_optimizer.schedule=warmup_linear | fixedOptimizer=nesterov, warmup_linear,
          """)
  void load_oneSetting_arrivesInItsRecord(String override, String expected) {
    // An implicit response does not go with joint search.
    List<String> overrides =
        override.matches("response\\.[cn].*")
            ? List.of("search.strategy=random", override)
            : List.of(override);
    String before = ConfigLoader.defaults(List.of()).experiment().toString();
    String after = ConfigLoader.defaults(overrides).experiment().toString();

    assertThat(before).doesNotContain(expected + ",").doesNotContain(expected + "]");
    assertThat(after).contains(expected);
  }

  @Test
  void patience_withTheBestEpochKept_isAllowed() {
    assertThat(ConfigLoader.defaults(List.of()).experiment().retrain().patience()).isZero();
    assertThat(
            ConfigLoader.defaults(List.of("retrain.with_validation=false", "retrain.patience=7"))
                .experiment()
                .retrain()
                .patience())
        .isEqualTo(7);
    assertThatThrownBy(
            () ->
                ConfigLoader.defaults(
                    List.of(
                        "retrain.with_validation=false",
                        "retrain.keep_best=false",
                        "retrain.patience=7")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(
            "retrain.patience: 7 is not allowed without retrain.keep_best, as the last weights are not"
                + " the best ones after epochs without improvement; set retrain.keep_best to true");
  }

  @ParameterizedTest
  @MethodSource("hyperparameters")
  void load_hyperparameter_arrivesInSpaceAndFixedOptimizer(Hyperparameter hyperparameter) {
    String key = hyperparameter.key();
    List<String> overrides =
        new ArrayList<>(
            List.of(
                "search.strategy=nas",
                "fixed_optimizer.family=adam",
                "fixed_optimizer.schedule=warmup_linear",
                "space.optimizer." + key + "=0.11..0.12",
                "fixed_optimizer." + key + "=0.13"));
    if (hyperparameter.isOfLanguage()) {
      overrides.addAll(List.of("data.text.train=a", "data.text.test=b"));
    }
    Experiment experiment = ConfigLoader.defaults(overrides).experiment();

    assertThat(experiment.space().optimizer().ranges().get(hyperparameter))
        .isEqualTo(new Range(0.11, 0.12));
    assertThat(experiment.fixedOptimizer().get(hyperparameter)).isEqualTo(0.13);
  }

  @Test
  void load_rangeOfAFamily_isItsOwnAndLeavesTheOthers() {
    OptimizerSpace space =
        ConfigLoader.defaults(List.of("space.optimizer.by_family.sgd.learning_rate=0.01..1"))
            .experiment()
            .space()
            .optimizer();
    assertThat(space.range(OptimizerFamily.SGD, Hyperparameter.LEARNING_RATE))
        .isEqualTo(new Range(0.01, 1));
    assertThat(space.range(OptimizerFamily.ADAM, Hyperparameter.LEARNING_RATE))
        .isEqualTo(new Range(1e-4, 0.3));
  }

  @Test
  void load_rangeOfAFamilyThatIsNotSearched_isRefused() {
    assertThat(
            catchThrowableOfType(
                UserError.class,
                () ->
                    ConfigLoader.defaults(
                        List.of(
                            "space.optimizer.families=ADAM",
                            "space.optimizer.by_family.sgd.learning_rate=0.01..1"))))
        .hasMessageStartingWith(
            "space.optimizer.by_family.sgd: is not one of space.optimizer.families");
  }

  static Stream<Hyperparameter> hyperparameters() {
    return Stream.of(Hyperparameter.values());
  }

  @Test
  void load_tables_pathsAreRelativeToTheFile() throws IOException {
    Path file =
        write(
            "data { csv { file: 't.csv' } format { header: false label: '0' delimiter: ';' } }"
                + " runtime { device: GPU precision: BFLOAT16 }");

    Experiment experiment = ConfigLoader.load(file, List.of()).experiment();

    assertThat(experiment.data().source())
        .isEqualTo(
            new DataSource.CsvTable(
                directory.resolve("t.csv"),
                new CsvFormat(false, "0", ';', List.of(), MISSING)
                    .declaring(DECLARED)
                    .with(found(Optional.of(Delimiter.of(';'))))));
    assertThat(experiment.runtime().device()).isEqualTo(Device.GPU);
    assertThat(experiment.runtime().precision()).isEqualTo(Precision.BFLOAT16);
  }

  @Test
  void load_parts_eachPathArrives() throws IOException {
    Path file = write("data { csv_parts { train: 'a' validation: 'b' test: 'c' } }");

    assertThat(ConfigLoader.load(file, List.of()).experiment().data().source())
        .isEqualTo(
            new DataSource.CsvParts(
                directory.resolve("a"),
                directory.resolve("b"),
                directory.resolve("c"),
                new CsvFormat(true, "-1", ',', List.of(), MISSING)
                    .declaring(DECLARED)
                    .with(found(Optional.empty()))));
  }

  /** Quotes and no marks between thousands are the default; the rest is found. */
  private static DialectSettings found(Optional<Delimiter> delimiter) {
    return new DialectSettings(
        delimiter, Optional.of('"'), Optional.empty(), Optional.of('\0'), Optional.empty());
  }

  @Test
  void load_graphFileExperimentAndOverride_laterWins() throws IOException {
    Files.writeString(directory.resolve("g.pbtxt"), "perceptron { layers: 2 units: [8, 9] }");
    Path file = write("graph: 'g.pbtxt' space { perceptron { layers: 3 } } seed: 5");

    Experiment experiment = ConfigLoader.load(file, List.of("seed=6")).experiment();

    assertThat(experiment.space().architecture().perceptron().units()).containsExactly(8, 9);
    assertThat(experiment.space().architecture().perceptron().layers()).isEqualTo(3);
    assertThat(experiment.seed()).isEqualTo(6);
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void load_shippedFile_isValid(Path file) {
    assertThat(ConfigLoader.load(file, List.of()).experiment().name()).isNotEmpty();
  }

  static List<Path> shipped() throws IOException {
    return texts(Path.of("configs"));
  }

  @ParameterizedTest
  @MethodSource("shippedGraphs")
  void load_shippedGraph_isValid(Path file) {
    assertThat(ConfigLoader.defaults(List.of("graph=" + file)).text()).isNotEmpty();
  }

  /** Recurrent cells need text, see {@link RecurrentConfigTest}. */
  static List<Path> shippedGraphs() throws IOException {
    return texts(Path.of("graphs")).stream()
        .filter(file -> !file.endsWith("recurrent.pbtxt"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          inner.unroll_steps=0 | inner.unroll_steps: 0 is not allowed, expected 1..100; use 1 for a one-step approximation
          inner.unroll_steps=101 | inner.unroll_steps: 101 is not allowed, expected 0..100
          search.batch=0 | search.batch: 0 is not allowed, expected 1..65536
          search.batch=x | search.batch: "x" is not allowed, expected an integer
          search.penalty=nan | search.penalty: "nan" is not allowed, expected a number
          search.penalty=NaN | search.penalty: NaN is not allowed, expected -1000000..0
          search.budget.seconds=0.5 | search.budget.seconds: 0.5 is not allowed, expected 0 or 1..1000000000
          search.bach=1 | search.bach: unknown setting "bach"; did you mean batch?
          search.strategy=jont | search.strategy: "jont" is not allowed; did you mean JOINT?
          search.response_through=share | search.response_through: "share" is not allowed; did you mean SHARED?
          search.architecture_gradient=gate | search.architecture_gradient: "gate" is not allowed; did you mean GATES?
          response.unrolled.truncate=3 | response.unrolled.truncate: 3 is not allowed, expected at most inner.unroll_steps = 2
          response.unrolled.truncate=-1 | response.unrolled.truncate: -1 is not allowed, expected 0..100
          response.conjugate_gradient.iterations=0 | response.conjugate_gradient.iterations: 0 is not allowed, expected 1..1000
          response.conjugate_gradient.damping=-1 | response.conjugate_gradient.damping: -1 is not allowed
          response.conjugate_gradient.tolerance=2 | response.conjugate_gradient.tolerance: 2 is not allowed
          response.neumann.terms=0 | response.neumann.terms: 0 is not allowed, expected 1..1000
          response.neumann.scale=0 | response.neumann.scale: 0 is not allowed
          response=neumann | response.neumann: not allowed with strategy JOINT: it holds only where training has converged, which shared weights never have; use response unrolled, or tandem tune with tune.to_rest
          response=conjugate_gradient | response.conjugate_gradient: not allowed with strategy JOINT
          retrain.keep_best=true | retrain.keep_best: true is not allowed with retrain.with_validation, as the validation part cannot tell which epoch is best if it is trained on; set one of them to false
          retrain.patience=5 | retrain.patience: 5 is not allowed with retrain.with_validation, as the validation part cannot tell when to end if it is trained on; set retrain.with_validation to false, or use 0
          retrain.patience=1001 | retrain.patience: 1001 is not allowed, expected 0..1000
          response=unroled | response: "unroled" is not allowed; did you mean unrolled?
          space.optimizer.initial_scale=0.5..2 | space.optimizer.initial_scale: cannot be searched with shared weights
          space.optimizer.learning_rate=1..0.1 | min 1.0 is above max 0.1
          space.optimizer.loss_weighting=0..3 | space.optimizer.loss_weighting.max: 3 is not allowed, expected 0..2
          space.optimizer.class_balance=0.9..0.1 | space.optimizer.class_balance: min 0.9 is above max 0.1
          space.optimizer.warmup=0..0.5 | space.optimizer.warmup.min: 0 is not allowed in a searched range
          space.optimizer.warmup=0.1..1 | space.optimizer.warmup.max: 1 is not allowed, expected 0..0.999
          space.optimizer.beta2=0..0.99 | space.optimizer.beta2.min: 0 is not allowed in a searched range
          space.optimizer.beta2=0.9..1 | space.optimizer.beta2.max: 1 is not allowed, expected 0..0.999999
          space.optimizer.by_family.sgd.beta2=0.9..0.99 | space.optimizer.by_family.sgd.beta2: has no effect on SGD; remove it
          fixed_optimizer.beta2=0.99 | fixed_optimizer.beta2: 0.99 has no effect on NESTEROV; use 0, or one of [RMSPROP, ADAM, ADAMW] as family
          data.wrong_labels=1.1 | data.wrong_labels: 1.1 is not allowed, expected 0..1
          space.optimizer.by_family.sgd.learning_rate=1..0.1 | space.optimizer.by_family.sgd.learning_rate: min 1.0 is above max 0.1
          space.optimizer.by_family.adam.momentum=0..0.9 | space.optimizer.by_family.adam.momentum.min: 0 is not allowed in a searched range
          space.optimizer.by_family.adam.learning_rate=0..0.9 | space.optimizer.by_family.adam.learning_rate.min: 0 is not allowed, expected 1.0E-8..100
          space.optimizer.by_family.adam.learning_rate.min=0.1 | space.optimizer.by_family.adam.learning_rate: has one end only
          space.optimizer.momentum=0..0.9 | space.optimizer.momentum.min: 0 is not allowed in a searched range
          space.optimizer.grid_points=1 | expected 0 or 2..64
          space.perceptron.units=8,8 | repeats a choice
          space=makro | space: "makro" is not allowed; did you mean macro?
          space.macro.layers=65 | space.macro.layers: 65 is not allowed, expected 1..64
          space.macro.filters=1 | space.macro.filters: 1 is not allowed, expected 2..4096
          space.macro.dropout=1 | space.macro.dropout: 1 is not allowed, expected 0..0.999
          space.macro.operations=conv_3x3,conv_3x3 | space.macro.operations: [CONV_3X3, CONV_3X3] repeats a choice; remove it
          space.macro.operations=conv_7x7 | space.macro.operations: "conv_7x7" is not allowed; did you mean CONV_
          space_defaults.macro.layers=0 | space_defaults.macro.layers: 0 is not allowed, expected 1..64
          space=mikro | space: "mikro" is not allowed; did you mean micro?
          space.micro.cells=0 | space.micro.cells: 0 is not allowed, expected 1..64
          space.micro.filters=1025 | space.micro.filters: 1025 is not allowed, expected 2..1024
          space.micro.blocks=17 | space.micro.blocks: 17 is not allowed, expected 1..16
          space.micro.dropout=1 | space.micro.dropout: 1 is not allowed, expected 0..0.999
          space.micro.drop_path=1 | space.micro.drop_path: 1 is not allowed, expected 0..0.999
          space.micro.auxiliary_weight=-1 | space.micro.auxiliary_weight: -1 is not allowed, expected 0..100
          space.micro.operations=identity,identity | space.micro.operations: [IDENTITY, IDENTITY] repeats a choice; remove it
          space.micro.operations=conv_3x3 | space.micro.operations: "conv_3x3" is not allowed
          space_defaults.micro.blocks=0 | space_defaults.micro.blocks: 0 is not allowed, expected 1..16
          data.augmentation.shift=-1 | data.augmentation.shift: -1 is not allowed, expected 0..4096
          data.augmentation.cutout=4097 | data.augmentation.cutout: 4097 is not allowed, expected 0..4096
          data.augmentation.flip=1 | data.augmentation.flip: "1" is not allowed, expected true or false
          data.split.train=0.9 | data.split: the shares sum to
          data.csv.file= | data.csv.file: missing
          data.images.path= | data.images.path: missing; name a file or folder
          data.cifar.path= | data.cifar.path: missing; name a file or folder
          data.images_format.width=4097 | data.images_format.width: 4097 is not allowed, expected 0..4096
          data.images_format.height=-1 | data.images_format.height: -1 is not allowed, expected 0..4096
          data.images_format.width=32 | data.images_format.height: 0 is not allowed where the other side is given
          data.images_format.height=32 | data.images_format.width: 0 is not allowed where the other side is given
          data.images_format.channels=gray | did you mean GREY
          data.images_format.damaged_share=1.5 | data.images_format.damaged_share: 1.5 is not allowed, expected 0..1
          data.images_format.offset=-1 | data.images_format.offset: -1 is not allowed
          data.images_format.limit=-1 | data.images_format.limit: -1 is not allowed
          data.images_format.validation=1 | data.images_format.validation: 1 is not allowed
          data.cifar_format.limit=-1 | data.cifar_format.limit: -1 is not allowed
          data.cifar_format.validation=0 | data.cifar_format.validation: 0 is not allowed
          data.cifar_format.labels=coars | did you mean COARSE
          data.format.delimiter=ab | expected one character
          data.format.delimiter=\\n | expected one character
          data.format.quote=x | data.format.quote: "x" is not allowed, expected ", ' or none
          data.format.decimal=; | data.format.decimal: ";" is not allowed, expected a point or a comma, or auto
          data.format.thousands=_ | data.format.thousands: "_" is not allowed, expected none, a comma, a point, space
          data.format.encoding=windows-125 | data.format.encoding: "windows-125" is unknown, expected auto or a name that Java knows; did you mean windows-125
          data.format.encoding= | data.format.encoding: "" is unknown
          data.format.damaged_share=1.5 | data.format.damaged_share: 1.5 is not allowed, expected 0..1
          search.derive.keep=10001 | search.derive.keep: 10001 is not allowed, expected 0..10000
          export.batch_sizes=3,2 | export.batch_sizes: [3, 2] is not allowed, expected ascending
          name=a/b | name: "a/b" is not allowed
          retrain.with_validation=yes | expected true or false
          seed | --set seed: expected path=value
          search=1 | search: holds further settings
          seed.x=1 | seed.x: seed holds a value
          graph=none.pbtxt | no such file
          """)
  void load_badOverride_isRefusedWithPlaceAndRemedy(String override, String expected) {
    UserError error =
        catchThrowableOfType(UserError.class, () -> ConfigLoader.defaults(List.of(override)));

    assertThat(error).hasMessageContaining(expected);
    assertThat(error.kind()).isEqualTo(UserError.Kind.USAGE);
  }

  @Test
  void load_moreKeptThanThereAre_isRefused() {
    List<String> overrides = List.of("search.derive.samples=3", "search.derive.keep=4");
    UserError error = catchThrowableOfType(UserError.class, () -> ConfigLoader.defaults(overrides));
    assertThat(error)
        .hasMessageContaining("search.derive.keep: 4 is not allowed, expected at most")
        .hasMessageContaining("search.derive.samples = 3");
  }

  /** Each strategy has its own idea of what is left open. */
  @Test
  void load_openDerivation_followsTheStrategy() {
    SearchSettings joint = ConfigLoader.defaults(List.of()).experiment().search();
    assertThat(joint.halving()).isEqualTo(new HalvingSettings(3, 3, 4, 0, 0));
    SearchSettings told =
        ConfigLoader.defaults(
                List.of(
                    "search.derive.samples=50",
                    "search.derive.keep=7",
                    "search.derive.examples=900",
                    "search.halving.keep=2"))
            .experiment()
            .search();
    assertThat(told.halving()).isEqualTo(new HalvingSettings(3, 3, 7, 900, 50));
    SearchSettings enas =
        ConfigLoader.defaults(List.of("search.strategy=ENAS", "search.derive.keep=70"))
            .experiment()
            .search();
    assertThat(enas.derive().samples()).isEqualTo(70);
    SearchSettings halving =
        ConfigLoader.defaults(
                List.of("search.strategy=JOINT_HALVING", "search.derive.examples=900"))
            .experiment()
            .search();
    assertThat(halving.halving()).isEqualTo(new HalvingSettings(3, 3, 4, 0, 0));
    assertThat(halving.derive().keep()).isEqualTo(12);
  }

  /** What the hint about a table with tabs says can be typed. */
  @Test
  void load_tabAsPeopleTypeIt_isATab() {
    Experiment experiment =
        ConfigLoader.defaults(List.of("data.csv.file=t.csv", "data.format.delimiter=\\t"))
            .experiment();
    assertThat(experiment.data().source())
        .isInstanceOfSatisfying(
            DataSource.CsvTable.class,
            table -> assertThat(table.format().dialect().delimiter()).contains(Delimiter.of('\t')));
  }

  @Test
  void load_moreWarmUpRequestsThanAServerTakes_isRefused() {
    String sizes =
        IntStream.rangeClosed(1, 334).mapToObj(String::valueOf).collect(Collectors.joining(","));

    UserError error =
        catchThrowableOfType(
            UserError.class, () -> ConfigLoader.defaults(List.of("export.batch_sizes=" + sizes)));

    assertThat(error)
        .hasMessageContaining(
            "export.batch_sizes: 334 sizes are not allowed, expected at most 333");
  }

  @Test
  void load_gatesWithoutSharedWeights_isRefused() {
    UserError error =
        catchThrowableOfType(
            UserError.class,
            () ->
                ConfigLoader.defaults(
                    List.of("search.strategy=random", "search.architecture_gradient=gates")));

    assertThat(error)
        .hasMessageContaining("search.architecture_gradient: GATES contradicts strategy RANDOM");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          search.strategy=nas response=unrolled | search.response_through: SHARED contradicts strategy NAS, which has no response; use SAMPLE or strategy JOINT
          response=none                         | search.response_through: SHARED contradicts response none; use --set response=unrolled
          response.unrolled.truncate=1          | response.unrolled.truncate: 1 contradicts search.response_through SHARED
          """)
  void load_sharedResponseWithoutWhatItNeeds_isRefused(String overrides, String expected) {
    List<String> all = new ArrayList<>(List.of("search.response_through=SHARED"));
    all.addAll(List.of(overrides.split(" ")));

    UserError error = catchThrowableOfType(UserError.class, () -> ConfigLoader.defaults(all));

    assertThat(error).hasMessageContaining(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          search.refine.horizon=1876 retrain.examples=60000 | search.refine.horizon: 1876 is not allowed, expected at most the 1875 steps of the retraining; use 0
          search.refine.hyperparameters=         | search.refine.hyperparameters: "" is not allowed; expected one of LEARNING_RATE
          search.refine.hyperparameters=beta2,beta2 | search.refine.hyperparameters: [BETA2, BETA2] repeats a choice; remove it
          search.refine.hyperparameters=dropout  | search.refine.hyperparameters
          search.refine.hyperparameters=beta2,epsilon space.optimizer.families=sgd,momentum | search.refine.hyperparameters: [BETA2, EPSILON]: nothing to refine, [SGD, MOMENTUM] have none of them; add LEARNING_RATE
          search.refine.hyperparameters=momentum search.strategy=enas fixed_optimizer.family=sgd | search.refine.hyperparameters: [MOMENTUM]: nothing to refine, [SGD] has none of them
          search.refine.learning_rate=0          | search.refine.learning_rate: 0 is not allowed, expected 1.0E-8..10
          tune.weight_decay.min=0                | tune.weight_decay.min: 0.0 is not allowed with scale LOG, expected above 0
          tune.momentum.max=0.0005               | tune.momentum: min 0.001 is not below max 5.0E-4
          """)
  void load_refinementThatCannotBe_isRefused(String overrides, String expected) {
    List<String> all = new ArrayList<>(List.of("search.refine.steps=1"));
    all.addAll(List.of(overrides.split(" ")));

    UserError error = catchThrowableOfType(UserError.class, () -> ConfigLoader.defaults(all));

    assertThat(error).hasMessageContaining(expected);
  }

  @Test
  void load_severalProblems_reportsAllWithLineAndColumn() throws IOException {
    Path file = write("seed: -1\nsearch {\n  batch: 0\n  bacth: 3\n}\n");

    UserError error =
        catchThrowableOfType(
            UserError.class, () -> ConfigLoader.load(file, List.of("search.samples=0")));

    assertThat(error.getMessage().lines())
        .containsExactlyInAnyOrder(
            file + ":4:3: unknown setting \"bacth\"; did you mean batch?",
            file + ":1:1: seed: -1 is not allowed, expected 0..9007199254740992",
            file + ":3:3: search.batch: 0 is not allowed, expected 1..65536",
            "search.samples: 0 is not allowed, expected 1..1024");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          seed: 1 seed: 2 | remove one of the two
          search { | cannot be read as protobuf text
          search { strategy: JONT } | did you mean JOINT
          """)
  void load_badText_namesFileAndPosition(String text, String expected) throws IOException {
    Path file = write(text);

    UserError error =
        catchThrowableOfType(UserError.class, () -> ConfigLoader.load(file, List.of()));

    assertThat(error.getMessage()).startsWith(file + ":1:").contains(expected);
  }

  @Test
  void load_emptyLargeMissingOrForeignFile_isRefused() throws IOException {
    assertRefused(write(""), "the file is empty");
    assertRefused(write("#".repeat((1 << 20) + 1)), "larger than the allowed 1 MiB");
    assertRefused(directory.resolve("none"), "no such file");
    assertRefused(directory, "not a file");
    Path binary = directory.resolve("binary");
    Files.write(binary, new byte[] {(byte) 0xf7, (byte) 0xf7});
    assertRefused(binary, "not UTF-8");
    Files.writeString(binary, "PK\003\004 photos/cat.jpg");
    assertRefused(binary, "is a zip archive; unpack it; expected a configuration, a .pbtxt file");
    Files.writeString(binary, "PK\003\004 [Content_Types].xml");
    assertRefused(binary, "is an Excel file; save it as CSV; expected a configuration");
    Path archive = Files.write(directory.resolve("photos.tar.gz"), new byte[] {0x1f, 2});
    assertRefused(archive, "an archive of images is searched with --set data.images.path=");
  }

  private static void assertRefused(Path file, String expected) {
    UserError error =
        catchThrowableOfType(UserError.class, () -> ConfigLoader.load(file, List.of()));
    assertThat(error).hasMessageContaining(expected).hasMessageContaining(file.toString());
  }

  private static List<Path> texts(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".pbtxt")).toList();
    }
  }

  private Path write(String text) throws IOException {
    Path file = directory.resolve("e.pbtxt");
    Files.writeString(file, text);
    return file;
  }
}
