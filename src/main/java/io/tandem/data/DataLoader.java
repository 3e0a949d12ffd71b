package io.tandem.data;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** From settings to the three parts in memory. */
public final class DataLoader {
  private static final int PARTS = 3;

  private DataLoader() {}

  /**
   * Loads and divides a data set. The same settings, bytes and seed give the same parts.
   *
   * @param settings where the rows are and how they are divided
   * @param seed seed of the run; decides the division alone
   * @throws DataException if the data cannot be used
   * @throws IllegalArgumentException if they are a text, which has no rows
   */
  public static DataSplit load(DataSettings settings, long seed) {
    try {
      return images(settings, seed).map(ImageSplit::toRows).orElseGet(() -> rows(settings, seed));
    } catch (OutOfMemoryError full) {
      throw tooLarge(settings, full);
    }
  }

  /**
   * Loads and divides a data set of images as bytes, for networks that see them as images.
   *
   * @param settings where the images are and how they are divided
   * @param seed seed of the run; decides the division alone
   * @return the parts; empty if the source has rows that are no images of bytes
   * @throws DataException if the data cannot be used
   */
  public static Optional<ImageSplit> images(DataSettings settings, long seed) {
    try {
      return images(settings.source(), settings.split(), seed);
    } catch (OutOfMemoryError full) {
      throw tooLarge(settings, full);
    }
  }

  /** What was being read has been let go of, so that there is memory for a message. */
  private static DataException tooLarge(DataSettings settings, OutOfMemoryError full) {
    return new DataException(
        Quote.format(
            "%s: the data do not fit into the %d MiB that Java may take, expected less; set a limit"
                + " of rows or smaller images, or give more, as by TANDEM_JAVA_OPTS=-Xmx8g",
            settings.source().text(), Runtime.getRuntime().maxMemory() >> 20),
        full);
  }

  private static Optional<ImageSplit> images(DataSource source, SplitSettings split, long seed) {
    if (source instanceof DataSource.Idx idx) {
      return Optional.of(IdxFiles.load(idx, StoredBytes.sha256()));
    }
    if (source instanceof DataSource.Images images) {
      return Optional.of(ImageFiles.load(images, split, seed));
    }
    if (source instanceof DataSource.Cifar cifar) {
      return Optional.of(CifarFiles.load(cifar));
    }
    return Optional.empty();
  }

  private static DataSplit rows(DataSettings settings, long seed) {
    DataSource source = settings.source();
    MessageDigest digest = StoredBytes.sha256();
    if (source instanceof DataSource.Digits) {
      Table digits = EmbeddedDigits.read(digest);
      return divide(digits, Optional.of(EmbeddedDigits.SHAPE), settings.split(), seed, digest);
    }
    if (source instanceof DataSource.CsvTable table) {
      StoredBytes input = StoredBytes.file(table.file(), CsvReader.KIND);
      Table rows = CsvReader.read(input, table.format(), digest);
      return divide(rows, Optional.empty(), settings.split(), seed, digest);
    }
    if (source instanceof DataSource.CsvParts parts) {
      return PartFiles.load(parts, digest);
    }
    throw new IllegalArgumentException("a text has no rows: " + source);
  }

  private static DataSplit divide(
      Table table,
      Optional<ImageShape> shape,
      SplitSettings settings,
      long seed,
      MessageDigest digest) {
    List<String> classes = Classes.of(table);
    Dataset rows = table.toDataset(classes);
    Dataset all = shape.map(rows::withImage).orElse(rows);
    checkCounts(table, all);
    StratifiedSplit split = StratifiedSplit.of(all.labels(), classes.size(), settings, seed);
    return finish(
        all.select(split.train()),
        all.select(split.validation()),
        all.select(split.test()),
        digest);
  }

  private static void checkCounts(Table table, Dataset all) {
    int[] counts = all.classCounts();
    for (int index = 0; index < counts.length; index++) {
      if (counts[index] < PARTS) {
        String label = all.classes().get(index);
        throw new DataException(
            Quote.format(
                "%s:%d:%d: class %s has %d %s, expected at least %d (one for each part of the"
                    + " split); add rows, remove the class, or check the label column",
                table.file(),
                table.lines().get(table.texts().indexOf(label)),
                table.columns().label() + 1,
                Quote.quoted(label),
                counts[index],
                counts[index] == 1 ? "row" : "rows",
                PARTS));
      }
    }
  }

  /** The parts with what is learnt from the first of them. */
  static DataSplit finish(Dataset train, Dataset validation, Dataset test, MessageDigest digest) {
    return new DataSplit(
        train,
        validation,
        test,
        Standardisation.of(train),
        HexFormat.of().formatHex(digest.digest()),
        Quote.format("%d numbers as in the table", train.columns()),
        List.of());
  }
}
