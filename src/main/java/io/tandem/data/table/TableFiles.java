package io.tandem.data.table;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.DataSettings;
import io.tandem.data.DataSource;
import io.tandem.data.DataSplit;
import io.tandem.data.Dataset;
import io.tandem.data.ImageShape;
import io.tandem.data.Quote;
import io.tandem.data.SplitSettings;
import io.tandem.data.Standardisation;
import io.tandem.data.StoredBytes;
import io.tandem.data.StratifiedSplit;
import io.tandem.data.TypedRows;
import io.tandem.data.row.TableInput;
import io.tandem.outcome.Targets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Loads a data set of rows: a table to be divided, a table for each part, or the digits. */
public final class TableFiles {
  private TableFiles() {}

  /** Opens tables, whatever they are stored as. */
  public interface Inputs {
    /**
     * The table of a source that has one.
     *
     * @throws DataException if it cannot be opened
     */
    TableInput of(DataSource source);

    /**
     * A file.
     *
     * @throws DataException if there is none
     */
    TableInput of(Path file);
  }

  /**
   * Reads and divides the rows.
   *
   * @param settings where the rows are and how they are divided
   * @param seed seed of the run; decides the division alone
   * @param inputs opens the tables
   * @throws DataException if they cannot be used
   * @throws IllegalArgumentException if the source has no tables
   */
  public static DataSplit load(DataSettings settings, long seed, Inputs inputs) {
    DataSource source = settings.source();
    MessageDigest digest = StoredBytes.sha256();
    if (source instanceof DataSource.Digits) {
      Table digits = EmbeddedDigits.read(digest);
      return divide(
          digits, EmbeddedDigits.FORMAT, Optional.of(EmbeddedDigits.SHAPE), settings, seed, digest);
    }
    if (source instanceof DataSource.CsvParts parts) {
      return PartFiles.load(parts, inputs, digest);
    }
    CsvFormat format =
        source
            .tableFormat()
            .orElseThrow(() -> new IllegalArgumentException("no tables: " + source));
    try (TableInput input = inputs.of(source)) {
      TableInput.requireText(List.of(input), format);
      Table rows = CsvReader.read(input, format, digest);
      return divide(rows, format, Optional.empty(), settings, seed, digest);
    }
  }

  private static DataSplit divide(
      Table table,
      CsvFormat format,
      Optional<ImageShape> shape,
      DataSettings settings,
      long seed,
      MessageDigest digest) {
    StratifiedSplit split = split(table, settings.split(), seed);
    DataSplit parts = parts(table, format, shape, split, digest);
    if (settings.folds() < 2) {
      return parts;
    }
    int[] rows =
        IntStream.concat(Arrays.stream(split.train()), Arrays.stream(split.validation()))
            .sorted()
            .toArray();
    return parts.folded(new FoldedTable(table, format, rows, settings.folds()).of(seed));
  }

  private static DataSplit parts(
      Table table,
      CsvFormat format,
      Optional<ImageShape> shape,
      StratifiedSplit split,
      MessageDigest digest) {
    Targets targets = TableTargets.of(table, TableTargets.outcome(table, format, split.train()));
    if (table.typed().isPresent()) {
      TypedRows rows = table.typed().get();
      return EncodedTable.finish(
          table,
          Stream.of(split.train(), split.validation(), split.test())
              .map(chosen -> new EncodedTable.Part(rows.select(chosen), targets.select(chosen)))
              .toList(),
          format.declared(),
          digest,
          List.of());
    }
    Dataset rows = table.toDataset(targets);
    Dataset all = shape.map(rows::withImage).orElse(rows);
    return finish(
        table,
        all.select(split.train()),
        all.select(split.validation()),
        all.select(split.test()),
        digest,
        List.of());
  }

  private static StratifiedSplit split(Table table, SplitSettings settings, long seed) {
    if (table.division().isEmpty()) {
      return TableTargets.split(table, settings, seed);
    }
    StratifiedSplit split = table.division().get().split(table.file(), settings, seed);
    TableTargets.requireClasses(table, split.train());
    return split;
  }

  static void requireSpread(Table table, Dataset train, Standardisation standardisation) {
    for (int column = 0; column < train.columns(); column++) {
      if (standardisation.isTooSmall(column)) {
        throw new DataException(
            Quote.format(
                "%s: column %s: its standard deviation %s is too small for 32 bits, expected at"
                    + " least 1.2e-38; rescale the column, or leave it out with data.format.ignore",
                table.file(),
                Quote.quoted(train.featureNames().get(column)),
                standardisation.scale()[column]));
      }
    }
  }

  /** Numbers that fit into 32 bits need not do so when they are standardised. */
  static void requireFinite(
      Table table, Dataset part, Standardisation standardisation, IntFunction<String> remedy) {
    float[] features = part.features();
    float[] means = standardisation.mean();
    float[] scales = standardisation.scale();
    // What is left as it is needs no look: most columns are categories.
    int[] changed =
        IntStream.range(0, means.length)
            .filter(column -> means[column] != 0 || scales[column] != 1)
            .toArray();
    for (int begin = 0; begin < features.length; begin += means.length) {
      for (int column : changed) {
        float value = features[begin + column];
        if (!Float.isFinite((value - means[column]) / scales[column])) {
          throw new DataException(
              Quote.format(
                  "%s: column %s: %s is too far from the mean %s to be standardised in 32 bits;"
                      + " rescale the column, or leave it out with %s",
                  table.file(),
                  Quote.quoted(part.featureNames().get(column)),
                  value,
                  means[column],
                  remedy.apply(column)));
        }
      }
    }
  }

  /**
   * The parts with what is learnt from the first of them.
   *
   * @param table the rows of the training part, and perhaps of the others
   * @param leftOut what is left out of other files, a line each
   */
  static DataSplit finish(
      Table table,
      Dataset train,
      Dataset validation,
      Dataset test,
      MessageDigest digest,
      List<String> leftOut) {
    boolean own = train.image().isEmpty();
    Standardisation standardisation = Standardisation.of(train);
    requireSpread(table, train, standardisation);
    for (Dataset part : List.of(train, validation, test)) {
      requireFinite(
          table,
          part,
          standardisation,
          column ->
              IgnoredColumns.setting(
                  table.layout(), List.of(table.layout().features().get(column))));
    }
    return new DataSplit(
        train,
        validation,
        test,
        standardisation,
        HexFormat.of().formatHex(digest.digest()),
        Quote.format("%d numbers as in the table", train.columns()),
        Optional.of(table.layout()),
        Stream.concat(
                table.leftOut().stream().map(what -> table.file() + ": " + what), leftOut.stream())
            .toList(),
        own ? TableSuspicions.of(table, train.outcome()) : List.of());
  }
}
