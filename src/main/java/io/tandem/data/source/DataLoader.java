package io.tandem.data.source;

import io.tandem.data.DataException;
import io.tandem.data.DataSettings;
import io.tandem.data.DataSource;
import io.tandem.data.DataSplit;
import io.tandem.data.Duplicates;
import io.tandem.data.Quote;
import io.tandem.data.SplitSettings;
import io.tandem.data.StoredBytes;
import io.tandem.data.WrongLabels;
import io.tandem.data.image.CifarFiles;
import io.tandem.data.image.IdxFiles;
import io.tandem.data.image.ImageDecoder;
import io.tandem.data.image.ImageFiles;
import io.tandem.data.image.ImageSplit;
import io.tandem.data.imbalance.GivenWeights;
import io.tandem.data.table.TableFiles;
import java.util.Optional;

/** From settings to the three parts in memory. */
public final class DataLoader {
  private DataLoader() {}

  /**
   * Loads and divides a data set. The same settings, bytes and seed give the same parts.
   *
   * @param settings where the rows are and how they are divided
   * @param seed seed of the run; decides the division and which labels are wrong
   * @param decoders makes what turns image files into pixels
   * @throws DataException if the data cannot be used
   * @throws IllegalArgumentException if they are a text, which has no rows
   */
  public static DataSplit load(DataSettings settings, long seed, ImageDecoder.Factory decoders) {
    try {
      DataSplit split =
          images(settings, seed, decoders)
              .map(ImageSplit::toRows)
              .orElseGet(() -> TableFiles.load(settings, seed, new TableSources()));
      return GivenWeights.in(
          WrongLabels.in(
              split.suspecting(Duplicates.suspicions(settings.source().text(), split)),
              settings.wrongLabels(),
              seed),
          settings.classWeights());
    } catch (OutOfMemoryError full) {
      throw tooLarge(settings, full);
    }
  }

  /**
   * Loads and divides a data set of images as bytes, for networks that see them as images.
   *
   * @param settings where the images are and how they are divided
   * @param seed seed of the run; decides the division alone
   * @param decoders makes what turns image files into pixels
   * @return the parts; empty if the source has rows that are no images of bytes
   * @throws DataException if the data cannot be used
   */
  public static Optional<ImageSplit> images(
      DataSettings settings, long seed, ImageDecoder.Factory decoders) {
    try {
      return images(settings.source(), settings.split(), seed, decoders);
    } catch (OutOfMemoryError full) {
      throw tooLarge(settings, full);
    }
  }

  /** What was being read has been let go of, so that there is memory for a message. */
  private static DataException tooLarge(DataSettings settings, OutOfMemoryError full) {
    return new DataException(
        Quote.format(
            "%s: the data do not fit into the %d MiB that Java may use, expected less; set a limit"
                + " of rows or smaller images, or allow more, for example with"
                + " TANDEM_JAVA_OPTS=-Xmx8g",
            settings.source().text(), Runtime.getRuntime().maxMemory() >> 20),
        full);
  }

  private static Optional<ImageSplit> images(
      DataSource source, SplitSettings split, long seed, ImageDecoder.Factory decoders) {
    if (source instanceof DataSource.Idx idx) {
      return Optional.of(IdxFiles.load(idx, StoredBytes.sha256()));
    }
    if (source instanceof DataSource.Images images) {
      return Optional.of(ImageFiles.load(images, split, seed, decoders));
    }
    if (source instanceof DataSource.Cifar cifar) {
      return Optional.of(CifarFiles.load(cifar));
    }
    return Optional.empty();
  }
}
