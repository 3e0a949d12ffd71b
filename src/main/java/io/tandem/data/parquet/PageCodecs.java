package io.tandem.data.parquet;

import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** The decompressors of the pages of Parquet files, in Java alone. */
final class PageCodecs implements CompressionCodecFactory {
  /** The error for pages that are compressed in a way that is not read here. */
  static final class UnreadCodec extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreadCodec(CompressionCodecName codec) {
      super(codec.name().toLowerCase(Locale.ROOT));
    }
  }

  /** A way to decompress one page. */
  @FunctionalInterface
  private interface Page {
    /**
     * The decompressed page.
     *
     * @param compressed its bytes
     * @param size of the result, in bytes
     */
    byte[] decompress(byte[] compressed, int size) throws IOException;
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return new PageDecompressor(
        switch (codec) {
          case UNCOMPRESSED -> (compressed, size) -> compressed;
          case SNAPPY -> by(new SnappyDecompressor());
          case ZSTD -> by(new ZstdDecompressor());
          case LZ4_RAW -> by(new Lz4Decompressor());
          case GZIP -> PageCodecs::gunzip;
          case LZO, BROTLI, LZ4 -> throw new UnreadCodec(codec);
        });
  }

  private static Page by(Decompressor decompressor) {
    return (compressed, size) -> {
      byte[] page = new byte[size];
      int filled = decompressor.decompress(compressed, 0, compressed.length, page, 0, size);
      return complete(page, filled);
    };
  }

  private static byte[] gunzip(byte[] compressed, int size) throws IOException {
    try (InputStream stream = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      byte[] page = new byte[size];
      return complete(page, stream.readNBytes(page, 0, size));
    }
  }

  private static byte[] complete(byte[] page, int filled) throws IOException {
    if (filled < page.length) {
      throw new IOException("a page has " + filled + " bytes instead of " + page.length);
    }
    return page;
  }

  /** Gives a way to decompress pages the library's form. */
  private record PageDecompressor(Page page) implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      return BytesInput.from(page.decompress(bytes.toInputStream().readAllBytes(), size));
    }

    @Override
    public void decompress(
        ByteBuffer input, int compressedSize, ByteBuffer output, int decompressedSize)
        throws IOException {
      byte[] compressed = new byte[compressedSize];
      input.get(compressed);
      output.put(page.decompress(compressed, decompressedSize));
    }

    @Override
    public void release() {}
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    throw new UnsupportedOperationException("nothing is written");
  }

  @Override
  public void release() {}
}
