package io.tandem.data.table;

import io.tandem.data.DataException;
import io.tandem.data.DataSource;
import io.tandem.data.DataSplit;
import io.tandem.data.DifferentFiles;
import io.tandem.data.StoredBytes;
import io.tandem.outcome.Outcome;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Loads a data set that comes already divided, one file for each part. */
final class PartFiles {
  private PartFiles() {}

  /**
   * Reads the three files. Columns and classes are those of the training file.
   *
   * @param source names them
   * @param digest gets their bytes
   * @throws DataException if one cannot be used or they do not fit together
   */
  static DataSplit load(DataSource.CsvParts source, MessageDigest digest) {
    StoredBytes trainInput = StoredBytes.file(source.train(), CsvReader.KIND);
    StoredBytes validationInput = StoredBytes.file(source.validation(), CsvReader.KIND);
    StoredBytes testInput = StoredBytes.file(source.test(), CsvReader.KIND);
    DifferentFiles.require(
        List.of(source.train(), source.validation(), source.test()),
        CsvReader.KIND,
        "divide its rows");
    Table first = CsvReader.read(trainInput, source.format(), digest);
    Optional<Table> second = CsvReader.readLike(first, validationInput, source.format(), digest);
    Optional<Table> third = CsvReader.readLike(first, testInput, source.format(), digest);
    // Gaps may begin in the second or third file.
    boolean gaps = second.isEmpty() || third.isEmpty();
    Table train = gaps ? CsvReader.readGaps(first, trainInput, source.format()) : first;
    Table validation =
        gaps ? CsvReader.readGaps(first, validationInput, source.format()) : second.orElseThrow();
    Table test = gaps ? CsvReader.readGaps(first, testInput, source.format()) : third.orElseThrow();
    Outcome outcome = TableTargets.outcome(train, source.format());
    if (train.typed().isPresent()) {
      return EncodedTable.finish(
          train,
          Stream.of(train, validation, test)
              .map(
                  part ->
                      new EncodedTable.Part(
                          part.typed().orElseThrow(), TableTargets.of(part, outcome)))
              .toList(),
          source.format().declared(),
          digest,
          leftOut(validation, test));
    }
    return TableFiles.finish(
        train,
        train.toDataset(TableTargets.of(train, outcome)),
        validation.toDataset(TableTargets.of(validation, outcome)),
        test.toDataset(TableTargets.of(test, outcome)),
        digest,
        leftOut(validation, test));
  }

  private static List<String> leftOut(Table validation, Table test) {
    return Stream.of(validation, test)
        .flatMap(part -> part.leftOut().stream().map(what -> part.file() + ": " + what))
        .toList();
  }
}
