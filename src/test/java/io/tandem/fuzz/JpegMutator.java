package io.tandem.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes the segments of a JPEG file: puts in others, exchanges markers, alters the frame. */
final class JpegMutator {
  private JpegMutator() {}

  /** A file with a change before its pixels, or anywhere. */
  static byte[] mutate(byte[] jpeg, Random random) {
    int place = boundary(jpeg, random);
    return switch (random.nextInt(4)) {
      case 0 -> inserted(jpeg, place, segment(random));
      case 1 -> marker(jpeg, place, random);
      case 2 -> frame(jpeg, random);
      default -> ByteMutator.mutate(jpeg, List.of(jpeg), random);
    };
  }

  /** Where a segment before the pixels begins. */
  private static int boundary(byte[] jpeg, Random random) {
    int place = 2;
    for (int left = random.nextInt(6); left > 0 && !isScan(jpeg, place); left--) {
      place += 2 + ((jpeg[place + 2] & 0xff) << 8 | (jpeg[place + 3] & 0xff));
    }
    return place;
  }

  private static boolean isScan(byte[] jpeg, int place) {
    return (jpeg[place + 1] & 0xff) == 0xda;
  }

  private static byte[] segment(Random random) {
    byte[] segment = new byte[2 + random.nextInt(40)];
    random.nextBytes(segment);
    segment[0] = (byte) 0xff;
    segment[1] = (byte) (random.nextBoolean() ? 0xc0 + random.nextInt(64) : random.nextInt(256));
    if (segment.length > 4 && random.nextBoolean()) {
      segment[2] = 0;
      segment[3] = (byte) (segment.length - 2);
    }
    return segment;
  }

  private static byte[] marker(byte[] jpeg, int place, Random random) {
    byte[] copy = jpeg.clone();
    copy[place + 1] = (byte) (0xc0 + random.nextInt(64));
    return copy;
  }

  /** Another precision, size, number of components or sampling. */
  private static byte[] frame(byte[] jpeg, Random random) {
    byte[] copy = jpeg.clone();
    for (int place = 2; place + 12 < copy.length; place++) {
      if ((copy[place] & 0xff) == 0xff && (copy[place + 1] & 0xfc) == 0xc0) {
        int at = place + 4 + random.nextInt(9);
        byte[] number = ByteMutator.number(random);
        System.arraycopy(number, 0, copy, at, 1 + random.nextInt(2));
        return copy;
      }
    }
    return copy;
  }

  private static byte[] inserted(byte[] bytes, int place, byte[] piece) {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    result.writeBytes(Arrays.copyOf(bytes, place));
    result.writeBytes(piece);
    result.write(bytes, place, bytes.length - place);
    return result.toByteArray();
  }
}
