package io.tandem.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tandem.data.Block;
import io.tandem.data.DataException;
import io.tandem.data.DataSettings;
import io.tandem.data.DataSource;
import io.tandem.data.DataSplit;
import io.tandem.data.SplitSettings;
import io.tandem.data.source.DataLoader;
import io.tandem.graph.preprocessing.GraphImageDecoder;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of images that is cut, exchanged or damaged must not become training rows. */
class IdxTest {
  @TempDir Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    write("images", images(0x803, 4, 2, 3), false);
    write("labels", labels(0x801, 0, 2, 1, 2), false);
    write("test-images", images(0x803, 2, 2, 3), true);
    write("test-labels", labels(0x801, 1, 0), true);
  }

  private DataSplit load(int limit, int validation) {
    return load(Block.first(limit), validation);
  }

  private DataSplit load(Block block, int validation) {
    return DataLoader.load(
        new DataSettings(
            new DataSource.Idx(
                folder.resolve("images"),
                folder.resolve("labels"),
                folder.resolve("test-images"),
                folder.resolve("test-labels"),
                block,
                validation,
                3),
            new SplitSettings(0.6, 0.2, 0.2)),
        1,
        GraphImageDecoder::new);
  }

  @Test
  void load_plainAndCompressed_givesPixelsBetweenZeroAndOne() {
    DataSplit data = load(0, 1);
    assertThat(data.train().rows()).isEqualTo(3);
    assertThat(data.train().labels()).containsExactly(0, 2, 1);
    assertThat(data.validation().labels()).containsExactly(2);
    assertThat(data.test().labels()).containsExactly(1, 0);
    assertThat(data.train().columns()).isEqualTo(6);
    assertThat(data.train().classes()).containsExactly("0", "1", "2");
    // The n-th pixel of the file is the byte 10 n.
    assertThat(data.train().features()[7]).isEqualTo(70 / 255f);
    assertThat(data.validation().features()[0]).isEqualTo(180 / 255f);
  }

  @Test
  void load_limit_keepsTheFirst() {
    DataSplit data = load(2, 1);
    assertThat(data.train().labels()).containsExactly(0);
    assertThat(data.validation().labels()).containsExactly(2);
    assertThat(data.test().rows()).isEqualTo(2);
  }

  @Test
  void load_offset_skipsTheFirst() {
    DataSplit data = load(new Block(1, 2), 1);
    assertThat(data.train().labels()).containsExactly(2);
    assertThat(data.train().features()[0]).isEqualTo(60 / 255f);
    assertThat(data.validation().labels()).containsExactly(1);
    assertThat(data.test().rows()).isEqualTo(2);
    assertThat(load(new Block(2, 0), 1).validation().labels()).containsExactly(2);
    assertThat(data.sha256()).isEqualTo(load(0, 1).sha256());
  }

  /** A block that is cut short would be compared with whole ones. */
  @Test
  void load_blockBeyondTheEnd_isRefused() {
    assertThatThrownBy(() -> load(new Block(3, 2), 1))
        .isInstanceOf(DataException.class)
        .hasMessage(
            folder.resolve("images")
                + ":4: 4 images, expected at least 5 as data.idx_format.offset is 3 and"
                + " data.idx_format.limit 2; lower one of them");
    assertThatThrownBy(() -> load(new Block(4, 0), 1)).hasMessageContaining("expected at least 5");
  }

  @Test
  void load_wrongMagicNumber_saysWhatItIs() throws IOException {
    write("images", labels(0x801, 0, 2, 1, 2), false);
    refused("images:0: magic number 0x00000801, expected 0x00000803 (images)");
  }

  @Test
  void load_truncatedAnywhere_isRefusedWithItsPosition() throws IOException {
    byte[] whole = images(0x803, 4, 2, 3);
    for (int length = 0; length < whole.length; length++) {
      write("images", Arrays.copyOf(whole, length), false);
      String message = refused("images:").getMessage();
      assertThat(message).contains("the file ends").hasLineCount(1);
    }
    write("images", Arrays.copyOf(whole, 30), false);
    refused("images:30: the file ends, expected 4 items of 6 bytes");
  }

  @Test
  void load_truncatedArchive_isRefused() throws IOException {
    byte[] zipped = Files.readAllBytes(folder.resolve("test-images"));
    Files.write(folder.resolve("test-images"), Arrays.copyOf(zipped, zipped.length - 12));
    refused("test-images");
  }

  @Test
  void load_bytesBehindTheLast_areRefused() throws IOException {
    write("labels", Arrays.copyOf(labels(0x801, 0, 2, 1, 2), 13), false);
    refused("labels:12: bytes follow the last item");
  }

  @Test
  void load_labelOutOfRange_isRefusedWithItsPosition() throws IOException {
    write("labels", labels(0x801, 0, 2, 3, 2), false);
    refused("labels:10: label 3, expected 0..2");
  }

  @Test
  void load_filesThatDoNotBelongTogether_areRefused() throws IOException {
    write("labels", labels(0x801, 0, 2, 1), false);
    refused("labels:4: 3 labels, expected 4 as there are images");
    write("labels", labels(0x801, 0, 2, 1, 2), false);
    write("test-images", images(0x803, 2, 2, 2), false);
    refused("test-images:8: images of 2 x 2 pixels, expected 2 x 3 as in");
  }

  @Test
  void load_validationTakesAll_isRefused() {
    DataException error = catchThrowableOfType(DataException.class, () -> load(0, 4));
    assertThat(error).hasMessageContaining("expected more than data.idx_format.validation = 4");
  }

  @Test
  void load_absurdSizes_areRefused() throws IOException {
    write("images", images(0x803, 0, 2, 3), false);
    refused("images:4: number of images 0, expected 1..");
    byte[] large = images(0x803, 1, 1, 1);
    large[8] = 127;
    write("images", large, false);
    refused("images:8: rows 2130706433, expected 1..4096");
  }

  private DataException refused(String expected) {
    DataException error = catchThrowableOfType(DataException.class, () -> load(0, 1));
    assertThat(error).hasMessageContaining(expected);
    return error;
  }

  private void write(String name, byte[] content, boolean zipped) throws IOException {
    try (OutputStream file = Files.newOutputStream(folder.resolve(name));
        OutputStream stream = zipped ? new GZIPOutputStream(file) : file) {
      stream.write(content);
    }
  }

  private static byte[] images(int magic, int count, int rows, int columns) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream output = new DataOutputStream(bytes);
    output.writeInt(magic);
    output.writeInt(count);
    output.writeInt(rows);
    output.writeInt(columns);
    for (int pixel = 0; pixel < count * rows * columns; pixel++) {
      output.writeByte(10 * pixel);
    }
    return bytes.toByteArray();
  }

  private static byte[] labels(int magic, int... labels) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream output = new DataOutputStream(bytes);
    output.writeInt(magic);
    output.writeInt(labels.length);
    for (int label : labels) {
      output.writeByte(label);
    }
    return bytes.toByteArray();
  }
}
