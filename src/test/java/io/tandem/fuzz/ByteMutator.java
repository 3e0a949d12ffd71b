package io.tandem.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes bytes without knowing what they mean. */
final class ByteMutator {
  private static final int[] EXTREME_BYTES = {0, 1, 0x7f, 0x80, 0xfe, 0xff, '\n', '\r', '"', '/'};
  private static final long[] EXTREME_NUMBERS = {
    0,
    1,
    -1,
    127,
    128,
    255,
    256,
    32767,
    65535,
    65536,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    -12,
    0x7ffffff0,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private ByteMutator() {}

  /**
   * Applies one to six mutations.
   *
   * @param bytes what to change a copy of
   * @param others further valid inputs, from which pieces are taken
   * @param random decides
   */
  static byte[] mutate(byte[] bytes, List<byte[]> others, Random random) {
    byte[] changed = bytes;
    for (int left = 1 + random.nextInt(6) * random.nextInt(2); left > 0; left--) {
      changed = once(changed, others, random);
    }
    return changed;
  }

  private static byte[] once(byte[] bytes, List<byte[]> others, Random random) {
    if (bytes.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    int place = random.nextInt(bytes.length);
    int length = Math.min(bytes.length - place, 1 << random.nextInt(10));
    return switch (random.nextInt(10)) {
      case 0, 1 -> flip(bytes, place, random);
      case 2 -> put(bytes, place, new byte[] {(byte) pick(EXTREME_BYTES, random)});
      case 3, 4 -> put(bytes, place, number(random));
      case 5 -> Arrays.copyOf(bytes, place);
      case 6 -> replace(bytes, place, place + length, new byte[0]);
      case 7 -> replace(bytes, place, place, Arrays.copyOfRange(bytes, place, place + length));
      case 8 -> replace(bytes, place, place + length, piece(others, random));
      default -> put(bytes, place, drawn(length, random));
    };
  }

  private static byte[] flip(byte[] bytes, int place, Random random) {
    byte[] copy = bytes.clone();
    copy[place] ^= (byte) (1 << random.nextInt(8));
    return copy;
  }

  private static byte[] drawn(int length, Random random) {
    byte[] bytes = new byte[length];
    if (random.nextBoolean()) {
      random.nextBytes(bytes);
    }
    return bytes;
  }

  /** An extreme number of 2, 4 or 8 bytes in either order. */
  static byte[] number(Random random) {
    long value = EXTREME_NUMBERS[random.nextInt(EXTREME_NUMBERS.length)];
    byte[] bytes = new byte[2 << random.nextInt(3)];
    boolean little = random.nextBoolean();
    for (int index = 0; index < bytes.length; index++) {
      bytes[little ? index : bytes.length - 1 - index] = (byte) (value >> (8 * index));
    }
    return bytes;
  }

  private static byte[] piece(List<byte[]> others, Random random) {
    byte[] other = others.get(random.nextInt(others.size()));
    int from = random.nextInt(other.length + 1);
    return Arrays.copyOfRange(other, from, Math.min(other.length, from + (1 << random.nextInt(9))));
  }

  private static byte[] put(byte[] bytes, int place, byte[] value) {
    byte[] copy = bytes.clone();
    System.arraycopy(value, 0, copy, place, Math.min(value.length, copy.length - place));
    return copy;
  }

  private static byte[] replace(byte[] bytes, int from, int to, byte[] value) {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    result.write(bytes, 0, from);
    result.writeBytes(value);
    result.write(bytes, to, bytes.length - to);
    return result.toByteArray();
  }

  private static int pick(int[] values, Random random) {
    return values[random.nextInt(values.length)];
  }
}
