package io.tandem.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes the headers of a tar archive and makes their checksums right again. */
final class TarMutator {
  private static final int BLOCK = 512;
  private static final int SUM = 148;
  private static final int TYPE = 156;
  private static final int MAGIC = 257;
  private static final String TYPES = "01234567LKxgSVNDM\0";
  private static final List<String> NAMES =
      List.of(
          "../a.png",
          "/etc/x.png",
          "cat",
          "cat/0.png/x.png",
          "a\\..\\..\\b.png",
          "\u0001",
          "",
          "cat/..");

  private TarMutator() {}

  /** An archive with a changed header, or with changed bytes. */
  static byte[] mutate(byte[] tar, Random random) {
    List<Integer> headers = headers(tar);
    if (headers.isEmpty() || random.nextInt(4) == 0) {
      return ByteMutator.mutate(tar, List.of(tar), random);
    }
    byte[] copy = tar.clone();
    int header = TextMutator.pick(headers, random);
    switch (random.nextInt(4)) {
      case 0 -> copy[header + TYPE] = (byte) TYPES.charAt(random.nextInt(TYPES.length()));
      case 1 ->
          field(
              copy, header, 100, TextMutator.pick(NAMES, random).getBytes(StandardCharsets.UTF_8));
      case 2 -> field(copy, header + 124, 12, size(random));
      default -> copy[header + random.nextInt(BLOCK)] = (byte) random.nextInt();
    }
    sum(copy, header);
    return copy;
  }

  /** Sizes are octal; the highest bit of the first byte says that they are binary. */
  private static byte[] size(Random random) {
    if (random.nextBoolean()) {
      return Long.toOctalString(random.nextLong() >>> (28 + random.nextInt(36)))
          .getBytes(StandardCharsets.US_ASCII);
    }
    byte[] binary = new byte[12];
    random.nextBytes(binary);
    binary[0] = (byte) 0x80;
    return binary;
  }

  private static void field(byte[] tar, int start, int length, byte[] value) {
    for (int index = 0; index < length; index++) {
      tar[start + index] = index < value.length ? value[index] : 0;
    }
  }

  private static List<Integer> headers(byte[] tar) {
    List<Integer> found = new ArrayList<>();
    for (int place = 0; place + BLOCK <= tar.length; place += BLOCK) {
      if (new String(tar, place + MAGIC, 5, StandardCharsets.US_ASCII).equals("ustar")) {
        found.add(place);
      }
    }
    return found;
  }

  private static void sum(byte[] tar, int header) {
    field(tar, header + SUM, 8, "        ".getBytes(StandardCharsets.US_ASCII));
    int sum = 0;
    for (int index = 0; index < BLOCK; index++) {
      sum += tar[header + index] & 0xff;
    }
    field(
        tar,
        header + SUM,
        8,
        (String.format("%06o", sum) + "\0 ").getBytes(StandardCharsets.US_ASCII));
  }
}
