package io.tandem.export;

import io.tandem.export.signature.ImageRequests;
import io.tandem.export.signature.Png;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/** Applies an exported model of images in a process of its own, through all of its signatures. */
public final class FreshImages {
  private FreshImages() {}

  /**
   * Writes the probabilities of images on lines, with tabs between: first of {@code
   * serving_default}, all at once, then of {@code encoded} three at a time, then of {@code encoded}
   * one by one, then of {@code classify}, all at once.
   *
   * @param args version directory; file of the bytes of the images; height, width and channels;
   *     folder of the same images as files, in the order of their names; file for the answers
   */
  public static void main(String[] args) throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of(args[1]));
    long[] sizes = {-1, Long.parseLong(args[2]), Long.parseLong(args[3]), Long.parseLong(args[4])};
    sizes[0] = bytes.length / (sizes[1] * sizes[2] * sizes[3]);
    List<byte[]> files = new ArrayList<>();
    try (Stream<Path> found = Files.list(Path.of(args[5]))) {
      for (Path file : found.sorted().toList()) {
        files.add(Files.readAllBytes(file));
      }
    }
    List<String> answers = new ArrayList<>();
    try (SavedModelBundle bundle = SavedModelBundle.load(args[0], "serve")) {
      try (TUint8 images = TUint8.tensorOf(Shape.of(sizes), DataBuffers.of(bytes))) {
        ask(bundle, "serving_default", "images", images, "probabilities", answers);
      }
      for (int size : new int[] {3, 1}) {
        for (int start = 0; start < files.size(); start += size) {
          List<byte[]> batch = files.subList(start, Math.min(files.size(), start + size));
          try (TString strings = strings(batch)) {
            ask(bundle, "encoded", "image_bytes", strings, "probabilities", answers);
          }
        }
      }
      List<byte[]> examples =
          files.stream()
              .map(file -> ImageRequests.example(com.google.protobuf.ByteString.copyFrom(file)))
              .map(example -> example.toByteArray())
              .toList();
      try (TString strings = strings(examples)) {
        ask(bundle, "classify", "inputs", strings, "scores", answers);
      }
    }
    Files.write(Path.of(args[6]), answers);
  }

  /**
   * Starts the process and waits for it.
   *
   * @param folder where its files are kept
   * @param version version directory
   * @param images bytes of each
   * @param shape of each
   * @return probabilities of each image, once per way of asking
   */
  public static List<double[]> answers(
      Path folder, Path version, List<byte[]> images, io.tandem.data.ImageShape shape)
      throws IOException, InterruptedException {
    Path files = Files.createDirectories(folder.resolve("files"));
    Path bytes = folder.resolve("bytes");
    Files.write(bytes, new byte[0]);
    for (int index = 0; index < images.size(); index++) {
      Files.write(bytes, images.get(index), java.nio.file.StandardOpenOption.APPEND);
      Path file = files.resolve(String.format(java.util.Locale.ROOT, "%05d.png", index));
      Files.write(file, Png.encode(images.get(index), shape));
    }
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FreshImages.class.getName(),
                version.toString(),
                bytes.toString(),
                Integer.toString(shape.height()),
                Integer.toString(shape.width()),
                Integer.toString(shape.channels()),
                files.toString(),
                folder.resolve("answers").toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(Files.readString(log));
    }
    return Files.readAllLines(folder.resolve("answers")).stream()
        .map(line -> Arrays.stream(line.split("\t")).mapToDouble(Double::parseDouble).toArray())
        .toList();
  }

  private static TString strings(List<byte[]> values) {
    return TString.tensorOfBytes(NdArrays.vectorOfObjects(values.toArray(byte[][]::new)));
  }

  private static void ask(
      SavedModelBundle bundle,
      String signature,
      String input,
      Tensor tensor,
      String output,
      List<String> answers) {
    try (Result result = bundle.function(signature).call(Map.of(input, tensor))) {
      TFloat32 scores = (TFloat32) result.get(output).orElseThrow();
      for (int row = 0; row < scores.shape().get(0); row++) {
        List<String> cells = new ArrayList<>();
        for (int c = 0; c < scores.shape().get(1); c++) {
          cells.add(Float.toString(scores.getFloat(row, c)));
        }
        answers.add(String.join("\t", cells));
      }
    }
  }
}
