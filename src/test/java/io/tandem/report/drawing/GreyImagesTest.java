package io.tandem.report.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.report.SvgPicture;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Learnt images are noise, which no format makes small: the picture must be so all the same. */
class GreyImagesTest {
  @ParameterizedTest
  @CsvSource({"10, 28", "1000, 28", "100, 8", "3, 64", "2, 150"})
  void svg_imagesOfNoise_areBelow60Kilobytes(int count, int side) {
    SplittableRandom random = new SplittableRandom(1);
    List<double[]> images =
        IntStream.range(0, count)
            .mapToObj(i -> random.doubles((long) side * side).toArray())
            .toList();
    String svg = GreyImages.svg(images, Collections.nCopies(count, "8 <&"));
    assertThat(svg.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(60_000);
    List<String> texts = SvgPicture.of(svg).contents();
    assertThat(texts).startsWith("8 <&");
    if (count == 1000) {
      assertThat(texts.get(texts.size() - 1)).isEqualTo("the first 34 of 1000");
    }
  }

  @Test
  void svg_anImage_keepsItsPixels() throws Exception {
    String svg = GreyImages.svg(List.of(new double[] {-1, 3, 1, 2}), List.of("0"));
    String encoded = svg.replaceAll("(?s).*base64,([^\"]*)\".*", "$1");
    var image = ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(encoded)));
    int[] samples = image.getRaster().getPixels(0, 0, 2, 2, (int[]) null);
    assertThat(samples).containsExactly(255, 0, 128, 64);
  }
}
