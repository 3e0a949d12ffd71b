package io.tandem.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.tandem.config.proto.Experiment;
import io.tandem.config.proto.SearchSpace;
import io.tandem.config.text.Overrides;
import io.tandem.config.text.Problems;
import io.tandem.config.text.TextFile;
import io.tandem.config.text.TextParser;
import io.tandem.disk.UserError;
import io.tandem.space.CellActivation;
import io.tandem.space.LanguageRegularisation;
import io.tandem.space.RecurrentSpace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Language models need text, so that a configuration of them is refused wherever there is none; its
 * fields are followed from text to record all the same.
 */
class RecurrentConfigTest {
  private static final String TEXT = "space.recurrent: needs text; use data.text";

  private static final RecurrentSpace DEFAULT =
      new RecurrentSpace(
          9,
          200,
          List.of(CellActivation.values()),
          false,
          new LanguageRegularisation(0.1, 0.3, 0.2, 0.3, 0, 1e-3));

  @Test
  void reference_recurrent_hasEveryFieldWithItsDefault() {
    var defaults = ConfigLoader.reference().getSpaceDefaults().getRecurrent();
    for (FieldDescriptor field : defaults.getDescriptorForType().getFields()) {
      assertThat(defaults.getAllFields()).as(field.getName()).containsKey(field);
    }
    assertThat(SpaceMapping.space(space()).architecture()).isEqualTo(DEFAULT);
  }

  /** It is added to the worst reward, whatever the rewards are. */
  @ParameterizedTest
  @CsvSource({"0, 0", "-0.5, -0.5"})
  void penalty_ofSamplesThatDiverge_isThatOfTheConfiguration(String given, double expected) {
    List<String> all =
        List.of(
            "data.text.train=a",
            "data.text.test=b",
            "graph=graphs/recurrent.pbtxt",
            "search.penalty=" + given);
    assertThat(ConfigLoader.defaults(all).experiment().search().penalty()).isEqualTo(expected);
  }

  @Test
  void shippedGraph_recurrent_isThatOfTheDefaults() {
    Path file = Path.of("graphs/recurrent.pbtxt");
    Problems problems = new Problems();
    SearchSpace.Builder read = SearchSpace.newBuilder();
    TextParser.parse(TextFile.read(file, problems), file.toString(), read, problems);
    assertThat(problems.isEmpty()).isTrue();
    assertThat(SpaceMapping.space(read.build()).architecture()).isEqualTo(DEFAULT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nodes=12                      | RecurrentSpace[nodes=12, hidden=200,
          hidden=64                     | hidden=64
          activations=sigmoid,tanh      | activations=[SIGMOID, TANH]
          loose_ends=true               | looseEnds=true
          embedding_dropout=0.11        | LanguageRegularisation[embedding=0.11
          input_dropout=0.12            | input=0.12
          state_dropout=0.13            | state=0.13
          output_dropout=0.14           | output=0.14
          activation_weight=1.5         | activation=1.5
          slowness_weight=2.5           | slowness=2.5
          """)
  void mapping_oneSetting_arrivesInItsRecord(String override, String expected) {
    assertThat(DEFAULT.toString()).doesNotContain(expected);
    assertThat(SpaceMapping.space(space(override)).architecture().toString()).contains(expected);
  }

  @Test
  void mapping_sizeOfTheRetraining_isThatOfTheNetworkThatIsRetrained() {
    Experiment.Builder set = Experiment.newBuilder();
    new Overrides(new Problems()).apply("retrain.hidden=800", set);

    assertThat(SpaceMapping.retrained(space(), set.getRetrain()).toString())
        .isEqualTo(DEFAULT.toString().replace("hidden=200", "hidden=800"));
    assertThat(SpaceMapping.retrained(space(), ConfigLoader.reference().getRetrain()))
        .isEqualTo(DEFAULT);
  }

  /** That there is one line says that nothing else is wrong. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "space=recurrent",
        "space=recurrent; data.csv.file=a.csv",
        "space=recurrent; data.images.path=a",
        "space=recurrent; data.cifar.path=a"
      })
  void load_dataThatIsNoText_isRefusedInOneLine(String overrides) {
    assertThat(refused(overrides)).endsWith(TEXT).doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "space=recurrent",
        "graph=graphs/recurrent.pbtxt",
        "graph=graphs/recurrent.pbtxt; fixed_optimizer.learning_rate=20; retrain.hidden=800",
        "space=recurrent; space.optimizer.learning_rate=20; fixed_optimizer.family=SGD",
        "space=recurrent; space.optimizer.learning_rate=20..100",
        "space.recurrent.nodes=24; space.recurrent.hidden=4096",
        "graph=graphs/recurrent.pbtxt; space.optimizer.augmentation=1; fixed_optimizer.augmentation=1",
        "space=recurrent; search.strategy=GIVEN; search.architecture=0 0 0 1 1",
        "space=recurrent; search.strategy=GIVEN; search.architecture=0 1 1 0"
      })
  void load_text_isValid(String overrides) {
    List<String> all = new ArrayList<>(List.of("data.text.train=a", "data.text.test=b"));
    all.addAll(List.of(overrides.split("; ")));
    assertThat(ConfigLoader.defaults(all).experiment().space().architecture())
        .isInstanceOf(io.tandem.space.RecurrentSpace.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          space=recurent                            | space: "recurent" is not allowed; did you mean recurrent?
          space.recurrent.nodes=0                   | space.recurrent.nodes: 0 is not allowed, expected 1..24
          space.recurrent.nodes=25                  | space.recurrent.nodes: 25 is not allowed, expected 1..24
          space.recurrent.hidden=0                  | space.recurrent.hidden: 0 is not allowed, expected 1..4096
          space.recurrent.activations=tanh,tanh     | space.recurrent.activations: [TANH, TANH] repeats a choice; remove it
          space.recurrent.activations=gelu          | space.recurrent.activations: "gelu" is not allowed
          space.recurrent.loose_ends=1              | space.recurrent.loose_ends: "1" is not allowed, expected true or false
          space.recurrent.embedding_dropout=1       | space.recurrent.embedding_dropout: 1 is not allowed, expected 0..0.999
          space.recurrent.input_dropout=-0.1        | space.recurrent.input_dropout: -0.1 is not allowed, expected 0..0.999
          space.recurrent.state_dropout=1           | space.recurrent.state_dropout: 1 is not allowed, expected 0..0.999
          space.recurrent.output_dropout=1          | space.recurrent.output_dropout: 1 is not allowed, expected 0..0.999
          space.recurrent.activation_weight=-1      | space.recurrent.activation_weight: -1 is not allowed, expected 0..100
          space.recurrent.slowness_weight=101       | space.recurrent.slowness_weight: 101 is not allowed, expected 0..100
          space_defaults.recurrent.nodes=0          | space_defaults.recurrent.nodes: 0 is not allowed, expected 1..24
          space=recurrent; space.optimizer.augmentation=0..2 | space.optimizer.augmentation.max: 2.0 is not allowed with space.recurrent, expected 0..1: it is a factor on the four dropout rates
          space=recurrent; fixed_optimizer.augmentation=1.5  | fixed_optimizer.augmentation: 1.5 is not allowed with space.recurrent, expected 0..1
          space.recurrent.embedding_dropout=0; space.recurrent.input_dropout=0; space.recurrent.state_dropout=0; space.recurrent.output_dropout=0 | space.optimizer.augmentation: nothing to search with space.recurrent where all four dropout rates are 0
          space.recurrent.input_dropout=0.8; space.optimizer.augmentation=0..1; space.optimizer.input_dropout=0..0.5 | space.optimizer.input_dropout.max: 0.5 is not allowed with space.recurrent.input_dropout, to which it is added and which contributes up to 0.8: the sum must not exceed 0.999; lower one of them
          space.recurrent.state_dropout=0.6; fixed_optimizer.augmentation=1; fixed_optimizer.state_dropout=0.4 | fixed_optimizer.state_dropout: 0.4 is not allowed with space.recurrent.state_dropout, to which it is added and which contributes up to 0.6
          space=perceptron; data=digits; space.optimizer.output_dropout=0..0.5 | space.optimizer.output_dropout.max: 0.5 is not allowed without space.recurrent, whose networks alone have this dropout; use 0
          space=perceptron; data=digits; fixed_optimizer.slowness_weight=1 | fixed_optimizer.slowness_weight: 1.0 is not allowed without space.recurrent, whose networks alone have this penalty; use 0
          space.optimizer.activation_weight=0..101 | space.optimizer.activation_weight.max: 101 is not allowed, expected 0..100
          space=recurrent; search.refine.steps=3     | search.refine.steps: 3 is not allowed with space.recurrent: only fully connected networks are refined so far
          space=recurrent; tune.learning_rate.granularity=global | space.recurrent: not allowed where tune tunes something
          space=recurrent; retrain.filters=3         | retrain.filters: 3 is not allowed with space.recurrent, which has none
          space=recurrent; retrain.cells=3           | retrain.cells: 3 is not allowed without space.micro; use 0
          space=micro; retrain.hidden=3              | retrain.hidden: 3 is not allowed without space.recurrent; use 0
          retrain.hidden=4097                       | retrain.hidden: 4097 is not allowed, expected 0..4096
          space=recurrent; search.strategy=GIVEN; search.architecture=0 0 0 2 1 | search.architecture: number 4 of the encoding is 2, expected the node that node 2 reads, 0..1
          space=recurrent; search.strategy=GIVEN; search.architecture=[{"operation":"conv_3x3","adds":[]}] | search.architecture: found a macro network where another kind is needed
          space=recurrent; search.strategy=GIVEN; search.architecture=[{"node":0,"activation":"tanh"},{"node":1,"source":1,"activation":"tanh"}] | search.architecture: node 1: source "1" is not known, expected 0
          space=macro; search.strategy=GIVEN; search.architecture=[{"node":0,"activation":"tanh"},{"node":1,"source":0,"activation":"tanh"}] | search.architecture: found a recurrent network where another kind is needed
          """)
  void load_badSetting_isRefusedWithPlaceAndRemedy(String overrides, String expected) {
    assertThat(refused(overrides)).contains(expected);
  }

  private static String refused(String overrides) {
    List<String> all = List.of(overrides.split("; "));
    return catchThrowableOfType(UserError.class, () -> ConfigLoader.defaults(all)).getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          space.optimizer.class_balance=0..1 | space.optimizer.class_balance: 1.0 is not allowed with space.recurrent
          fixed_optimizer.class_balance=0.5  | fixed_optimizer.class_balance: 0.5 is not allowed with space.recurrent
          data.wrong_labels=0.1              | data.wrong_labels: not allowed with data.text
          """)
  void load_whatNeedsLabels_isRefusedWithText(String override, String expected) {
    assertThat(
            refused(
                "graph=graphs/recurrent.pbtxt; data.text.train=a; data.text.test=b; " + override))
        .contains(expected);
  }

  /** The default networks with some settings of them. */
  private static SearchSpace space(String... overrides) {
    Problems problems = new Problems();
    Experiment.Builder all = ConfigLoader.reference();
    for (String override : overrides) {
      new Overrides(problems).apply("space_defaults.recurrent." + override, all);
    }
    assertThat(problems.isEmpty()).isTrue();
    return all.getSpace().toBuilder().setRecurrent(all.getSpaceDefaults().getRecurrent()).build();
  }
}
