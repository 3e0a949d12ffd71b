package io.tandem.export;

import io.tandem.serve.Prediction;
import io.tandem.serve.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Applies an exported model in a process of its own: model directory, file for the answers. */
public final class FreshProcess {
  private FreshProcess() {}

  /** Writes the probabilities of the sample rows, one row per line. */
  public static void main(String[] args) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Predictor predictor = Predictor.open(Path.of(args[0]), false)) {
      for (Prediction prediction : predictor.predict(ExportFixtures.samples().features())) {
        StringBuilder line = new StringBuilder();
        for (float probability : prediction.probabilities()) {
          line.append(probability).append(' ');
        }
        lines.add(line.toString());
      }
    }
    Files.write(Path.of(args[1]), lines);
  }
}
