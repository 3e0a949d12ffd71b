package io.tandem.data.image;

import io.tandem.data.Block;
import io.tandem.data.DataException;
import io.tandem.data.DataSource;
import io.tandem.data.Quote;
import io.tandem.data.StoredBytes;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/** Loads a data set of images that comes as four IDX files: training and test, as MNIST does. */
public final class IdxFiles {
  private static final float WHITE = 255f;

  private IdxFiles() {}

  /**
   * Reads the four files. The validation part is the end of the training files.
   *
   * @param source names them
   * @param digest gets their bytes
   * @throws DataException if one cannot be used or they do not fit together
   */
  public static ImageSplit load(DataSource.Idx source, MessageDigest digest) {
    ImageDataset all =
        part(source.images(), source.labels(), source.block(), source.classes(), digest);
    ImageDataset test =
        part(source.testImages(), source.testLabels(), Block.ALL, source.classes(), digest);
    if (!all.shape().equals(test.shape())) {
      throw new DataException(
          Quote.format(
              "%s:8: images of %d x %d pixels, expected %d x %d as in %s; give files of one data set",
              source.testImages(),
              test.shape().height(),
              test.shape().width(),
              all.shape().height(),
              all.shape().width(),
              source.images()));
    }
    int train = all.rows() - source.validation();
    if (train < 1) {
      throw new DataException(
          Quote.format(
              "%s:4: %d images, expected more than data.idx_format.validation = %d; lower it or raise"
                  + " data.idx_format.limit",
              source.images(), all.rows(), source.validation()));
    }
    return new ImageSplit(
        all.range(0, train),
        all.range(train, all.rows()),
        test,
        WHITE,
        HexFormat.of().formatHex(digest.digest()),
        List.of());
  }

  private static ImageDataset part(
      Path imageFile, Path labelFile, Block block, int classCount, MessageDigest digest) {
    StoredBytes imageInput = StoredBytes.file(imageFile, IdxReader.KIND);
    StoredBytes labelInput = StoredBytes.file(labelFile, IdxReader.KIND);
    IdxReader.Images images = IdxReader.images(imageInput, block, digest);
    int[] labels = IdxReader.labels(labelInput, block, classCount, digest);
    if (labels.length != images.count()) {
      throw new DataException(
          Quote.format(
              "%s:4: %d labels, expected %d as there are images in %s; give files that belong"
                  + " together",
              labelInput.name(), labels.length, images.count(), imageInput.name()));
    }
    List<String> classes = IntStream.range(0, classCount).mapToObj(Integer::toString).toList();
    return new ImageDataset(images.pixels(), images.shape(), labels, classes);
  }
}
