package io.tandem.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** How a file of a mutated content is stored: plain, compressed, compressed twice, or cut. */
final class Stored {
  private Stored() {}

  /** Mostly plain. */
  static byte[] as(byte[] plain, Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> gzip(plain);
      case 1 -> gzip(gzip(plain));
      case 2 -> ByteMutator.mutate(gzip(plain), List.of(plain), random);
      case 3 -> ByteMutator.mutate(plain, List.of(plain), random);
      default -> plain;
    };
  }

  /** Compressed. */
  static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream stream = new GZIPOutputStream(bytes)) {
      stream.write(plain);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
