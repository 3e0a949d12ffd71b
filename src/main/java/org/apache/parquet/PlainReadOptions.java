package org.apache.parquet;

import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.format.converter.ParquetMetadataConverter;

/**
 * How Parquet files are read without Hadoop. The library's builder of these options, its only
 * public way to them, makes Hadoop's decompressors before it takes others, so this class stands in
 * the library's package.
 */
public final class PlainReadOptions {
  private static final int ALLOCATION = 8 << 20;

  private PlainReadOptions() {}

  /**
   * Options for reading all rows, with the checksums of pages verified where there are some.
   *
   * @param codecs decompress the pages
   */
  public static ParquetReadOptions of(CompressionCodecFactory codecs) {
    boolean verified = true;
    return new ParquetReadOptions(
        false,
        false,
        false,
        false,
        false,
        verified,
        false,
        false,
        false,
        FilterCompat.NOOP,
        ParquetMetadataConverter.NO_FILTER,
        codecs,
        new HeapByteBufferAllocator(),
        ALLOCATION,
        Map.of(),
        null,
        null,
        new PlainParquetConfiguration());
  }
}
