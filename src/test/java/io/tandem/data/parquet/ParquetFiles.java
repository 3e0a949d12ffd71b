package io.tandem.data.parquet;

import io.airlift.compress.Compressor;
import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.snappy.SnappyCompressor;
import io.airlift.compress.zstd.ZstdCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Parquet files of tests, written by the library without Hadoop. */
public final class ParquetFiles {
  private static final long GROUP = 4096;

  private ParquetFiles() {}

  /**
   * Writes a file.
   *
   * @param file where to
   * @param columns the schema's columns as the library's text has them
   * @param rows one function for each row that fills it
   */
  public static Path write(Path file, String columns, List<Consumer<Group>> rows)
      throws IOException {
    return write(file, columns, rows, CompressionCodecName.UNCOMPRESSED);
  }

  static Path write(
      Path file, String columns, List<Consumer<Group>> rows, CompressionCodecName codec)
      throws IOException {
    MessageType schema = MessageTypeParser.parseMessageType("message table {" + columns + "}");
    try (ParquetWriter<Group> writer = writer(file, schema, codec)) {
      for (Consumer<Group> row : rows) {
        Group group = new SimpleGroup(schema);
        row.accept(group);
        writer.write(group);
      }
    }
    return file;
  }

  /** The compiler would ask for Hadoop's classes where methods of one name take them. */
  private static ParquetWriter<Group> writer(
      Path file, MessageType schema, CompressionCodecName codec) throws IOException {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    ExampleParquetWriter.Builder builder;
    try {
      builder =
          (ExampleParquetWriter.Builder)
              lookup
                  .findStatic(
                      ExampleParquetWriter.class,
                      "builder",
                      MethodType.methodType(ExampleParquetWriter.Builder.class, OutputFile.class))
                  .invoke((OutputFile) new LocalOutputFile(file));
      lookup
          .findVirtual(
              ParquetWriter.Builder.class,
              "withConf",
              MethodType.methodType(ParquetWriter.Builder.class, ParquetConfiguration.class))
          .invoke(builder, (ParquetConfiguration) new PlainParquetConfiguration());
    } catch (Throwable failure) {
      throw new AssertionError(failure);
    }
    return builder
        .withType(schema)
        .withCodecFactory(new Compressors())
        .withCompressionCodec(codec)
        .withRowGroupSize(GROUP)
        .build();
  }

  /** The other direction of {@link PageCodecs}. */
  private static final class Compressors implements CompressionCodecFactory {
    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
      return new BytesInputCompressor() {
        @Override
        public BytesInput compress(BytesInput bytes) throws IOException {
          byte[] plain = bytes.toInputStream().readAllBytes();
          return switch (codec) {
            case UNCOMPRESSED, BROTLI -> BytesInput.from(plain);
            case SNAPPY -> by(new SnappyCompressor(), plain);
            case ZSTD -> by(new ZstdCompressor(), plain);
            case LZ4_RAW -> by(new Lz4Compressor(), plain);
            case GZIP -> {
              ByteArrayOutputStream compressed = new ByteArrayOutputStream();
              try (GZIPOutputStream stream = new GZIPOutputStream(compressed)) {
                stream.write(plain);
              }
              yield BytesInput.from(compressed.toByteArray());
            }
            case LZO, LZ4 -> throw new IllegalArgumentException(codec.name());
          };
        }

        @Override
        public CompressionCodecName getCodecName() {
          return codec;
        }

        @Override
        public void release() {}
      };
    }

    private static BytesInput by(Compressor compressor, byte[] plain) {
      byte[] compressed = new byte[compressor.maxCompressedLength(plain.length)];
      int size = compressor.compress(plain, 0, plain.length, compressed, 0, compressed.length);
      return BytesInput.from(Arrays.copyOf(compressed, size));
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
      throw new UnsupportedOperationException("only for writing");
    }

    @Override
    public void release() {}
  }
}
