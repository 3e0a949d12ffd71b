package io.tandem.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tandem.testing.ImageTrees;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The size that is checked is the size that a decoder will find, whatever lies around it. */
final class ImageHeaderTest {
  private static final int FIRST = 2;

  private static byte[] jpeg(byte[] before) {
    byte[] whole = ImageTrees.encoded(ImageTrees.colour(1, 4, 5), "jpeg");
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(whole, 0, FIRST);
    file.writeBytes(before);
    file.write(whole, FIRST, whole.length - FIRST);
    return file.toByteArray();
  }

  /** A segment whose content looks like a frame header of one pixel. */
  private static byte[] decoy(int marker) {
    return new byte[] {
      (byte) 0xff,
      (byte) marker,
      0,
      4,
      0,
      0,
      (byte) 0xff,
      (byte) 0xc0,
      0,
      11,
      8,
      0,
      1,
      0,
      1,
      1,
      0,
      0,
      0
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {0xd0, 0xd7, 0x01})
  void of_markerWithoutLength_isPassedOverAsDecodersDo(int marker) throws DamagedImageException {
    byte[] alone = {(byte) 0xff, (byte) marker};
    assertThat(ImageHeader.of(jpeg(alone)).height()).isEqualTo(4);
    assertThatThrownBy(() -> ImageHeader.of(jpeg(decoy(marker))))
        .isInstanceOf(DamagedImageException.class)
        .hasMessageContaining("expected a marker of JPEG");
  }

  @Test
  void of_zeroForAMarker_isRefused() {
    assertThatThrownBy(() -> ImageHeader.of(jpeg(decoy(0))))
        .isInstanceOf(DamagedImageException.class)
        .hasMessageContaining("expected a marker of JPEG");
  }

  @Test
  void of_hugeJpeg_isRefusedBeforeItIsDecoded() {
    byte[] bytes = jpeg(new byte[0]);
    int frame = 0;
    while ((bytes[frame] & 0xff) != 0xff || (bytes[frame + 1] & 0xff) != 0xc0) {
      frame++;
    }
    ByteBuffer.wrap(bytes).putShort(frame + 5, (short) 20_000).putShort(frame + 7, (short) 20_000);
    assertThatThrownBy(() -> WholeImage.check(bytes))
        .isInstanceOf(DamagedImageException.class)
        .hasMessageStartingWith("20000 x 20000 pixels, expected at least 1, at most 50000000");
  }

  @Test
  void of_otherChunkBeforeTheHeader_isRefused() {
    byte[] png = ImageTrees.encoded(ImageTrees.colour(1, 4, 5), "png");
    byte[] decoy = Arrays.copyOf(png, 33);
    decoy[12] = 'a';
    CRC32 sum = new CRC32();
    sum.update(decoy, 12, 17);
    ByteBuffer.wrap(decoy).putInt(29, (int) sum.getValue());
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(decoy);
    file.write(png, 8, png.length - 8);
    assertThatThrownBy(() -> ImageHeader.of(file.toByteArray()))
        .isInstanceOf(DamagedImageException.class)
        .hasMessage("byte 8: expected the header chunk IHDR of PNG");
  }

  @ParameterizedTest
  @ValueSource(ints = {-12, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1000})
  void of_chunkOfSenselessLength_ends(int length) {
    byte[] png =
        ImageTrees.encoded(new BufferedImage(5, 4, BufferedImage.TYPE_BYTE_INDEXED), "png");
    ByteBuffer.wrap(png).putInt(33, length);
    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertThat(ImageHeader.of(png).width()).isEqualTo(5));
  }
}
