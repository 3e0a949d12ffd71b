package io.tandem.data.row;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;

/** Takes rows from the CSV library and puts them into batches. */
final class RowFiller extends CsvCallbackHandler<RowFiller> {
  private RowBatch batch = new RowBatch();
  private RecordType type = RecordType.DATA;

  /**
   * Fills a batch.
   *
   * @param into that is empty
   * @param rows of the table, which this was given to
   * @return whether it is full; if not, there are no more rows
   */
  boolean fill(RowBatch into, CloseableIterator<RowFiller> rows) {
    batch = into;
    while (!into.isFull()) {
      if (!rows.hasNext()) {
        return false;
      }
      rows.next();
      into.end();
    }
    return true;
  }

  @Override
  protected RecordType getRecordType() {
    return type;
  }

  @Override
  protected int getFieldCount() {
    return batch.begun();
  }

  @Override
  protected void beginRecord(long startingLineNumber) {
    batch.begin(startingLineNumber);
    type = RecordType.DATA;
  }

  @Override
  protected void addField(char[] buffer, int offset, int length, boolean quoted) {
    batch.add(buffer, offset, length);
  }

  @Override
  protected void setComment(char[] buffer, int offset, int length) {
    type = RecordType.COMMENT;
  }

  @Override
  protected void setEmpty() {
    type = RecordType.EMPTY;
  }

  @Override
  protected RowFiller buildRecord() {
    return this;
  }
}
