package io.tandem.data.imbalance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tandem.data.DataException;
import io.tandem.data.DataSettings;
import io.tandem.data.DataSource;
import io.tandem.data.DataSplit;
import io.tandem.data.SplitSettings;
import io.tandem.data.source.DataLoader;
import io.tandem.graph.preprocessing.GraphImageDecoder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GivenWeightsTest {
  private static DataSplit digits(double wrong, Map<String, Double> weights) {
    return DataLoader.load(
        new DataSettings(new DataSource.Digits(), new SplitSettings(0.6, 0.2, 0.2), wrong, weights),
        1,
        GraphImageDecoder::new);
  }

  @Test
  void in_namedClasses_haveTheirWeightInEveryPart() {
    DataSplit split = digits(0.1, Map.of("3", 5.0, "9", 0.5));
    List<Double> expected = List.of(1.0, 1.0, 1.0, 5.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.5);
    assertThat(split.train().classWeights().given()).isEqualTo(expected);
    assertThat(split.train().classWeights().counts()).isEqualTo(split.train().classCounts());
    assertThat(split.validation().outcome()).isEqualTo(split.train().outcome());
    assertThat(split.test().outcome()).isEqualTo(split.train().outcome());
    DataSplit plain = digits(0.1, Map.of());
    assertThat(plain.train().classWeights().given()).isEmpty();
    assertThat(split.train().labels()).isEqualTo(plain.train().labels());
  }

  @Test
  void in_unknownClass_namesTheNearest() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> digits(0, Map.of("30", 5.0)))
        .withMessage("data.class_weights: \"30\" is none of the 10 classes; did you mean \"0\"?");
  }

  @Test
  void scaled_haveAMeanOfOneOverTheRows() {
    DataSplit split = digits(0, Map.of("3", 5.0));
    double[] scaled = split.train().classWeights().scaled();
    int[] counts = split.train().classCounts();
    double sum = 0;
    for (int index = 0; index < counts.length; index++) {
      sum += counts[index] * scaled[index];
    }
    assertThat(sum / split.train().rows())
        .isCloseTo(1, org.assertj.core.api.Assertions.within(1e-12));
    assertThat(scaled[3] / scaled[4]).isCloseTo(5, org.assertj.core.api.Assertions.within(1e-12));
  }
}
