package io.tandem.data;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.IntStream;

/** Loads a data set of images that comes as four IDX files: training and test, as MNIST does. */
final class IdxFiles {
  private IdxFiles() {}

  /**
   * Reads the four files. The validation part is the end of the training files.
   *
   * @param source names them
   * @param digest gets their bytes
   * @throws DataException if one cannot be used or they do not fit together
   */
  static DataSplit load(DataSource.Idx source, MessageDigest digest) {
    Dataset all = part(source.images(), source.labels(), source.limit(), source.classes(), digest);
    Dataset test = part(source.testImages(), source.testLabels(), 0, source.classes(), digest);
    if (all.columns() != test.columns()) {
      throw new DataException(
          Quote.format(
              "%s:8: images of %d pixels, expected %d as in %s; give files of one data set",
              source.testImages(), test.columns(), all.columns(), source.images()));
    }
    int train = all.rows() - source.validation();
    if (train < 1) {
      throw new DataException(
          Quote.format(
              "%s:4: %d images, expected more than data.idx_format.validation = %d; lower it or raise"
                  + " data.idx_format.limit",
              source.images(), all.rows(), source.validation()));
    }
    return DataLoader.finish(
        all.select(IntStream.range(0, train).toArray()),
        all.select(IntStream.range(train, all.rows()).toArray()),
        test,
        digest);
  }

  private static Dataset part(
      Path imageFile, Path labelFile, int limit, int classCount, MessageDigest digest) {
    CsvInput imageInput = CsvInput.file(imageFile);
    CsvInput labelInput = CsvInput.file(labelFile);
    IdxReader.Images images = IdxReader.images(imageInput, limit, digest);
    int[] labels = IdxReader.labels(labelInput, limit, classCount, digest);
    if (labels.length != images.count()) {
      throw new DataException(
          Quote.format(
              "%s:4: %d labels, expected %d as there are images in %s; give files that belong"
                  + " together",
              labelInput.name(), labels.length, images.count(), imageInput.name()));
    }
    List<String> names =
        IntStream.range(0, images.pixels()).mapToObj(pixel -> "pixel" + pixel).toList();
    List<String> classes = IntStream.range(0, classCount).mapToObj(Integer::toString).toList();
    return new Dataset(images.features(), images.pixels(), labels, classes, names);
  }
}
