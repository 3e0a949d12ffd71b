package io.tandem.export;

import io.tandem.serve.ClassPrediction;
import io.tandem.serve.Prediction;
import io.tandem.serve.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.FloatList;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/** Applies an exported model in a process of its own, through both of its signatures. */
public final class FreshProcess {
  private FreshProcess() {}

  /**
   * Writes the answers to rows, first of {@code serving_default}, then of {@code classify}: the
   * label and the probabilities of a row on a line, with tabs between.
   *
   * @param args version directory; file of raw features, a row on a line, with tabs; file of the
   *     keys of an Example, one on a line; file for the answers
   */
  public static void main(String[] args) throws IOException {
    Path version = Path.of(args[0]);
    List<float[]> rows = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(args[1]))) {
      String[] cells = line.split("\t", -1);
      float[] row = new float[cells.length];
      for (int column = 0; column < row.length; column++) {
        row[column] = Float.parseFloat(cells[column]);
      }
      rows.add(row);
    }
    List<String> answers = new ArrayList<>(predict(version, rows));
    answers.addAll(classify(version, rows, Files.readAllLines(Path.of(args[2]))));
    Files.write(Path.of(args[3]), answers);
  }

  /**
   * Starts the process and waits for it.
   *
   * @param folder where its files are kept
   * @param version version directory
   * @param features raw features, row by row
   * @param columns number of features
   * @param keys keys of an Example
   * @return label and probabilities of each row, {@code serving_default} first
   */
  public static List<String[]> answers(
      Path folder, Path version, float[] features, int columns, List<String> keys)
      throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    for (int start = 0; start < features.length; start += columns) {
      List<String> cells = new ArrayList<>();
      for (int column = 0; column < columns; column++) {
        cells.add(Float.toString(features[start + column]));
      }
      lines.add(String.join("\t", cells));
    }
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FreshProcess.class.getName(),
                version.toString(),
                Files.write(folder.resolve("rows"), lines).toString(),
                Files.write(folder.resolve("keys"), keys).toString(),
                folder.resolve("answers").toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(Files.readString(log));
    }
    return Files.readAllLines(folder.resolve("answers")).stream()
        .map(line -> line.split("\t", -1))
        .toList();
  }

  private static List<String> predict(Path version, List<float[]> rows) {
    int columns = rows.get(0).length;
    float[] flat = new float[rows.size() * columns];
    for (int row = 0; row < rows.size(); row++) {
      System.arraycopy(rows.get(row), 0, flat, row * columns, columns);
    }
    List<String> lines = new ArrayList<>();
    try (Predictor predictor = Predictor.open(version, false)) {
      for (Prediction answer : predictor.predict(flat)) {
        ClassPrediction prediction = (ClassPrediction) answer;
        StringBuilder line = new StringBuilder(prediction.label());
        for (float probability : prediction.probabilities()) {
          line.append('\t').append(probability);
        }
        lines.add(line.toString());
      }
    }
    return lines;
  }

  private static List<String> classify(Path version, List<float[]> rows, List<String> keys) {
    byte[][] examples = rows.stream().map(row -> example(row, keys)).toArray(byte[][]::new);
    List<String> lines = new ArrayList<>();
    try (SavedModelBundle bundle = SavedModelBundle.load(version.toString(), "serve");
        TString inputs = TString.tensorOfBytes(NdArrays.vectorOfObjects(examples));
        Result result = bundle.function("classify").call(Map.of("inputs", inputs))) {
      TFloat32 scores = (TFloat32) result.get("scores").orElseThrow();
      TString classes = (TString) result.get("classes").orElseThrow();
      for (int row = 0; row < rows.size(); row++) {
        int best = 0;
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < scores.shape().get(1); c++) {
          best = scores.getFloat(row, c) > scores.getFloat(row, best) ? c : best;
          line.append('\t').append(scores.getFloat(row, c));
        }
        lines.add(classes.getObject(row, best) + line);
      }
    }
    return lines;
  }

  private static byte[] example(float[] row, List<String> keys) {
    int each = row.length / keys.size();
    Features.Builder features = Features.newBuilder();
    for (int key = 0; key < keys.size(); key++) {
      FloatList.Builder values = FloatList.newBuilder();
      for (int column = key * each; column < (key + 1) * each; column++) {
        values.addValue(row[column]);
      }
      features.putFeature(keys.get(key), Feature.newBuilder().setFloatList(values).build());
    }
    return Example.newBuilder().setFeatures(features).build().toByteArray();
  }
}
