package io.tandem.fuzz;

import io.tandem.cli.InProcess;
import io.tandem.testing.ImageTrees;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever image files, archives and IDX files hold, {@code check} uses them or says why not. */
final class ImageFuzzTest {
  private static final int COUNT = 24;

  @TempDir private static Path folder = Path.of("");
  private static byte[] archive = new byte[0];
  private static List<byte[]> png = List.of();
  private static List<byte[]> jpeg = List.of();

  @BeforeAll
  static void makeSeeds() throws IOException {
    Path root = ImageTrees.classes(folder.resolve("tree"), COUNT / 2);
    Path file = ImageTrees.archive(root, folder.resolve("tree.tar"));
    archive = Files.readAllBytes(file);
    png = ImageSeeds.png();
    jpeg = ImageSeeds.jpeg();
  }

  @Test
  void check_mutatedImages_answersInOneLine() throws IOException {
    run(Fuzz.NORMAL);
  }

  @Test
  @Tag("slow")
  void check_manyMutatedImages_answersInOneLine() throws IOException {
    run(Fuzz.SLOW);
  }

  private static void run(int count) throws IOException {
    new Fuzz("images", folder, 1).run(count, ImageFuzzTest::check);
  }

  private static InProcess.Ended check(Random random) throws IOException {
    return switch (random.nextInt(4)) {
      case 0 -> archive(random);
      case 1 -> idx(random);
      default -> file(random);
    };
  }

  private static InProcess.Ended file(Random random) throws IOException {
    byte[] image =
        random.nextBoolean()
            ? PngMutator.mutate(TextMutator.pick(png, random), random)
            : JpegMutator.mutate(TextMutator.pick(jpeg, random), random);
    Path file = folder.resolve("tree/cat/mutated" + (random.nextBoolean() ? ".png" : ".jpg"));
    Files.write(file, image);
    try {
      boolean resized = random.nextInt(4) == 0;
      return InProcess.run(
          "check",
          "--set",
          "data.images.path=" + folder.resolve("tree"),
          "--set",
          "data.images_format.channels=COLOUR",
          "--set",
          "data.images_format.damaged_share=1",
          "--set",
          "data.images_format.height=" + (resized ? 3 : 4),
          "--set",
          "data.images_format.width=" + (resized ? 7 : 5));
    } finally {
      Files.delete(file);
    }
  }

  private static InProcess.Ended archive(Random random) throws IOException {
    byte[] mutated = TarMutator.mutate(archive, random);
    Path file = Files.write(folder.resolve("mutated.tar"), Stored.as(mutated, random));
    return InProcess.run("check", "--set", "data.images.path=" + file);
  }

  private static InProcess.Ended idx(Random random) throws IOException {
    byte[] images = idx(0x0803, new int[] {COUNT, 4, 5}, COUNT * 20, random);
    byte[] labels = idx(0x0801, new int[] {COUNT}, COUNT, random);
    String names = "";
    for (String part : List.of("train", "test")) {
      Path image = Files.write(folder.resolve(part + "-images"), Stored.as(images, random));
      Path label = Files.write(folder.resolve(part + "-labels"), Stored.as(labels, random));
      String prefix = part.equals("train") ? "" : part + "_";
      names += prefix + "images: \"" + image + "\" " + prefix + "labels: \"" + label + "\" ";
    }
    Path config =
        Files.writeString(
            folder.resolve("idx.pbtxt"),
            "data { idx { " + names + "} idx_format { validation: 6 classes: 2 } }");
    return InProcess.run("check", config.toString());
  }

  private static byte[] idx(int magic, int[] sizes, int count, Random random) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteBuffer head = ByteBuffer.allocate(4 + 4 * sizes.length).putInt(magic);
    for (int size : sizes) {
      head.putInt(size);
    }
    bytes.writeBytes(head.array());
    for (int index = 0; index < count; index++) {
      bytes.write(index % 2);
    }
    byte[] whole = bytes.toByteArray();
    return random.nextInt(3) == 0 ? ByteMutator.mutate(whole, List.of(whole), random) : whole;
  }
}
