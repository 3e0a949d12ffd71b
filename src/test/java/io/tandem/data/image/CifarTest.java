package io.tandem.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tandem.data.Block;
import io.tandem.data.CifarLabels;
import io.tandem.data.DataException;
import io.tandem.data.DataSettings;
import io.tandem.data.DataSource;
import io.tandem.data.ImageShape;
import io.tandem.data.SplitSettings;
import io.tandem.data.source.DataLoader;
import io.tandem.graph.preprocessing.GraphImageDecoder;
import io.tandem.testing.ImageTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Planes of colours become pixels, and a file that is cut or foreign no images. */
class CifarTest {
  private static final int PLANE = 32 * 32;

  @TempDir private Path folder = Path.of("");
  private Path ten = Path.of("");
  private Path hundred = Path.of("");

  @BeforeEach
  void writeFiles() throws IOException {
    ten = Files.createDirectories(folder.resolve("cifar-10-batches-bin"));
    for (int batch = 1; batch <= 5; batch++) {
      Files.write(ten.resolve("data_batch_" + batch + ".bin"), records(batch, 1, 2));
    }
    Files.write(ten.resolve("test_batch.bin"), records(9, 1, 3));
    hundred = Files.createDirectories(folder.resolve("cifar-100-binary"));
    Files.write(hundred.resolve("train.bin"), records(1, 2, 6));
    Files.write(hundred.resolve("test.bin"), records(2, 2, 2));
  }

  /** The n-th record has the labels n, n + 1 and as its m-th value the byte of start + n + m. */
  private static byte[] records(int start, int labels, int count) {
    byte[] bytes = new byte[count * (labels + 3 * PLANE)];
    int filled = 0;
    for (int record = 0; record < count; record++) {
      for (int label = 0; label < labels; label++) {
        bytes[filled++] = (byte) (record + label);
      }
      for (int place = 0; place < 3 * PLANE; place++) {
        bytes[filled++] = (byte) (start + record + place % PLANE + 50 * (place / PLANE));
      }
    }
    return bytes;
  }

  private static ImageSplit load(Path path, CifarLabels labels, int limit, int validation) {
    return load(path, labels, Block.first(limit), validation);
  }

  private static ImageSplit load(Path path, CifarLabels labels, Block block, int validation) {
    return DataLoader.images(
            new DataSettings(
                new DataSource.Cifar(path, labels, block, validation),
                new SplitSettings(0.6, 0.2, 0.2)),
            1,
            GraphImageDecoder::new)
        .orElseThrow();
  }

  private static void refused(Path path, String expected) {
    DataException error =
        catchThrowableOfType(DataException.class, () -> load(path, CifarLabels.FINE, 0, 1));
    assertThat(error).isNotNull().hasMessageContaining(expected);
    assertThat(error.getMessage()).hasLineCount(1);
  }

  @Test
  void load_tenClasses_turnsPlanesIntoPixels() {
    ImageSplit images = load(ten, CifarLabels.FINE, 0, 3);
    assertThat(images.train().rows()).isEqualTo(7);
    assertThat(images.train().labels()).containsExactly(0, 1, 0, 1, 0, 1, 0);
    assertThat(images.validation().labels()).containsExactly(1, 0, 1);
    assertThat(images.test().labels()).containsExactly(0, 1, 2);
    assertThat(images.train().shape()).isEqualTo(new ImageShape(32, 32, 3));
    assertThat(images.train().classes()).hasSize(10).startsWith("0", "1");
    // Record 1 of batch 2 is the fourth image; its pixel 5 has the bytes 2 + 1 + 5 + 50 channel.
    int pixel = 3 * 3 * PLANE + 5 * 3;
    assertThat(Arrays.copyOfRange(images.train().pixels(), pixel, pixel + 3))
        .containsExactly(8, 58, 108);
    assertThat(images.toRows().train().features()[pixel + 2]).isEqualTo(108);
  }

  @Test
  void load_hundredClasses_hasFineOrCoarseLabels() {
    assertThat(load(hundred, CifarLabels.FINE, 0, 2).train().labels()).containsExactly(1, 2, 3, 4);
    assertThat(load(hundred, CifarLabels.FINE, 0, 2).train().classes()).hasSize(100);
    ImageSplit coarse = load(hundred, CifarLabels.COARSE, 0, 2);
    assertThat(coarse.train().labels()).containsExactly(0, 1, 2, 3);
    assertThat(coarse.train().classes()).hasSize(20);
    assertThat(coarse.train().pixels()[0]).isEqualTo((byte) 1);
  }

  @Test
  void load_archive_givesTheSameAsItsFolder() throws IOException {
    Files.writeString(ten.resolve("batches.meta.txt"), names(10) + "\n\n");
    Files.writeString(ten.resolve("readme.html"), "x");
    ImageSplit images = load(ten, CifarLabels.FINE, 0, 3);
    assertThat(images.test().classes()).containsExactlyElementsOf(list(10));
    assertThat(load(ImageTrees.archive(ten, folder.resolve("c.tar.gz")), CifarLabels.FINE, 0, 3))
        .isEqualTo(images);
    Files.writeString(hundred.resolve("fine_label_names.txt"), names(100));
    assertThat(load(ImageTrees.archive(hundred, folder.resolve("d.tar")), CifarLabels.FINE, 0, 3))
        .isEqualTo(load(hundred, CifarLabels.FINE, 0, 3));
  }

  @Test
  void load_hash_isThatOfTheFilesOneAfterTheOther() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int batch = 1; batch <= 5; batch++) {
      digest.update(Files.readAllBytes(ten.resolve("data_batch_" + batch + ".bin")));
    }
    digest.update(Files.readAllBytes(ten.resolve("test_batch.bin")));
    assertThat(load(ten, CifarLabels.FINE, 0, 1).sha256())
        .isEqualTo(HexFormat.of().formatHex(digest.digest()));
  }

  @Test
  void load_limit_keepsTheFirst() {
    ImageSplit images = load(ten, CifarLabels.FINE, 3, 1);
    assertThat(images.train().labels()).containsExactly(0, 1);
    assertThat(images.validation().labels()).containsExactly(0);
    assertThat(images.test().rows()).isEqualTo(3);
  }

  /** Blocks reach over the ends of files: of two images each here. */
  @Test
  void load_everyBlock_isThatOfTheWhole() {
    ImageSplit whole = load(ten, CifarLabels.FINE, 0, 1);
    int[] labels = Arrays.copyOf(whole.train().labels(), 10);
    labels[9] = whole.validation().labels()[0];
    for (int offset = 0; offset < 8; offset++) {
      for (int limit = 2; offset + limit <= 10; limit++) {
        ImageSplit block = load(ten, CifarLabels.FINE, new Block(offset, limit), 1);
        assertThat(block.train().labels())
            .containsExactly(Arrays.copyOfRange(labels, offset, offset + limit - 1));
        assertThat(block.validation().labels()).containsExactly(labels[offset + limit - 1]);
      }
    }
    DataException error =
        catchThrowableOfType(
            DataException.class, () -> load(ten, CifarLabels.FINE, new Block(8, 3), 1));
    assertThat(error)
        .hasMessageContaining(
            "10 training images, expected at least 11 as data.cifar_format.offset is 8 and"
                + " data.cifar_format.limit 3");
  }

  @Test
  void load_cutFile_isRefusedWithItsPosition() throws IOException {
    byte[] whole = records(3, 1, 2);
    Path file = ten.resolve("data_batch_3.bin");
    for (int length : new int[] {0, 1, 3072, 3074, 6145}) {
      Files.write(file, Arrays.copyOf(whole, length));
      refused(ten, file + ":" + length + ": the file ends in image " + length / 3073);
    }
    Files.write(file, Arrays.copyOf(whole, 3073));
    refused(ten, file + ":3073: the file ends, expected 6146 bytes as in ");
    Files.write(file, Arrays.copyOf(whole, 6147));
    refused(ten, file + ":6147: the file ends in image 2, expected records of 3073 bytes");
  }

  @Test
  void load_labelOutOfRange_isRefusedWithItsPosition() throws IOException {
    byte[] bytes = records(3, 1, 2);
    bytes[3073] = 10;
    Path file = Files.write(ten.resolve("data_batch_4.bin"), bytes);
    refused(ten, file + ":3073: label 10, expected 0..9");
    byte[] two = records(3, 2, 2);
    two[3074] = 20;
    file = Files.write(hundred.resolve("test.bin"), two);
    refused(hundred, file + ":3074: coarse label 20, expected 0..19");
    two[3074] = 19;
    two[3075] = 100;
    Files.write(file, two);
    refused(hundred, file + ":3075: fine label 100, expected 0..99");
  }

  @Test
  void load_moreClassNamesThanTheFormatAllows_isRefused() throws IOException {
    Path file = Files.writeString(ten.resolve("batches.meta.txt"), names(11));
    refused(ten, file + ": 11 class names, expected 10, as many as the binary format has");
    Files.writeString(file, names(9));
    refused(ten, "9 class names, expected 10");
    Files.writeString(file, names(9) + "\nclass1");
    refused(ten, file + ": the class name \"class1\" occurs twice, expected different names");
  }

  @Test
  void load_missingFiles_areNamed() throws IOException {
    Files.delete(ten.resolve("data_batch_2.bin"));
    refused(ten, ten + ": no file data_batch_2.bin, expected data_batch_1.bin");
    Files.delete(hundred.resolve("test.bin"));
    refused(hundred, hundred + ": no file test.bin");
    refused(folder.resolve("none"), "none: no such file or folder");
  }

  @Test
  void load_settingsThatDoNotFit_areRefused() {
    DataException error =
        catchThrowableOfType(DataException.class, () -> load(ten, CifarLabels.COARSE, 0, 1));
    assertThat(error).hasMessageContaining("CIFAR-10, which has no coarse labels");
    error = catchThrowableOfType(DataException.class, () -> load(ten, CifarLabels.FINE, 0, 10));
    assertThat(error)
        .hasMessageContaining("10 training images, expected more than")
        .hasMessageContaining("data.cifar_format.validation = 10");
  }

  private static List<String> list(int count) {
    return IntStream.range(0, count).mapToObj(index -> "class" + index).toList();
  }

  private static String names(int count) {
    return list(count).stream().collect(Collectors.joining("\n"));
  }
}
