package io.tandem.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tandem.data.source.DataLoader;
import io.tandem.graph.preprocessing.GraphImageDecoder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Features reach the networks centred and scaled, by what the training rows alone say. */
class StandardisationTest {
  private static Dataset dataset(int columns, float... features) {
    String[] names = new String[columns];
    Arrays.setAll(names, column -> "f" + column);
    int[] labels = new int[features.length / columns];
    return new Dataset(features, columns, labels, List.of("x"), List.of(names));
  }

  @Test
  void of_column_hasClosedFormMeanAndDeviation() {
    Standardisation found = Standardisation.of(dataset(2, 1, -10, 2, 0, 3, 10, 4, 20));
    assertThat(found.mean()).containsExactly(2.5f, 5f);
    assertThat(found.scale()).containsExactly((float) Math.sqrt(1.25), (float) Math.sqrt(125));
  }

  @Test
  void apply_trainingRows_haveMeanZeroAndDeviationOne() {
    Dataset rows =
        DataLoader.load(
                new DataSettings(new DataSource.Digits(), new SplitSettings(0.6, 0.2, 0.2)),
                1,
                GraphImageDecoder::new)
            .train();
    Standardisation again = Standardisation.of(Standardisation.of(rows).apply(rows));
    for (int column = 0; column < rows.columns(); column++) {
      assertThat(again.mean()[column]).isCloseTo(0, within(1e-5f));
      assertThat(again.scale()[column]).isCloseTo(1, within(1e-5f));
    }
  }

  @Test
  void of_constantColumn_hasScaleOne() {
    float[] tenths = new float[1000];
    Arrays.fill(tenths, 0.1f);
    Standardisation found = Standardisation.of(dataset(1, tenths));
    assertThat(found.scale()).containsExactly(1);
    assertThat(found.apply(new float[] {0.1f})).containsExactly(0);
  }

  @Test
  void of_extremeValues_staysFinite() {
    Standardisation found = Standardisation.of(dataset(1, -Float.MAX_VALUE, Float.MAX_VALUE));
    assertThat(found.mean()).containsExactly(0);
    assertThat(found.scale()).containsExactly(Float.MAX_VALUE);
    Standardisation tiny = Standardisation.of(dataset(1, 0, Float.MIN_VALUE));
    assertThat(tiny.scale()[0]).isPositive();
  }

  /** Graphs divide by 0 where it has lost digits at the lower end of 32 bits. */
  @Test
  void isTooSmall_deviationBelowTheNormalNumbers_isSeen() {
    assertThat(Standardisation.of(dataset(1, 0, Float.MIN_VALUE)).isTooSmall(0)).isTrue();
    assertThat(Standardisation.of(dataset(1, 0, Float.MIN_NORMAL)).isTooSmall(0)).isTrue();
    assertThat(Standardisation.of(dataset(1, 0, 2 * Float.MIN_NORMAL)).isTooSmall(0)).isFalse();
    assertThat(Standardisation.of(dataset(1, 1e-40f, 1e-40f)).isTooSmall(0))
        .as("constant")
        .isFalse();
  }

  @Test
  void apply_dataset_leavesTheOriginal() {
    Dataset rows = dataset(1, 1, 3);
    assertThat(Standardisation.of(rows).apply(rows).features()).containsExactly(-1, 1);
    assertThat(rows.features()).containsExactly(1, 3);
  }

  @Test
  void perChannel_images_haveOneMeanAndScaleForAllPixelsOfAChannel() {
    // Two pixels of three channels: 1 and 3, 5 throughout, 0 and 8, in two images.
    ImageShape shape = new ImageShape(1, 2, 3);
    Dataset images = dataset(6, 1, 5, 0, 3, 5, 8, 1, 5, 8, 3, 5, 0).withImage(shape);
    Standardisation found = Standardisation.perChannel(images);
    assertThat(found.mean()).containsExactly(2, 5, 4, 2, 5, 4);
    assertThat(found.scale()).containsExactly(1, 1, 4, 1, 1, 4);
    Dataset standardised = found.apply(images);
    assertThat(standardised.features()).containsExactly(-1, 0, -1, 1, 0, 1, -1, 0, 1, 1, 0, -1);
    assertThat(standardised.image()).contains(shape);
  }

  @Test
  void perChannel_noImages_areRefused() {
    assertThatThrownBy(() -> Standardisation.perChannel(dataset(2, 1, 2)))
        .hasMessage("the rows are no images");
    assertThatThrownBy(() -> dataset(2, 1, 2).withImage(new ImageShape(2, 2, 1)))
        .hasMessageContaining("2 columns for images of 2 x 2 grey");
  }

  @Test
  void perChannel_digits_areImagesOfEightByEight() {
    DataSplit digits =
        DataLoader.load(
            new DataSettings(new DataSource.Digits(), new SplitSettings(0.6, 0.2, 0.2)),
            1,
            GraphImageDecoder::new);
    assertThat(digits.test().image()).contains(new ImageShape(8, 8, 1));
    Standardisation found = digits.perChannel().standardisation();
    double sum = 0;
    double squares = 0;
    for (float value : found.apply(digits.train()).features()) {
      sum += value;
      squares += value * value;
    }
    int count = digits.train().rows() * 64;
    assertThat(sum / count).isCloseTo(0, within(1e-5));
    assertThat(squares / count).isCloseTo(1, within(1e-5));
    assertThat(found.mean()).containsOnly(found.mean()[0]).hasSize(64);
    assertThat(digits.perChannel().train()).isEqualTo(digits.train());
  }

  @Test
  void new_unusable_isRefused() {
    assertThatThrownBy(() -> new Standardisation(new float[1], new float[1]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Standardisation(new float[1], new float[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
