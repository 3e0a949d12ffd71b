package io.tandem.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tandem.data.DataSource;
import io.tandem.disk.UserError;
import io.tandem.metric.Metric;
import io.tandem.outcome.Regression;
import io.tandem.outcome.RegressionLoss;
import io.tandem.space.Goal;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.Range;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers to be predicted are named by the configuration, and go with tables alone. */
class RegressionConfigTest {
  private static final List<String> TABLE = List.of("data.csv.file=t.csv", "data.format.target=y");

  private static List<String> with(String... more) {
    List<String> all = new ArrayList<>(TABLE);
    all.addAll(List.of(more));
    return all;
  }

  @Test
  void target_isMapped_andHasNoLabelsToSmooth() {
    Experiment experiment =
        ConfigLoader.defaults(
                with(
                    "data.regression.loss=HUBER",
                    "data.regression.delta=0.5",
                    "data.regression.logarithm=true"))
            .experiment();
    assertThat(((DataSource.CsvTable) experiment.data().source()).format().regression())
        .contains(
            new Regression(List.of("y"), new RegressionLoss(RegressionLoss.Kind.HUBER, 0.5), true));
    assertThat(experiment.goal()).isEqualTo(Goal.R2);
    assertThat(experiment.space().optimizer().isSearched(Hyperparameter.LABEL_SMOOTHING)).isFalse();
    Experiment classes = ConfigLoader.defaults(List.of("data.csv.file=t.csv")).experiment();
    assertThat(classes.goal()).isEqualTo(Goal.ACCURACY);
    assertThat(classes.space().optimizer().isSearched(Hyperparameter.LABEL_SMOOTHING)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          data.format.label=x | data.format.target: not allowed together with data.format.label
          data.wrong_labels=0.1 | data.wrong_labels: 0.1 is not allowed with data.format.target
          space.optimizer.label_smoothing.max=0.1 | space.optimizer.label_smoothing.max: 0.1 is not allowed
          space.optimizer.class_balance.max=1 | space.optimizer.class_balance.max: 1.0 is not allowed
          fixed_optimizer.label_smoothing=0.2 | fixed_optimizer.label_smoothing: 0.2 is not allowed
          fixed_optimizer.class_balance=0.5 | fixed_optimizer.class_balance: 0.5 is not allowed
          tune.label_smoothing.granularity=GLOBAL | tune.label_smoothing: not allowed with data.format.target
          tune.label_smoothing.initial=0.1 | tune.label_smoothing: not allowed with data.format.target
          data.regression.delta=0 | data.regression.delta: 0 is not allowed, expected 0.001..1000
          data.regression.delta=3 | data.regression.delta: 3.0 is not allowed without loss HUBER
          data.format.header=false | data.format.target: "y" is not allowed without a header
          """)
  void load_whatClassesAloneHave_isRefused(String override, String expected) {
    UserError error =
        catchThrowableOfType(UserError.class, () -> ConfigLoader.defaults(with(override)));
    assertThat(error).as(override).isNotNull();
    assertThat(error.getMessage()).contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          data.split.group=a,data.split.time=b | data.split.time: not allowed together with data.split.group
          data.split.group=a,data.digits={}    | data.split.group: only allowed with one table
          data.split.time=a,data.format.header=false | data.split.time: "a" is not allowed without a header
          """)
  void split_byAColumn_goesWithOneTable(String overrides, String expected) {
    UserError error =
        catchThrowableOfType(
            UserError.class, () -> ConfigLoader.defaults(with(overrides.split(",", -1))));
    assertThat(error.getMessage()).contains(expected);
  }

  @ParameterizedTest
  @CsvSource({"RMSE,true", "R2,true", "ROC_AUC,false", "BALANCED_ACCURACY,false"})
  void metric_goesWithWhatIsPredicted(String metric, boolean numbers) {
    List<String> table = List.of("data.csv.file=t.csv", "search.metric=" + metric);
    List<String> right = numbers ? with("search.metric=" + metric) : table;
    Experiment experiment = ConfigLoader.defaults(right).experiment();
    assertThat(experiment.search().joint().metric()).contains(Metric.valueOf(metric));
    List<String> wrong = numbers ? table : with("search.metric=" + metric);
    assertThat(catchThrowableOfType(UserError.class, () -> ConfigLoader.defaults(wrong)))
        .hasMessageContaining("search.metric: " + metric + " is not allowed with");
    assertThat(
            catchThrowableOfType(
                UserError.class,
                () ->
                    ConfigLoader.defaults(
                        List.of(
                            "data.text.train=a", "data.text.test=b", "search.metric=" + metric))))
        .hasMessageContaining("search.metric: " + metric + " is not allowed with data.text");
  }

  @Test
  void metric_ofBalance_searchesTheWeightOfClasses() {
    List<String> table = List.of("data.csv.file=t.csv", "search.metric=BALANCED_ACCURACY");
    Range searched =
        ConfigLoader.defaults(table)
            .experiment()
            .space()
            .optimizer()
            .range(OptimizerFamily.ADAM, Hyperparameter.CLASS_BALANCE);
    assertThat(searched.max()).isEqualTo(1);
    List<String> fixed = new ArrayList<>(table);
    fixed.add("space.optimizer.class_balance.max=0");
    assertThat(
            ConfigLoader.defaults(fixed)
                .experiment()
                .space()
                .optimizer()
                .isSearched(Hyperparameter.CLASS_BALANCE))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "data.regression.loss=HUBER",
    "data.regression.delta=2",
    "data.regression.logarithm=true"
  })
  void regression_withoutTarget_isRefused(String override) {
    UserError error =
        catchThrowableOfType(
            UserError.class, () -> ConfigLoader.defaults(List.of("data.csv.file=t.csv", override)));
    assertThat(error.getMessage())
        .contains("data.regression: only allowed with data.format.target");
  }

  @Test
  void target_withoutATable_isRefused() {
    UserError error =
        catchThrowableOfType(
            UserError.class, () -> ConfigLoader.defaults(List.of("data.format.target=y")));
    assertThat(error.getMessage()).contains("data.format.target: only allowed with a table");
  }
}
