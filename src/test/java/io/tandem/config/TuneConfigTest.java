package io.tandem.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tandem.data.Block;
import io.tandem.data.CifarLabels;
import io.tandem.data.DataSource;
import io.tandem.data.ImageChannels;
import io.tandem.data.ImageSettings;
import io.tandem.disk.UserError;
import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.graph.tuning.Granularity;
import io.tandem.graph.tuning.Target;
import io.tandem.graph.tuning.TargetSettings;
import io.tandem.space.Scale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every setting of a tuning arrives in its record, and what makes no sense is refused. */
class TuneConfigTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tune.units=7,8                       | units=7
          tune.rule=nesterov                   | rule=NESTEROV
          tune.steps=33                        | steps=33
          tune.batch=77                        | batch=77
          tune.standardise=false               | standardise=false
          tune.loss=training                   | outerLoss=TRAINING
          tune.memory_mib=99                   | memoryMib=99
          tune.to_rest=true                    | toRest=true
          tune.warm_start=true                 | warmStart=true
          tune.initial_weights=normal          | initialisation=NORMAL
          tune.example_weights=sigmoid         | exampleWeighting=SIGMOID
          tune.inputs.rows=12                  | learntRows=12
          tune.inputs.min=-3                   | min=-3.0
          tune.inputs.max=3.5                  | max=3.5
          tune.outer.steps=44                  | steps=44
          tune.outer.method=hoag               | method=HOAG
          tune.outer.learning_rate=0.25        | learningRate=0.25
          tune.outer.beta1=0.55                | beta1=0.55
          tune.outer.beta2=0.66                | beta2=0.66
          tune.outer.epsilon=0.00123           | epsilon=0.00123
          tune.outer.tolerance=0.0123          | tolerance=0.0123
          tune.outer.decrease=cubic            | decrease=CUBIC
          tune.guard.explosion=17              | explosion=17.0
          tune.guard.flip=-0.25                | flip=-0.25
          tune.guard.shrink=0.75               | shrink=0.75
          tune.guard.recover=1.25              | recover=1.25
          """)
  void load_oneSetting_arrivesInItsRecord(String override, String expected) {
    assertThat(ConfigLoader.defaults(List.of()).experiment().tune().toString())
        .doesNotContain(expected + ",")
        .doesNotContain(expected + "]");
    assertThat(ConfigLoader.defaults(List.of(override)).experiment().tune().toString())
        .contains(expected);
  }

  @ParameterizedTest
  @EnumSource(
      value = Target.class,
      names = {"EXAMPLE_WEIGHTS", "INPUTS"},
      mode = EnumSource.Mode.EXCLUDE)
  void load_target_arrivesWithAllItsFields(Target target) {
    String path = "tune." + target.key() + ".";
    List<String> overrides =
        new ArrayList<>(
            List.of(
                path + "granularity=GLOBAL",
                path + "scale=LINEAR",
                path + "initial=0.12",
                path + "min=0.11",
                path + "max=0.13",
                "tune.rule=ADAM",
                "tune.units=8"));
    TargetSettings settings =
        ConfigLoader.defaults(overrides).experiment().tune().training().of(target);
    assertThat(settings)
        .isEqualTo(new TargetSettings(target, Granularity.GLOBAL, Scale.LINEAR, 0.12, 0.11, 0.13));
  }

  @Test
  void defaults_everyTarget_isFixedInItsOwnCoordinate() {
    for (TargetSettings settings :
        ConfigLoader.defaults(List.of()).experiment().tune().training().targets()) {
      assertThat(settings.isTuned()).isFalse();
      assertThat(settings.scale()).isEqualTo(settings.target().scale());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tune.steps=0 | tune.steps: 0 is not allowed, expected 1..100000; use 1 for a one-step
          tune.learning_rat.initial=1 | unknown setting "learning_rat"; did you mean learning_rate?
          tune.learning_rate.granularity=layr | "layr" is not allowed; did you mean LAYER?
          tune.learning_rate.granularity=UNIT | UNIT is not allowed, expected one of FIXED, GLOBAL, LAYER, STEP, LAYER_STEP
          tune.l2.granularity=GLOBAL | tune.l2.initial: 0.0 is not allowed, expected 1.0E-10..100.0 where it is tuned
          tune.momentum.granularity=GLOBAL;tune.rule=SGD | nothing to tune, SGD has none; use MOMENTUM
          tune.beta2.granularity=GLOBAL | nothing to tune, MOMENTUM has none; use RMSPROP, ADAM or ADAMW
          tune.dropout.granularity=GLOBAL;tune.dropout.initial=0.1 | there is no hidden layer to drop from
          tune.learning_rate.granularity=STEP;tune.learning_rate.min=1 | tune.learning_rate.initial: 0.05 is not allowed
          tune.learning_rate.granularity=STEP;tune.learning_rate.min=11 | min 11.0 is not below max 10.0
          tune.momentum.granularity=STEP;tune.momentum.max=0.9;tune.momentum.min=0 | tune.momentum.min: 0.0 is not allowed with scale LOGIT
          tune.initial_weights=ZERO;tune.units=4 | ZERO is not allowed with hidden layers
          tune.inputs.rows=10;tune.example_weights=SOFTMAX | SOFTMAX is not allowed with learnt inputs
          tune.inputs.rows=10;tune.inputs.min=1 | expected a range that holds 0
          tune.learning_rate.granularity=STEP;response=none | response none cannot differentiate learning_rate, it leaves training out; use --set response=unrolled or reversible
          tune.learning_rate.granularity=STEP;response=neumann | response neumann cannot differentiate learning_rate, it does not move the minimum of the training loss; use --set response=unrolled or reversible
          tune.initial_scale.granularity=LAYER;response=conjugate_gradient | forgotten the start; use --set response=unrolled or reversible
          tune.beta2.granularity=STEP;tune.rule=ADAM;response=reversible | reverses SGD with momentum only; use --set response=unrolled
          tune.l2.granularity=UNIT;tune.l2.initial=0.1;tune.rule=ADAM;response=reversible | tune.rule: ADAM is not allowed with response reversible
          tune.l2.granularity=UNIT;tune.l2.initial=0.1;tune.clip_norm.initial=1;response=reversible | tune.clip_norm.initial: 1.0 is not allowed with response reversible
          tune.l2.granularity=UNIT;tune.l2.initial=0.1;tune.momentum.initial=0;response=reversible | expected at least 0.001
          response=reversible | response.reversible: not allowed in a search
          tune.l2.granularity=UNIT;tune.l2.initial=0.1;tune.to_rest=true | tune.to_rest: true is not allowed with response unrolled
          tune.l2.granularity=UNIT;tune.l2.initial=0.1;tune.to_rest=true;response=reversible | tune.to_rest: true is not allowed with response reversible
          tune.l2.granularity=UNIT;tune.l2.initial=0.1;tune.warm_start=true | tune.warm_start: true is not allowed without to_rest
          tune.l2.granularity=UNIT;tune.l2.initial=0.1;tune.outer.method=HOAG;tune.outer.tolerance=0.1 | tune.outer.tolerance: 0.1 has no effect on response unrolled
          tune.l2.granularity=UNIT;tune.l2.initial=0.1;response=neumann;tune.outer.decrease=CUBIC | tune.outer.decrease: CUBIC has no effect on response neumann and trainings of fixed length
          tune.l2.granularity=UNIT;tune.l2.initial=0.1;response.conjugate_gradient.tolerance=0.1;tune.to_rest=true | response.conjugate_gradient.tolerance: 0.1 has no effect with tune.to_rest
          tune.label_smoothing.granularity=STEP;response=neumann;tune.to_rest=true | tune.label_smoothing.granularity: STEP is not allowed with to_rest
          tune.outer.steps=-1 | tune.outer.steps: -1 is not allowed, expected 0..1000000
          data.idx.images=a | data.idx.labels: missing; name a file
          data.cifar.path=a;data.split.train=0.9 | data.split: the shares sum to
          """)
  void load_badSettings_areRefusedWithPlaceAndRemedy(String overrides, String expected) {
    UserError error =
        catchThrowableOfType(
            UserError.class, () -> ConfigLoader.defaults(Arrays.asList(overrides.split(";"))));
    assertThat(error).hasMessageContaining(expected);
    assertThat(error.kind()).isEqualTo(UserError.Kind.USAGE);
  }

  @Test
  void load_implicitEstimatorForAPenalty_isAllowedThoughASearchWouldNotBe() {
    assertThat(
            ConfigLoader.defaults(
                    List.of(
                        "response=conjugate_gradient",
                        "tune.l2.granularity=UNIT",
                        "tune.l2.initial=0.01"))
                .experiment()
                .response())
        .isInstanceOf(ResponseSettings.ConjugateGradient.class);
  }

  @Test
  void load_idxFiles_pathsAreRelativeToTheFile() throws IOException {
    Path file = directory.resolve("e.pbtxt");
    Files.writeString(
        file,
        "data { idx { images: 'a' labels: 'b' test_images: 'c' test_labels: 'd' }"
            + " idx_format { limit: 9 offset: 8 validation: 4 classes: 3 } }");
    assertThat(ConfigLoader.load(file, List.of()).experiment().data().source())
        .isEqualTo(
            new DataSource.Idx(
                directory.resolve("a"),
                directory.resolve("b"),
                directory.resolve("c"),
                directory.resolve("d"),
                new Block(8, 9),
                4,
                3));
  }

  @Test
  void load_imagesAndCifar_pathsAreRelativeToTheFileAndSettingsArrive() throws IOException {
    Path file = directory.resolve("e.pbtxt");
    Files.writeString(
        file,
        "data { images { path: 'a' } images_format { offset: 3 width: 8 height: 9 channels: GREY"
            + " damaged_share: 0.5 limit: 7 validation: 0.25 } }");
    assertThat(ConfigLoader.load(file, List.of()).experiment().data().source())
        .isEqualTo(
            new DataSource.Images(
                directory.resolve("a"),
                new ImageSettings(8, 9, ImageChannels.GREY, 0.5, new Block(3, 7), 0.25)));
    Files.writeString(
        file,
        "data { cifar { path: 'a' } cifar_format { limit: 7 offset: 6 validation: 3 labels: COARSE } }");
    assertThat(ConfigLoader.load(file, List.of()).experiment().data().source())
        .isEqualTo(
            new DataSource.Cifar(directory.resolve("a"), CifarLabels.COARSE, new Block(6, 7), 3));
  }
}
