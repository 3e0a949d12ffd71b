import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;

/**
 * Asks an exported model through its signatures and prints the answers, one line for each row and
 * signature: the signature, the row, the class, the probabilities. For a language model a row is a
 * line of a text, or the whole text ({@code score-whole}): its number of words stands for the class,
 * and the mean log-probability of a word for the probabilities; behind some words it is the
 * likeliest next word and the log-probabilities of all.
 *
 * <p>Uses nothing of this project, so that it runs from its source on any TensorFlow Java from 0.3
 * on: only {@code var} hides that the protocol buffers and results have moved since. It writes the
 * {@code tf.Example}s byte by byte for the same reason.
 */
class OtherTensorFlow {
  private static final int IMAGES_AT_ONCE = 64;
  private static final int LINES_AT_ONCE = 32;
  private static final int SEQUENCES = 32;

  /**
   * Arguments: version directory of a model, and a CSV file of raw features without a header or,
   * for a model that sees images, a folder of image files or, for a language model, a text file.
   */
  public static void main(String[] args) throws Exception {
    if (Files.isDirectory(Path.of(args[1]))) {
      images(args[0], Path.of(args[1]));
      return;
    }
    try (SavedModelBundle model = SavedModelBundle.load(args[0], "serve")) {
      if (model.metaGraphDef().getSignatureDefMap().containsKey("score")) {
        System.out.println("# " + TensorFlow.version());
        text(model, Files.readString(Path.of(args[1])));
        return;
      }
    }
    List<float[]> rows = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(args[1]))) {
      if (!line.isBlank()) {
        String[] cells = line.split(",", -1);
        float[] row = new float[cells.length];
        for (int column = 0; column < row.length; column++) {
          row[column] = Float.parseFloat(cells[column].strip());
        }
        rows.add(row);
      }
    }
    System.out.println("# " + TensorFlow.version());
    try (SavedModelBundle model = SavedModelBundle.load(args[0], "serve")) {
      predict(model, rows);
      classify(model, rows);
    }
  }

  /**
   * The lines of a text, the text as one string, and some short sequences of words with what follows
   * them.
   */
  private static void text(SavedModelBundle model, String text) {
    List<String> lines = text.lines().toList();
    for (int first = 0; first < lines.size(); first += LINES_AT_ONCE) {
      int end = Math.min(lines.size(), first + LINES_AT_ONCE);
      score(model, "score", lines.subList(first, end), first);
    }
    score(model, "score-whole", List.of(text), 0);
    nextWords(model, SEQUENCES);
  }

  private static void score(
      SavedModelBundle model, String label, List<String> lines, int first) {
    var signature = model.metaGraphDef().getSignatureDefMap().get("score");
    var result =
        model
            .session()
            .runner()
            .feed(
                signature.getInputsMap().get("text").getName(),
                TString.tensorOf(NdArrays.vectorOfObjects(lines.toArray(new String[0]))))
            .fetch(signature.getOutputsMap().get("log_probability").getName())
            .fetch(signature.getOutputsMap().get("words").getName())
            .run();
    TFloat32 sums = (TFloat32) result.get(0);
    TInt32 words = (TInt32) result.get(1);
    for (int row = 0; row < lines.size(); row++) {
      int count = words.getInt(row);
      System.out.println(
          label + " " + (first + row) + " words" + count + " " + sums.getFloat(row) / count);
    }
  }

  /** Three words each, the last of which ends a line, from a state of zeros. */
  private static void nextWords(SavedModelBundle model, int count) {
    var signature = model.metaGraphDef().getSignatureDefMap().get("next_word");
    var state = signature.getInputsMap().get("state");
    var output = signature.getOutputsMap().get("log_probabilities");
    int vocabulary = (int) output.getTensorShape().getDim(1).getSize();
    int width = (int) state.getTensorShape().getDim(1).getSize();
    int[] tokens = new int[3 * count];
    for (int row = 0; row < count; row++) {
      tokens[3 * row] = row % vocabulary;
      tokens[3 * row + 1] = (7 * row + 1) % vocabulary;
      tokens[3 * row + 2] = 1;
    }
    var result =
        model
            .session()
            .runner()
            .feed(
                signature.getInputsMap().get("tokens").getName(),
                TInt32.tensorOf(Shape.of(count, 3), DataBuffers.of(tokens)))
            .feed(
                state.getName(),
                TFloat32.tensorOf(Shape.of(count, width), DataBuffers.of(new float[count * width])))
            .fetch(output.getName())
            .run();
    TFloat32 scores = (TFloat32) result.get(0);
    for (int row = 0; row < count; row++) {
      print("next_word", row, row, "word" + best(scores, row), scores);
    }
  }

  /** The files below a folder in the order of their paths, as they are and within Examples. */
  private static void images(String version, Path folder) throws Exception {
    List<Path> files;
    try (Stream<Path> found = Files.walk(folder)) {
      files = found.filter(Files::isRegularFile).sorted().toList();
    }
    System.out.println("# " + TensorFlow.version());
    try (SavedModelBundle model = SavedModelBundle.load(version, "serve")) {
      for (int first = 0; first < files.size(); first += IMAGES_AT_ONCE) {
        List<byte[]> images = new ArrayList<>();
        List<byte[]> examples = new ArrayList<>();
        int end = Math.min(files.size(), first + IMAGES_AT_ONCE);
        for (Path file : files.subList(first, end)) {
          byte[] image = Files.readAllBytes(file);
          images.add(image);
          examples.add(example(image));
        }
        ask(model, "encoded", "image_bytes", "probabilities", images, first);
        ask(model, "classify", "inputs", "scores", examples, first);
      }
    }
  }

  private static void ask(
      SavedModelBundle model,
      String name,
      String input,
      String output,
      List<byte[]> strings,
      int first) {
    var signature = model.metaGraphDef().getSignatureDefMap().get(name);
    var result =
        model
            .session()
            .runner()
            .feed(
                signature.getInputsMap().get(input).getName(),
                TString.tensorOfBytes(
                    NdArrays.vectorOfObjects(strings.toArray(new byte[0][]))))
            .fetch(signature.getOutputsMap().get(output).getName())
            .run();
    TFloat32 scores = (TFloat32) result.get(0);
    for (int row = 0; row < strings.size(); row++) {
      int best = best(scores, row);
      print(name, first + row, row, "class" + best, scores);
    }
  }

  private static int best(TFloat32 scores, int row) {
    int best = 0;
    for (int c = 1; c < scores.shape().size(1); c++) {
      best = scores.getFloat(row, c) > scores.getFloat(row, best) ? c : best;
    }
    return best;
  }

  /** {@code Example{1: {1: map<"image/encoded", Feature{1: BytesList{1: image}}>}}}. */
  private static byte[] example(byte[] image) {
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    entry.writeBytes(field(1, "image/encoded".getBytes(StandardCharsets.UTF_8)));
    entry.writeBytes(field(2, field(1, field(1, image))));
    return field(1, field(1, entry.toByteArray()));
  }

  private static void predict(SavedModelBundle model, List<float[]> rows) {
    int columns = rows.get(0).length;
    float[] flat = new float[rows.size() * columns];
    for (int row = 0; row < rows.size(); row++) {
      System.arraycopy(rows.get(row), 0, flat, row * columns, columns);
    }
    var signature = model.metaGraphDef().getSignatureDefMap().get("serving_default");
    var result =
        model
            .session()
            .runner()
            .feed(
                signature.getInputsMap().get("features").getName(),
                TFloat32.tensorOf(Shape.of(rows.size(), columns), DataBuffers.of(flat)))
            .fetch(signature.getOutputsMap().get("probabilities").getName())
            .fetch(signature.getOutputsMap().get("class").getName())
            .run();
    TFloat32 probabilities = (TFloat32) result.get(0);
    TString labels = (TString) result.get(1);
    for (int row = 0; row < rows.size(); row++) {
      print("predict", row, row, labels.getObject(row), probabilities);
    }
  }

  private static void classify(SavedModelBundle model, List<float[]> rows) {
    List<byte[]> keys = exampleKeys(model);
    byte[][] examples = rows.stream().map(row -> example(keys, row)).toArray(byte[][]::new);
    var signature = model.metaGraphDef().getSignatureDefMap().get("classify");
    var result =
        model
            .session()
            .runner()
            .feed(
                signature.getInputsMap().get("inputs").getName(),
                TString.tensorOfBytes(NdArrays.vectorOfObjects(examples)))
            .fetch(signature.getOutputsMap().get("scores").getName())
            .fetch(signature.getOutputsMap().get("classes").getName())
            .run();
    TFloat32 scores = (TFloat32) result.get(0);
    TString classes = (TString) result.get(1);
    for (int row = 0; row < rows.size(); row++) {
      print("classify", row, row, classes.getObject(row, best(scores, row)), scores);
    }
  }

  /** The keys that the model looks for in an Example: one for each feature, or one for the list. */
  private static List<byte[]> exampleKeys(SavedModelBundle model) {
    for (var node : model.metaGraphDef().getGraphDef().getNodeList()) {
      if (node.getOp().equals("ParseExampleV2")) {
        // Inputs: serialized, names, sparse_keys, dense_keys, ...
        var result = model.session().runner().fetch(node.getInput(3)).run();
        TString keys = (TString) result.get(0);
        List<byte[]> bytes = new ArrayList<>();
        for (int key = 0; key < keys.shape().size(0); key++) {
          bytes.add(keys.getObject(key).getBytes(StandardCharsets.UTF_8));
        }
        return bytes;
      }
    }
    throw new IllegalArgumentException("the model parses no Examples");
  }

  /** {@code Example{1: Features{1: map<string, Feature{2: FloatList{1: packed floats}}>}}}. */
  private static byte[] example(List<byte[]> keys, float[] row) {
    int each = row.length / keys.size();
    ByteArrayOutputStream features = new ByteArrayOutputStream();
    for (int key = 0; key < keys.size(); key++) {
      ByteBuffer floats = ByteBuffer.allocate(each * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      floats.asFloatBuffer().put(row, key * each, each);
      ByteArrayOutputStream entry = new ByteArrayOutputStream();
      entry.writeBytes(field(1, keys.get(key)));
      entry.writeBytes(field(2, field(2, field(1, floats.array()))));
      features.writeBytes(field(1, entry.toByteArray()));
    }
    return field(1, features.toByteArray());
  }

  /** A field of the protocol buffer wire format whose value is given by its length. */
  private static byte[] field(int number, byte[] value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(number << 3 | 2);
    int length = value.length;
    for (; length > 0x7f; length >>>= 7) {
      out.write(length & 0x7f | 0x80);
    }
    out.write(length);
    out.writeBytes(value);
    return out.toByteArray();
  }

  private static void print(
      String signature, int number, int row, String label, TFloat32 scores) {
    StringBuilder line =
        new StringBuilder(signature + " " + number + " " + label.replace(' ', '_'));
    for (int c = 0; c < scores.shape().size(1); c++) {
      line.append(' ').append(scores.getFloat(row, c));
    }
    System.out.println(line);
  }
}
