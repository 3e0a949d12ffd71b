package io.tandem.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.data.EncodedImages;
import io.tandem.data.text.TextLines;
import io.tandem.report.UserError;
import io.tandem.serve.FeatureTable;
import io.tandem.serve.ImagePredictor;
import io.tandem.serve.Prediction;
import io.tandem.serve.Predictor;
import io.tandem.serve.TextBatches;
import io.tandem.serve.TextPredictor;
import io.tandem.serve.TextScore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Applies an exported model to rows, images or lines of text and prints one line for each. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    description =
        "Applies an exported model to rows of a CSV file, to image files or to lines of a text.")
public final class PredictCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODEL", description = "A run, its model/ or a version in it.")
  private Path model = Path.of("");

  @Option(
      names = {"-i", "--input"},
      paramLabel = "PATH",
      required = true,
      description =
          "For a model of features a CSV file of raw ones in the model's order, without the label"
              + " (the model's assets.extra/MODEL_CARD.md says which). For a model of images an image"
              + " file, a folder of them or a .tar or .tar.gz of one. For a language model a text"
              + " file, plain or compressed with gzip.")
  private Path input = Path.of("");

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      defaultValue = ",",
      description = "Character between cells (default: ${DEFAULT-VALUE}).")
  private char delimiter = ',';

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "csv",
      description = "csv or json, one object per line (default: ${DEFAULT-VALUE}).")
  private String format = "csv";

  @Option(
      names = "--trust",
      description = "Run a model that was not exported by this program. A model is a program.")
  private boolean trust;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (!List.of("csv", "json").contains(format.toLowerCase(Locale.ROOT))) {
      throw new UserError(
          UserError.Kind.USAGE, "--format: '" + format + "' is not allowed, expected csv or json");
    }
    PrintWriter out = spec.commandLine().getOut();
    try {
      if (ImagePredictor.fits(model)) {
        images(out);
      } else if (TextPredictor.fits(model)) {
        lines(out);
      } else {
        rows(out);
      }
    } finally {
      out.flush();
    }
    return 0;
  }

  private void images(PrintWriter out) {
    try (ImagePredictor predictor = ImagePredictor.open(model, trust)) {
      EncodedImages.read(input, (file, bytes) -> print(out, file, predictor.predict(file, bytes)));
    }
  }

  private void lines(PrintWriter out) {
    try (TextPredictor predictor = TextPredictor.open(model, trust)) {
      TextBatches batches = new TextBatches(predictor, score -> print(out, score));
      try {
        TextLines.read(input, batches::add);
      } finally {
        batches.flush();
      }
    }
  }

  private void rows(PrintWriter out) {
    try (Predictor predictor = Predictor.open(model, trust)) {
      float[] rows = FeatureTable.read(input, delimiter, predictor.features());
      predictor.predict(rows).forEach(prediction -> print(out, "", prediction));
    }
  }

  private void print(PrintWriter out, TextScore score) {
    if (format.equalsIgnoreCase("json")) {
      out.println(
          JsonNodeFactory.instance
              .objectNode()
              .put("perplexity", score.perplexity())
              .put("log_probability", score.logProbability())
              .put("words", score.words()));
    } else {
      out.println(score.perplexity() + "," + score.logProbability() + "," + score.words());
    }
  }

  /** Prints a line, with the file in front if there is one. */
  private void print(PrintWriter out, String file, Prediction prediction) {
    if (format.equalsIgnoreCase("json")) {
      out.println(json(file, prediction));
    } else {
      out.println((file.isEmpty() ? "" : cell(file) + ",") + csv(prediction));
    }
  }

  private static String csv(Prediction prediction) {
    StringBuilder line = new StringBuilder(cell(prediction.label()));
    for (float probability : prediction.probabilities()) {
      line.append(',').append(probability);
    }
    return line.toString();
  }

  /** Quotes what would break the line. */
  static String cell(String label) {
    String safe = label.replaceAll("\\p{Cntrl}", " ");
    return safe.contains(",") || safe.contains("\"")
        ? "\"" + safe.replace("\"", "\"\"") + "\""
        : safe;
  }

  private static ObjectNode json(String file, Prediction prediction) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    if (!file.isEmpty()) {
      object.put("file", file);
    }
    object.put("class", prediction.label());
    var list = object.putArray("probabilities");
    for (float probability : prediction.probabilities()) {
      list.add(probability);
    }
    return object;
  }
}
