package io.tandem.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

/** Changes the chunks of a PNG file and makes their checksums right again. */
final class PngMutator {
  private static final int SIGNATURE = 8;
  private static final int FRAME = 12;
  private static final List<String> NAMES =
      List.of(
          "PLTE", "tRNS", "gAMA", "iCCP", "tEXt", "zTXt", "eXIf", "IHDR", "IDAT", "IEND", "abCd");

  private PngMutator() {}

  private record Chunk(String name, byte[] data) {}

  /** A file with one to three changed chunks. */
  static byte[] mutate(byte[] png, Random random) {
    List<Chunk> chunks = chunks(png);
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      change(chunks, random);
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(png, 0, SIGNATURE);
    chunks.forEach(chunk -> write(chunk, file));
    return file.toByteArray();
  }

  private static void change(List<Chunk> chunks, Random random) {
    int place = random.nextInt(chunks.size());
    Chunk chunk = chunks.get(place);
    switch (random.nextInt(6)) {
      case 0 -> chunks.set(0, new Chunk("IHDR", header(chunks.get(0).data(), random)));
      case 1 -> chunks.add(place, new Chunk(TextMutator.pick(NAMES, random), chunk.data()));
      case 2 -> chunks.set(place, new Chunk(TextMutator.pick(NAMES, random), chunk.data()));
      case 3 -> chunks.add(random.nextInt(chunks.size() + 1), chunk);
      case 4 -> chunks.add(place, new Chunk(TextMutator.pick(NAMES, random), drawn(random)));
      default ->
          chunks.set(
              place,
              new Chunk(
                  chunk.name(), ByteMutator.mutate(chunk.data(), List.of(chunk.data()), random)));
    }
  }

  private static byte[] drawn(Random random) {
    byte[] data = new byte[random.nextInt(random.nextInt(50) == 0 ? 1 << 20 : 300)];
    random.nextBytes(data);
    return data;
  }

  /** Another size, number of bits, kind of colour or order of rows. */
  private static byte[] header(byte[] data, Random random) {
    byte[] header = Arrays.copyOf(data, Math.max(data.length, 13));
    int place = random.nextInt(6);
    if (place < 2) {
      byte[] number = ByteMutator.number(random);
      System.arraycopy(number, 0, header, 4 * place, Math.min(4, number.length));
    } else {
      header[6 + place] =
          (byte) (random.nextInt(4) == 0 ? random.nextInt() : 1 << random.nextInt(5));
    }
    return header;
  }

  private static List<Chunk> chunks(byte[] png) {
    List<Chunk> chunks = new ArrayList<>();
    ByteBuffer file = ByteBuffer.wrap(png);
    for (int place = SIGNATURE; place + FRAME <= png.length; ) {
      int length = file.getInt(place);
      String name = new String(png, place + 4, 4, StandardCharsets.ISO_8859_1);
      chunks.add(new Chunk(name, Arrays.copyOfRange(png, place + 8, place + 8 + length)));
      place += FRAME + length;
    }
    return chunks;
  }

  private static void write(Chunk chunk, ByteArrayOutputStream file) {
    byte[] name = chunk.name().getBytes(StandardCharsets.ISO_8859_1);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(chunk.data());
    file.writeBytes(ByteBuffer.allocate(4).putInt(chunk.data().length).array());
    file.writeBytes(name);
    file.writeBytes(chunk.data());
    file.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }
}
