package io.tandem.data.parquet;

import io.tandem.data.row.TableRow;
import java.util.Arrays;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;

/**
 * One row, which the library fills in, column by column: numbers of 64 bits as they are, other
 * values as texts.
 */
final class RowTexts extends RecordMaterializer<RowTexts> {
  private final String[] texts;
  private final double[] numbers;
  private final PrimitiveConverter[] columns;
  private final GroupConverter row =
      new GroupConverter() {
        @Override
        public Converter getConverter(int column) {
          return columns[column];
        }

        @Override
        public void start() {
          Arrays.fill(texts, "");
          Arrays.fill(numbers, Double.NaN);
        }

        @Override
        public void end() {}
      };

  /**
   * No row yet.
   *
   * @param read the columns that are read
   */
  RowTexts(MessageType read) {
    texts = new String[read.getFieldCount()];
    numbers = new double[texts.length];
    columns = new PrimitiveConverter[texts.length];
    for (int column = 0; column < texts.length; column++) {
      columns[column] = new Column(column, read.getType(column).asPrimitiveType());
    }
  }

  /** The row that was read last; one object for all. */
  @Override
  public RowTexts getCurrentRecord() {
    return this;
  }

  /**
   * Adds a value to a row of a table, an empty cell if it is missing.
   *
   * @param column among those that are read
   */
  void addTo(TableRow table, int column) {
    if (Double.isFinite(numbers[column])) {
      table.add(numbers[column]);
    } else {
      table.add(texts[column]);
    }
  }

  @Override
  public GroupConverter getRootConverter() {
    return row;
  }

  /** The texts of one column. */
  private final class Column extends PrimitiveConverter {
    private final int place;
    private final CellText text;
    private final boolean bytes;
    private String[] known = new String[0];

    Column(int place, PrimitiveType type) {
      this.place = place;
      text = CellText.of(type);
      bytes =
          switch (type.getPrimitiveTypeName()) {
            case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> true;
            case INT32, INT64, FLOAT, DOUBLE, BOOLEAN -> false;
          };
    }

    /** Of texts, which repeat, each is made once. */
    @Override
    public boolean hasDictionarySupport() {
      return bytes;
    }

    @Override
    public void setDictionary(Dictionary dictionary) {
      known = new String[dictionary.getMaxId() + 1];
      for (int id = 0; id < known.length; id++) {
        known[id] = text.of(dictionary.decodeToBinary(id));
      }
    }

    @Override
    public void addValueFromDictionary(int id) {
      texts[place] = known[id];
    }

    @Override
    public void addBinary(Binary value) {
      texts[place] = text.of(value);
    }

    @Override
    public void addBoolean(boolean value) {
      texts[place] = text.of(value);
    }

    @Override
    public void addDouble(double value) {
      numbers[place] = value;
      texts[place] = Double.isFinite(value) ? "" : Double.toString(value);
    }

    @Override
    public void addFloat(float value) {
      texts[place] = text.of(value);
    }

    @Override
    public void addInt(int value) {
      texts[place] = text.of(value);
    }

    @Override
    public void addLong(long value) {
      texts[place] = text.of(value);
    }
  }
}
