package io.tandem.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.tandem.data.ImageShape;
import io.tandem.disk.Disk;
import io.tandem.export.signature.ImageRequests;
import io.tandem.export.signature.Png;
import io.tandem.graph.child.TrainedNetwork;
import io.tandem.graph.child.image.MacroNetwork;
import io.tandem.outcome.Outcome;
import io.tandem.space.Filters;
import io.tandem.space.MacroArchitecture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/** A served network of colour images: whoever sends files gets what the bytes in them get. */
class ImageSignaturesTest {
  private static final ImageShape SHAPE = new ImageShape(6, 5, 3);

  @TempDir private static Path folder;
  private static SavedModelBundle bundle;
  private static MetaGraphDef graph;

  @BeforeAll
  static void export() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    MacroNetwork network =
        new MacroNetwork(
            MacroArchitecture.parse("0 1 1 2 0 1 3 1 0 0 4 1 0 0 1 5 0 0 0 0 1"),
            new Filters(4, true),
            0.5,
            new io.tandem.graph.child.image.ImageShape(6, 5, 3),
            3);
    TrainedNetwork model =
        new TrainedNetwork(
            network,
            network.shapes().stream().map(shape -> draw(shape, random, -1)).toList(),
            network.statisticShapes().stream().map(shape -> draw(shape, random, 0.2)).toList(),
            draw(Shape.of(SHAPE.size()), random, 0),
            draw(Shape.of(SHAPE.size()), random, 0.2),
            255,
            new Outcome.Classes(List.of("ant", "bee", "wasp")),
            List.of());
    float[] rows = draw(Shape.of(2L * SHAPE.size()), random, 0);
    Path version =
        new SavedModelExporter(new ExportSettings(List.of(1, 3)), Disk.system())
            .export(
                new ServableNetwork(
                    model, new Samples(rows, SHAPE.size()), Optional.of(SHAPE), Optional.empty()),
                folder,
                1,
                ExportFixtures.card());
    bundle = SavedModelBundle.load(version.toString(), "serve");
    graph =
        SavedModel.parseFrom(Files.readAllBytes(version.resolve("saved_model.pb")))
            .getMetaGraphs(0);
  }

  @AfterAll
  static void close() {
    bundle.close();
  }

  private static float[] draw(Shape shape, SplittableRandom random, double least) {
    float[] values = new float[(int) shape.size()];
    for (int index = 0; index < values.length; index++) {
      values[index] = (float) random.nextDouble(least, 1);
    }
    return values;
  }

  private static byte[] image(ImageShape shape, int seed) {
    byte[] bytes = new byte[shape.size()];
    SplittableRandom random = new SplittableRandom(seed);
    for (int index = 0; index < bytes.length; index++) {
      bytes[index] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static List<float[]> ask(String signature, String input, Tensor tensor, String output) {
    try (tensor;
        Result result = bundle.function(signature).call(Map.of(input, tensor))) {
      TFloat32 scores = (TFloat32) result.get(output).orElseThrow();
      List<float[]> rows = new ArrayList<>();
      for (int row = 0; row < scores.shape().get(0); row++) {
        rows.add(
            new float[] {
              scores.getFloat(row, 0), scores.getFloat(row, 1), scores.getFloat(row, 2)
            });
      }
      return rows;
    }
  }

  private static List<float[]> raw(List<byte[]> images) {
    byte[] all = new byte[images.size() * SHAPE.size()];
    for (int index = 0; index < images.size(); index++) {
      System.arraycopy(images.get(index), 0, all, index * SHAPE.size(), SHAPE.size());
    }
    Shape shape = Shape.of(images.size(), 6, 5, 3);
    return ask(
        "serving_default", "images", TUint8.tensorOf(shape, DataBuffers.of(all)), "probabilities");
  }

  private static List<float[]> encoded(List<byte[]> files) {
    return ask("encoded", "image_bytes", strings(files), "probabilities");
  }

  private static TString strings(List<byte[]> values) {
    return TString.tensorOfBytes(NdArrays.vectorOfObjects(values.toArray(byte[][]::new)));
  }

  @Test
  void encoded_colourFiles_getTheAnswersOfTheirBytes() {
    List<byte[]> images = List.of(image(SHAPE, 1), image(SHAPE, 2), image(SHAPE, 3));
    List<byte[]> files = images.stream().map(image -> Png.encode(image, SHAPE)).toList();
    List<byte[]> examples =
        files.stream()
            .map(file -> ImageRequests.example(ByteString.copyFrom(file)).toByteArray())
            .toList();
    List<float[]> expected = raw(images);
    assertThat(expected.get(0)).isNotEqualTo(expected.get(1));
    assertThat(encoded(files).toArray()).isEqualTo(expected.toArray());
    assertThat(ask("classify", "inputs", strings(examples), "scores").toArray())
        .isEqualTo(expected.toArray());
    assertThat(encoded(files.subList(0, 1)).get(0)).isEqualTo(raw(images.subList(0, 1)).get(0));
  }

  /** Trained networks have seen JPEG files as Java reads them. */
  @Test
  void encoded_jpegFiles_getTheAnswersOfTheBytesThatJavaReads() throws IOException {
    List<byte[]> files = new ArrayList<>();
    List<byte[]> read = new ArrayList<>();
    for (int seed = 0; seed < 20; seed++) {
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      byte[] noise = Png.encode(image(SHAPE, seed), SHAPE);
      ImageIO.write(ImageIO.read(new ByteArrayInputStream(noise)), "jpg", file);
      files.add(file.toByteArray());
      BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file.toByteArray()));
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (int rgb : picture.getRGB(0, 0, SHAPE.width(), SHAPE.height(), null, 0, SHAPE.width())) {
        bytes.write(rgb >> 16);
        bytes.write(rgb >> 8);
        bytes.write(rgb);
      }
      read.add(bytes.toByteArray());
    }
    assertThat(encoded(files).toArray()).isEqualTo(raw(read).toArray());
  }

  /** A picture of one colour has that colour in every size. */
  @Test
  void encoded_otherSizes_areResizedEachOnItsOwn() {
    List<byte[]> files = new ArrayList<>();
    for (ImageShape shape : List.of(new ImageShape(1, 1, 3), new ImageShape(40, 9, 3), SHAPE)) {
      byte[] plain = new byte[shape.size()];
      for (int index = 0; index < plain.length; index++) {
        plain[index] = (byte) new int[] {200, 30, 7}[index % 3];
      }
      files.add(Png.encode(plain, shape));
    }
    List<float[]> found = encoded(files);
    assertThat(found.get(0)).isEqualTo(found.get(2));
    assertThat(found.get(1)).isEqualTo(found.get(2));
  }

  @Test
  void encoded_noPicture_isRefused() {
    List<byte[]> files = List.of(Png.encode(image(SHAPE, 1), SHAPE), new byte[] {1, 2, 3, 4});
    assertThatThrownBy(() -> encoded(files)).isInstanceOf(TFInvalidArgumentException.class);
  }

  @Test
  void export_allOperations_areOnTheListAndSignaturesAreThree() {
    assertThat(ServingOps.unexpected(graph)).isEmpty();
    assertThat(graph.getSignatureDefMap())
        .containsOnlyKeys("serving_default", "encoded", "classify");
    assertThat(
            graph
                .getSignatureDefOrThrow("serving_default")
                .getInputsOrThrow("images")
                .getTensorShape()
                .getDimList()
                .stream()
                .map(dim -> dim.getSize()))
        .isEqualTo(Arrays.asList(-1L, 6L, 5L, 3L));
  }

  /** The copy is tried as the original was. */
  @Test
  void copy_next_answersTheSame() {
    assertThat(VersionCopy.next(Disk.system(), folder.resolve("1"), folder.resolve("copies")))
        .isEqualTo(folder.resolve("copies/1"));
  }
}
