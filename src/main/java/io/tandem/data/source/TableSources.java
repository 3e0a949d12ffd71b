package io.tandem.data.source;

import io.tandem.data.DataException;
import io.tandem.data.DataSource;
import io.tandem.data.StoredBytes;
import io.tandem.data.jdbc.JdbcInput;
import io.tandem.data.parquet.ParquetInput;
import io.tandem.data.row.TableInput;
import io.tandem.data.table.PredictionRows;
import io.tandem.data.table.TableFiles;
import java.nio.file.Path;

/** Opens tables, whatever they are stored as. */
public final class TableSources implements TableFiles.Inputs {
  @Override
  public TableInput of(DataSource source) {
    if (source instanceof DataSource.CsvTable table) {
      return of(table.file());
    }
    if (source instanceof DataSource.ParquetTable table) {
      return ParquetInput.of(table.file());
    }
    if (source instanceof DataSource.JdbcTable table) {
      return JdbcInput.of(table, System::getenv);
    }
    throw new IllegalArgumentException("no single table: " + source);
  }

  /** A Parquet file is known by its first bytes, whatever its name. */
  @Override
  public TableInput of(Path file) {
    return ParquetInput.isOne(file)
        ? ParquetInput.of(file)
        : TableInput.csv(StoredBytes.file(file, PredictionRows.kind()));
  }

  /**
   * The rows that a model is applied to.
   *
   * @param file a CSV file or a Parquet file, or a pipe with CSV
   * @throws DataException if there is none
   */
  public static TableInput predicted(Path file) {
    return ParquetInput.isOne(file)
        ? ParquetInput.of(file)
        : TableInput.csv(StoredBytes.stream(file, PredictionRows.kind()));
  }
}
