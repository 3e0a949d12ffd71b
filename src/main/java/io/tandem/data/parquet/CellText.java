package io.tandem.data.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * The texts of the values of a column: numbers in the form that is read back to the same bits,
 * dates and times as ISO 8601 has them, with a Z where they are times of UTC.
 */
final class CellText {
  private static final long JULIAN_EPOCH = 2_440_588;
  private static final long NANOS = 1_000_000_000;

  private final PrimitiveType type;
  private final @Nullable LogicalTypeAnnotation logical;

  private CellText(PrimitiveType type) {
    this.type = type;
    logical = type.getLogicalTypeAnnotation();
  }

  /**
   * What a column is, if it is not read.
   *
   * @param type of the column
   * @return for example {@code a list}; empty if it is read
   */
  static Optional<String> unread(Type type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    if (type.isRepetition(Type.Repetition.REPEATED)
        || logical instanceof ListLogicalTypeAnnotation) {
      return Optional.of("a list");
    }
    if (!type.isPrimitive()) {
      return Optional.of(
          logical instanceof MapLogicalTypeAnnotation ? "a map" : "a structure of columns");
    }
    boolean bytes =
        switch (type.asPrimitiveType().getPrimitiveTypeName()) {
          case BINARY, FIXED_LEN_BYTE_ARRAY -> true;
          case INT32, INT64, INT96, FLOAT, DOUBLE, BOOLEAN -> false;
        };
    boolean text =
        logical instanceof StringLogicalTypeAnnotation
            || logical instanceof EnumLogicalTypeAnnotation
            || logical instanceof JsonLogicalTypeAnnotation
            || logical instanceof DecimalLogicalTypeAnnotation
            || logical instanceof UUIDLogicalTypeAnnotation
            || logical instanceof Float16LogicalTypeAnnotation;
    return bytes && !text ? Optional.of("bytes without a type") : Optional.empty();
  }

  /**
   * The texts of a column.
   *
   * @param type of a column that is read
   */
  static CellText of(PrimitiveType type) {
    return new CellText(type);
  }

  String of(boolean value) {
    return String.valueOf(value);
  }

  String of(float value) {
    return Float.toString(value);
  }

  String of(int value) {
    if (logical instanceof DateLogicalTypeAnnotation) {
      return LocalDate.ofEpochDay(value).toString();
    }
    if (logical instanceof IntLogicalTypeAnnotation integer && !integer.isSigned()) {
      return Integer.toUnsignedString(value);
    }
    return of((long) value);
  }

  String of(long value) {
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return BigDecimal.valueOf(value, decimal.getScale()).toPlainString();
    }
    if (logical instanceof TimestampLogicalTypeAnnotation time) {
      return timestamp(value, time.getUnit(), time.isAdjustedToUTC());
    }
    if (logical instanceof TimeLogicalTypeAnnotation time) {
      return DateTimeFormatter.ISO_LOCAL_TIME.format(
          LocalTime.ofNanoOfDay(value * (NANOS / perSecond(time.getUnit()))));
    }
    return logical instanceof IntLogicalTypeAnnotation integer && !integer.isSigned()
        ? Long.toUnsignedString(value)
        : Long.toString(value);
  }

  String of(Binary value) {
    if (type.getPrimitiveTypeName() == PrimitiveTypeName.INT96) {
      ByteBuffer bytes = value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
      long nanos = bytes.getLong(bytes.position());
      long days = bytes.getInt(bytes.position() + Long.BYTES) - JULIAN_EPOCH;
      return Instant.ofEpochSecond(Math.multiplyExact(days, 86_400L), nanos).toString();
    }
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return new BigDecimal(new BigInteger(value.getBytes()), decimal.getScale()).toPlainString();
    }
    if (logical instanceof UUIDLogicalTypeAnnotation) {
      ByteBuffer bytes = value.toByteBuffer();
      return new UUID(bytes.getLong(), bytes.getLong()).toString();
    }
    if (logical instanceof Float16LogicalTypeAnnotation) {
      return type.stringifier().stringify(value);
    }
    return value.toStringUsingUTF8();
  }

  private static String timestamp(long value, TimeUnit unit, boolean utc) {
    long perSecond = perSecond(unit);
    Instant instant =
        Instant.ofEpochSecond(
            Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * (NANOS / perSecond));
    return utc
        ? instant.toString()
        : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
            LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
  }

  private static long perSecond(TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> 1_000;
      case MICROS -> 1_000_000;
      case NANOS -> NANOS;
    };
  }
}
