package io.tandem.data.table;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.DataSource;
import io.tandem.data.DataSplit;
import io.tandem.data.DifferentFiles;
import io.tandem.data.Quote;
import io.tandem.data.StoredBytes;
import java.security.MessageDigest;
import java.util.List;
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
    Table train = CsvReader.read(trainInput, source.format(), digest);
    Table validation = readLike(train, validationInput, source.format(), digest);
    Table test = readLike(train, testInput, source.format(), digest);
    List<String> classes = ClassLabels.of(train);
    if (train.typed().isPresent()) {
      return EncodedTable.finish(
          train,
          classes,
          Stream.of(train, validation, test)
              .map(
                  part ->
                      new EncodedTable.Part(part.typed().orElseThrow(), part.classesOf(classes)))
              .toList(),
          digest);
    }
    return TableFiles.finish(
        train,
        train.toDataset(classes),
        validation.toDataset(classes),
        test.toDataset(classes),
        digest);
  }

  private static Table readLike(
      Table train, StoredBytes input, CsvFormat format, MessageDigest digest) {
    Table part = CsvReader.readLike(train, input, format, digest);
    List<String> expected = train.layout().columns();
    List<String> found = part.layout().columns();
    if (found.size() != expected.size()) {
      throw new DataException(
          Quote.format(
              "%s: %d columns, expected %d as in %s; give every part the same columns",
              part.file(), found.size(), expected.size(), train.file()));
    }
    for (int column = 0; column < expected.size(); column++) {
      if (!found.get(column).equals(expected.get(column))) {
        throw new DataException(
            Quote.format(
                "%s:1:%d: column %s, expected %s as in %s; give every part the same columns in one"
                    + " order",
                part.file(),
                column + 1,
                Quote.quoted(found.get(column)),
                Quote.quoted(expected.get(column)),
                train.file()));
      }
    }
    return part;
  }
}
