package io.tandem.graph.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tandem.data.Block;
import io.tandem.data.ImageChannels;
import io.tandem.data.ImageSettings;
import io.tandem.data.ImageShape;
import io.tandem.data.image.DamagedImageException;
import io.tandem.data.image.ImageDecoder;
import io.tandem.testing.ImageTrees;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A network must see the numbers that a file stores, and no file that is cut or altered. */
class GraphImageDecoderTest {
  private static final int HEIGHT = 6;
  private static final int WIDTH = 7;
  // 8 x 8 pixels of 0, 200, 100, 50 (cyan, magenta, yellow, black), written by Pillow 11.
  private static final String CMYK =
      "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYGBQYGBgcJCAYHCQcGBggL"
          + "CAkKCgoKCgYICwwLCgwJCgoK/8AAFAgACAAIBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYH"
          + "CAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBka"
          + "JSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeo"
          + "qaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4EQwBNAFkASwAAPwD9/K/N"
          + "uvbK/TSv/9k=";

  private static ImageDecoder decoder(int height, int width, ImageChannels channels) {
    return new GraphImageDecoder(
        new ImageSettings(width, height, channels, 0, Block.first(0), 0.2));
  }

  private static final ImageDecoder PLAIN = decoder(0, 0, ImageChannels.AS_STORED);

  private static int[] decode(ImageDecoder decoder, byte[] bytes) throws DamagedImageException {
    byte[] pixels = decoder.decode(bytes).pixels();
    int[] values = new int[pixels.length];
    Arrays.setAll(values, index -> pixels[index] & 0xff);
    return values;
  }

  private static int[] expected(int channels) {
    int[] values = new int[HEIGHT * WIDTH * channels];
    Arrays.setAll(
        values,
        index ->
            ImageTrees.value(
                3, index / channels / WIDTH, index / channels % WIDTH, index % channels));
    return values;
  }

  @Test
  void decode_png_givesTheStoredBytesByRowsAndPixels() throws DamagedImageException {
    byte[] colour = ImageTrees.encoded(ImageTrees.colour(3, HEIGHT, WIDTH), "png");
    assertThat(PLAIN.decode(colour).shape()).isEqualTo(new ImageShape(HEIGHT, WIDTH, 3));
    assertThat(decode(PLAIN, colour)).isEqualTo(expected(3));
    byte[] grey = ImageTrees.encoded(ImageTrees.grey(3, HEIGHT, WIDTH), "png");
    assertThat(PLAIN.decode(grey).shape()).isEqualTo(new ImageShape(HEIGHT, WIDTH, 1));
    assertThat(decode(PLAIN, grey)).isEqualTo(expected(1));
  }

  @Test
  void decode_greyJpeg_keepsItsValuesWithoutAnotherGamma() throws DamagedImageException {
    BufferedImage flat = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    flat.getRaster().setSamples(0, 0, 8, 8, 0, filled(64, 100));
    assertThat(decode(PLAIN, ImageTrees.encoded(flat, "jpg"))).containsOnly(100).hasSize(64);
  }

  @Test
  void decode_colourJpeg_isNearTheColour() throws DamagedImageException {
    BufferedImage flat = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < 64; pixel++) {
      flat.setRGB(pixel % 8, pixel / 8, new Color(200, 40, 90).getRGB());
    }
    int[] values = decode(PLAIN, ImageTrees.encoded(flat, "jpg"));
    assertThat(values).hasSize(192);
    assertThat(values[0]).isBetween(197, 203);
    assertThat(values[1]).isBetween(37, 43);
    assertThat(values[2]).isBetween(87, 93);
  }

  @Test
  void decode_channelsGiven_convertsBothWays() throws DamagedImageException {
    BufferedImage pixel = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    pixel.setRGB(0, 0, new Color(10, 20, 30).getRGB());
    // 0.299 * 10 + 0.587 * 20 + 0.114 * 30 = 18.15
    assertThat(decode(decoder(0, 0, ImageChannels.GREY), ImageTrees.encoded(pixel, "png")))
        .containsExactly(18);
    byte[] grey = ImageTrees.encoded(ImageTrees.grey(9, 1, 1), "png");
    int value = ImageTrees.value(9, 0, 0, 0);
    assertThat(decode(decoder(0, 0, ImageChannels.COLOUR), grey))
        .containsExactly(value, value, value);
  }

  @Test
  void decode_paletteSixteenBitsAndTransparency_giveEightBitsOverBlack()
      throws DamagedImageException {
    byte[] reds = {0, (byte) 250};
    byte[] greens = {0, 100};
    IndexColorModel coloured = new IndexColorModel(1, 2, reds, greens, greens);
    BufferedImage palette = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY, coloured);
    palette.getRaster().setSample(1, 0, 0, 1);
    assertThat(decode(PLAIN, ImageTrees.encoded(palette, "png")))
        .containsExactly(0, 0, 0, 250, 100, 100);
    IndexColorModel plain = new IndexColorModel(1, 2, greens, greens, greens);
    BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY, plain);
    grey.getRaster().setSample(1, 0, 0, 1);
    assertThat(decode(PLAIN, ImageTrees.encoded(grey, "png"))).containsExactly(0, 100);
    BufferedImage deep = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(0, 0, 0, 257 * 77);
    assertThat(decode(PLAIN, ImageTrees.encoded(deep, "png"))).containsExactly(77);
    BufferedImage clear = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    clear.setRGB(0, 0, new Color(200, 100, 50, 51).getRGB());
    assertThat(decode(PLAIN, ImageTrees.encoded(clear, "png"))).containsExactly(40, 20, 10);
  }

  @Test
  void decode_resized_weighsWhatANewPixelCovers() throws DamagedImageException {
    BufferedImage ramp = new BufferedImage(4, 1, BufferedImage.TYPE_BYTE_GRAY);
    ramp.getRaster().setSamples(0, 0, 4, 1, 0, new int[] {0, 80, 160, 240});
    byte[] file = ImageTrees.encoded(ramp, "png");
    // A triangle of half width 2 round the centre 1: weights 3/4, 3/4, 1/4 (the rest lies outside).
    assertThat(decode(decoder(1, 2, ImageChannels.AS_STORED), file))
        .containsExactly((int) Math.round(400 / 7.0), (int) Math.round(240 - 400 / 7.0));
    // Half way between two pixels.
    assertThat(decode(decoder(2, 8, ImageChannels.AS_STORED), file))
        .containsExactly(0, 20, 60, 100, 140, 180, 220, 240, 0, 20, 60, 100, 140, 180, 220, 240);
    assertThat(decode(decoder(1, 4, ImageChannels.AS_STORED), file))
        .containsExactly(0, 80, 160, 240);
  }

  @Test
  void decode_resizedConstant_staysConstant() throws DamagedImageException {
    BufferedImage flat = new BufferedImage(13, 9, BufferedImage.TYPE_BYTE_GRAY);
    flat.getRaster().setSamples(0, 0, 13, 9, 0, filled(117, 255));
    byte[] file = ImageTrees.encoded(flat, "png");
    assertThat(decode(decoder(4, 5, ImageChannels.AS_STORED), file)).containsOnly(255).hasSize(20);
    assertThat(decode(decoder(31, 17, ImageChannels.AS_STORED), file)).containsOnly(255);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg"})
  void decode_cutAnywhere_isDamaged(String format) {
    byte[] whole = ImageTrees.encoded(ImageTrees.colour(1, 12, 12), format);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      DamagedImageException damage =
          catchThrowableOfType(DamagedImageException.class, () -> PLAIN.decode(cut));
      assertThat(damage).as("%d of %d bytes", length, whole.length).isNotNull();
      assertThat(damage.getMessage()).isNotBlank().hasLineCount(1);
    }
  }

  @Property(tries = 300)
  void decode_pngWithAnAlteredByte_isDamaged(
      @ForAll @IntRange(min = 0, max = 10_000) int place,
      @ForAll @IntRange(min = 1, max = 255) int change) {
    byte[] bytes = ImageTrees.encoded(ImageTrees.colour(1, 12, 12), "png");
    bytes[place % bytes.length] ^= (byte) change;
    assertThatThrownBy(() -> PLAIN.decode(bytes)).isInstanceOf(DamagedImageException.class);
  }

  @Property(tries = 300)
  void decode_jpegWithAlteredBytes_isAnImageOrDamaged(
      @ForAll @IntRange(min = 0, max = 10_000) int place,
      @ForAll @IntRange(min = 1, max = 255) int change) {
    byte[] bytes = ImageTrees.encoded(ImageTrees.colour(1, 12, 12), "jpg");
    bytes[place % bytes.length] ^= (byte) change;
    try {
      assertThat(PLAIN.decode(bytes).pixels()).isNotEmpty();
    } catch (DamagedImageException damage) {
      assertThat(damage.getMessage()).isNotBlank().hasLineCount(1);
    }
  }

  /** Where the camera's sensor has the pixel that is shown at a place (CIPA DC-008, tag 0x0112). */
  private static int[] stored(int orientation, int row, int column, int height, int width) {
    return switch (orientation) {
      case 2 -> new int[] {row, width - 1 - column};
      case 3 -> new int[] {height - 1 - row, width - 1 - column};
      case 4 -> new int[] {height - 1 - row, column};
      case 5 -> new int[] {column, row};
      case 6 -> new int[] {height - 1 - column, row};
      case 7 -> new int[] {height - 1 - column, width - 1 - row};
      case 8 -> new int[] {column, width - 1 - row};
      default -> new int[] {row, column};
    };
  }

  /** An EXIF segment with two entries, of which the second is the orientation. */
  private static byte[] exif(int orientation, ByteOrder order) {
    ByteBuffer segment = ByteBuffer.allocate(2 + 2 + 6 + 8 + 2 + 2 * 12 + 4);
    segment.putShort((short) 0xffe1).putShort((short) (segment.capacity() - 2));
    segment.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    segment.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII));
    segment.order(order).putShort((short) 42).putInt(8);
    segment.putShort((short) 2);
    segment
        .putShort((short) 0x0100)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) 4)
        .putShort((short) 0);
    segment.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    segment.putShort((short) orientation).putShort((short) 0);
    return segment.putInt(0).array();
  }

  private static byte[] withSegment(byte[] jpeg, byte[] segment, int after) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(jpeg, 0, after);
    file.writeBytes(segment);
    file.write(jpeg, after, jpeg.length - after);
    return file.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4", "5", "6", "7", "8", "0", "9", "300"})
  void decode_exifOrientation_isFollowedInBothOrdersOfBytes(int orientation)
      throws DamagedImageException {
    byte[] plain = ImageTrees.encoded(ImageTrees.colour(5, 24, 16), "jpg");
    byte[] sensor = PLAIN.decode(plain).pixels();
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      // Behind the first marker, and behind the JFIF segment that follows it.
      for (int after : new int[] {2, 20}) {
        ImageDecoder.Decoded turned =
            PLAIN.decode(withSegment(plain, exif(orientation, order), after));
        boolean quarter = orientation >= 5 && orientation <= 8;
        assertThat(turned.shape())
            .isEqualTo(new ImageShape(quarter ? 16 : 24, quarter ? 24 : 16, 3));
        for (int row = 0; row < turned.shape().height(); row++) {
          for (int column = 0; column < turned.shape().width(); column++) {
            int[] place = stored(orientation, row, column, 24, 16);
            int found = 3 * (row * turned.shape().width() + column);
            int expected = 3 * (place[0] * 16 + place[1]);
            assertThat(Arrays.copyOfRange(turned.pixels(), found, found + 3))
                .isEqualTo(Arrays.copyOfRange(sensor, expected, expected + 3));
          }
        }
      }
    }
  }

  /** A segment that is cut, or whose numbers lead outside the file, turns nothing. */
  @Test
  void decode_senselessExif_leavesThePictureAsItIs() throws DamagedImageException {
    byte[] plain = ImageTrees.encoded(ImageTrees.colour(5, 24, 16), "jpg");
    byte[] expected = PLAIN.decode(plain).pixels();
    byte[] far = exif(6, ByteOrder.BIG_ENDIAN);
    far[15] = 0x7f;
    byte[] many = exif(1, ByteOrder.BIG_ENDIAN);
    many[18] = (byte) 0xff;
    for (byte[] segment : List.of(far, many)) {
      assertThat(PLAIN.decode(withSegment(plain, segment, 2)).pixels()).isEqualTo(expected);
    }
  }

  /** Four inks, as Adobe's programs write them: inverted. */
  @Test
  void decode_fourInks_becomeColours() throws DamagedImageException {
    byte[] file = Base64.getDecoder().decode(CMYK);
    int[] values = decode(PLAIN, file);
    assertThat(values).hasSize(8 * 8 * 3);
    assertThat(values[0]).isBetween(202, 208);
    assertThat(values[1]).isBetween(41, 47);
    assertThat(values[2]).isBetween(122, 128);
  }

  @Test
  void decode_fewBitsWithAndWithoutTransparency_giveEightBitsOverBlack()
      throws DamagedImageException {
    byte[] greys = {0, (byte) 85, (byte) 170, (byte) 255};
    for (int bits : new int[] {1, 2, 4}) {
      int colours = Math.min(4, 1 << bits);
      byte[] alphas = {(byte) 51, (byte) 255, (byte) 255, (byte) 255};
      for (boolean clear : new boolean[] {false, true}) {
        IndexColorModel model =
            clear
                ? new IndexColorModel(bits, colours, greys, greys, new byte[] {9, 9, 9, 9}, alphas)
                : new IndexColorModel(bits, colours, greys, greys, new byte[] {9, 9, 9, 9});
        BufferedImage image = new BufferedImage(colours, 1, BufferedImage.TYPE_BYTE_BINARY, model);
        for (int column = 0; column < colours; column++) {
          image.getRaster().setSample(column, 0, 0, column);
        }
        int[] values = decode(PLAIN, ImageTrees.encoded(image, "png"));
        assertThat(values).as("%d bits, clear: %s", bits, clear).hasSize(3 * colours);
        assertThat(Arrays.copyOf(values, 6)).containsExactly(0, 0, clear ? 2 : 9, 85, 85, 9);
      }
    }
  }

  @Test
  void decode_foreignFile_saysWithWhatItBegins() {
    assertThatThrownBy(() -> PLAIN.decode("GIF89a".getBytes(StandardCharsets.US_ASCII)))
        .hasMessage("begins with 474946383961, expected a JPEG or PNG file");
    assertThatThrownBy(() -> PLAIN.decode(new byte[0])).hasMessage("the file is empty");
  }

  @Test
  void decode_hugeSize_isRefusedBeforeMemoryIsTaken() {
    byte[] bytes = ImageTrees.encoded(ImageTrees.grey(1, 1, 1), "png");
    ByteBuffer file = ByteBuffer.wrap(bytes);
    file.putInt(16, 30_000);
    file.putInt(20, 30_000);
    CRC32 sum = new CRC32();
    sum.update(bytes, 12, 17);
    file.putInt(29, (int) sum.getValue());
    assertThatThrownBy(() -> PLAIN.decode(bytes))
        .hasMessageStartingWith("30000 x 30000 pixels, expected at least 1, at most 50000000");
  }

  private static int[] filled(int count, int value) {
    int[] values = new int[count];
    Arrays.fill(values, value);
    return values;
  }
}
