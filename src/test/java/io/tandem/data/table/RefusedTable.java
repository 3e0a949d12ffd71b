package io.tandem.data.table;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.StoredBytes;
import io.tandem.data.row.TableInput;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.AbstractThrowableAssert;

/** What is said of a table that cannot be read. */
final class RefusedTable {
  private RefusedTable() {}

  /** The error about a file {@code table.csv}. */
  static AbstractThrowableAssert<?, ? extends Throwable> loading(String text, CsvFormat format) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    StoredBytes input =
        new StoredBytes("table.csv", CsvReader.KIND, () -> new ByteArrayInputStream(bytes));
    return assertThatThrownBy(
            () -> CsvReader.read(TableInput.csv(input), format, StoredBytes.sha256()))
        .isInstanceOf(DataException.class);
  }
}
