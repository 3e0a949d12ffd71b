package io.tandem.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.cli.dialect.DialectOptions;
import io.tandem.cli.stream.OutputFile;
import io.tandem.cli.stream.PredictionWriter;
import io.tandem.data.DataException;
import io.tandem.data.Quote;
import io.tandem.data.StoredBytes;
import io.tandem.data.image.DamagedImageException;
import io.tandem.data.image.PredictionImages;
import io.tandem.data.table.PredictionRows;
import io.tandem.data.text.TextLines;
import io.tandem.disk.DataSeal;
import io.tandem.disk.Disk;
import io.tandem.disk.NextCommand;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.UserError;
import io.tandem.graph.session.NativeLibrary;
import io.tandem.serve.ClassPrediction;
import io.tandem.serve.ImagePredictor;
import io.tandem.serve.ModelDirectory;
import io.tandem.serve.PredictionScore;
import io.tandem.serve.Predictor;
import io.tandem.serve.TextBatches;
import io.tandem.serve.TextPredictor;
import io.tandem.serve.TextScore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Applies an exported model to rows, images or lines of text, or scores it on them. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    description = {
      "Applies an exported model to the rows of a CSV file, to images or to the lines of a text.",
      "With --evaluate, compares the answers with the labels and prints the score."
    })
public final class PredictCommand implements Callable<Integer> {
  private static final Path STANDARD_INPUT = Path.of("-");

  @Parameters(paramLabel = "MODEL", description = "A run, its model/ directory or a version in it.")
  private Path model = Path.of("");

  @Option(
      names = {"-i", "--input"},
      paramLabel = "PATH",
      required = true,
      description = {
        "For a table model: a CSV file, plain or compressed with gzip. With a header, columns are"
            + " matched by name and others ignored; without one, they are in the model's order.",
        "For an image model: an image file, a folder of image files, a .tar or .tar.gz of one, an"
            + " IDX file of images, or the binary files of CIFAR.",
        "For a language model: a text file, plain or compressed with gzip.",
        "Use - to read a table or a text from standard input. A pipe may be named, too."
      })
  private Path input = Path.of("");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Writes the answers to a file instead of standard output.")
  private @Nullable Path output;

  @Option(
      names = "--id",
      paramLabel = "COLUMN",
      description =
          "Column of the table to copy to the front of each answer: its name, or its number from 0"
              + " if the file has no header.")
  private @Nullable String id;

  @Option(
      names = "--columns",
      paramLabel = "NAME",
      split = ",",
      description =
          "Columns of the answers of a table model, in this order: class, probability (of that class)"
              + " and p_NAME of each class, or the names of the predicted numbers; and columns of the"
              + " file to copy.")
  private @Nullable List<String> columns;

  @Option(
      names = "--evaluate",
      description =
          "Compares the answers with the labels in the input (the label column, the names of class"
              + " folders, --labels, or the next words) and prints the score; the answers are"
              + " written only with -o.")
  private boolean evaluate;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "Labels of an IDX file of images, for --evaluate.")
  private @Nullable Path labels;

  @Mixin private DialectOptions dialect = new DialectOptions();

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "csv",
      description = "csv, with a header, or json, one object per line (default: ${DEFAULT-VALUE}).")
  private String format = "csv";

  @Option(
      names = "--trust",
      description =
          "Runs a model that this program did not export. A model is a program: use this only for"
              + " models that you trust.")
  private boolean trust;

  @Spec private CommandSpec spec = CommandSpec.create();

  private long damaged;

  @Override
  public Integer call() {
    if (!List.of("csv", "json").contains(format.toLowerCase(Locale.ROOT))) {
      throw new UserError(
          UserError.Kind.USAGE, "--format: '" + format + "' is not allowed, expected csv or json");
    }
    if (isInput(output)) {
      throw new UserError(
          UserError.Kind.USAGE, "-o: " + output + " is the input itself; name another file");
    }
    NativeLibrary.require();
    PrintWriter standard = spec.commandLine().getOut();
    if (output != null && !isStandardOutput(output)) {
      try (OutputFile file = OutputFile.open(Disk.system(), output)) {
        answer(file);
      }
    } else {
      answer(evaluate && output == null ? Writer.nullWriter() : standard);
    }
    standard.flush();
    return damaged > 0 ? UserError.Kind.DATA.exitCode() : 0;
  }

  private static boolean isStandardOutput(Path file) {
    return file.equals(STANDARD_INPUT) || OutputFile.isStandardOutput(file);
  }

  /** Whether a path leads to the input file, also through links or another spelling. */
  private boolean isInput(@Nullable Path file) {
    try {
      return file != null
          && Files.isRegularFile(file)
          && Files.isRegularFile(input)
          && Files.isSameFile(file, input);
    } catch (IOException unreadable) {
      return false;
    }
  }

  private boolean isJson() {
    return format.equalsIgnoreCase("json");
  }

  private void answer(OutputFile file) {
    try {
      answer(file.writer());
      file.commit();
    } catch (UncheckedIOException failure) {
      throw file.error(Objects.requireNonNull(failure.getCause()));
    }
  }

  private void answer(Writer answers) {
    PredictionWriter writer = new PredictionWriter(answers, isJson());
    try {
      if (ImagePredictor.fits(model)) {
        refuse(id != null, "--id", "a model of images; the files' names are passed on");
        refuse(columns != null, "--columns", "a model of images");
        dialect.given().forEach(option -> refuse(true, option, "a model of images"));
        images(writer);
      } else if (TextPredictor.fits(model)) {
        refuse(id != null, "--id", "a language model");
        refuse(columns != null, "--columns", "a language model");
        dialect.given().forEach(option -> refuse(true, option, "a language model"));
        refuse(labels != null, "--labels", "a language model");
        texts(writer);
      } else {
        refuse(labels != null, "--labels", "a model of a table; labels are a column of it");
        refuse(id != null && columns != null, "--id", "--columns, which names that column too");
        rows(writer);
      }
    } finally {
      writer.flush();
    }
  }

  private static void refuse(boolean given, String option, String reason) {
    if (given) {
      throw new UserError(
          UserError.Kind.USAGE, option + ": not allowed with " + reason + "; leave it out");
    }
  }

  private StoredBytes stored(String kind) {
    return input.equals(STANDARD_INPUT)
        ? StoredBytes.stream("standard input", kind, () -> System.in)
        : StoredBytes.stream(input, kind);
  }

  private void rows(PredictionWriter writer) {
    try (Predictor predictor = Predictor.open(model, trust)) {
      Optional<AnswerColumns> chosen =
          Optional.ofNullable(columns).map(wanted -> AnswerColumns.of(wanted, predictor));
      PredictionRows.Request request =
          new PredictionRows.Request(
              dialect.settings(),
              chosen.map(AnswerColumns::passed).orElse(id == null ? List.of() : List.of(id)),
              chosen.isPresent() ? "--columns" : "--id",
              evaluate);
      StoredBytes rows = stored(PredictionRows.kind());
      RowAnswers answers = RowAnswers.of(predictor, writer, chosen, evaluate);
      predictor.predict(
          rows,
          request,
          (batch, predictions) -> {
            for (int row = 0; row < predictions.size(); row++) {
              String place = rows.name() + ":" + batch.lines().get(row);
              answers.take(
                  place,
                  request.passed(),
                  batch.passed().get(row),
                  predictions.get(row),
                  evaluate ? batch.labels().get(row) : List.of());
            }
          });
      if (evaluate) {
        requireCompared(answers.rows(), answers.unlabelled());
        print(answers.text(), answers.toJson());
      }
    }
    hintAtTrainingFile("rows");
  }

  /** The same of a file that is all of the data of a run. */
  private void hintAtTrainingFile(String parts) {
    try {
      if (evaluate && Files.isRegularFile(input)) {
        hintAtTrainingData(StoredBytes.sha256(input), parts, "file");
      }
    } catch (IOException unreadable) {
      // The answers are there; only a hint is lost.
      return;
    }
  }

  /** A score on what the model has learnt from is easily taken for one on something new. */
  private void hintAtTrainingData(String sha256, String parts, String kind) {
    Optional<String> trained = DataSeal.of(ModelDirectory.resolve(model));
    if (evaluate && trained.isPresent() && trained.get().equals(sha256)) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(
          Quote.format(
              "%s: the model was trained on %s of this %s, so the score is too good; for %s that it"
                  + " has not seen, see the figure on the test part: %s",
              Quote.printable(input.toString()),
              parts,
              kind,
              parts,
              RunDirectory.around(ModelDirectory.resolve(model))
                  .map(run -> NextCommand.show(run.path()))
                  .orElse(NextCommand.of("show"))));
      err.flush();
    }
  }

  private void images(PredictionWriter writer) {
    refuse(input.equals(STANDARD_INPUT), "--input -", "a model of images");
    try (ImagePredictor predictor = ImagePredictor.open(model, trust)) {
      PredictionScore score = new PredictionScore(predictor.classes());
      Optional<String> hash =
          PredictionImages.read(
              input,
              Optional.ofNullable(labels),
              predictor.shape(),
              predictor.classes().size(),
              new Images(writer, predictor, score));
      print(score);
      hash.ifPresent(
          sha256 ->
              hintAtTrainingData(
                  sha256, "images", Files.isDirectory(input) ? "folder" : "archive"));
    }
  }

  /** Applies a model to each image that is read. */
  private final class Images implements PredictionImages.Sink {
    private final PredictionWriter writer;
    private final ImagePredictor predictor;
    private final PredictionScore score;

    Images(PredictionWriter writer, ImagePredictor predictor, PredictionScore score) {
      this.writer = writer;
      this.predictor = predictor;
      this.score = score;
    }

    @Override
    public void file(String place, String folder, byte[] bytes) {
      try {
        take(place, predictor.predict(bytes), folder);
      } catch (DamagedImageException failure) {
        damaged++;
        PrintWriter err = spec.commandLine().getErr();
        err.println(
            Quote.format(
                "tandem: %s: damaged (%s) and left out; replace or remove it",
                Quote.printable(place), String.valueOf(failure.getMessage())));
        err.flush();
      }
    }

    @Override
    public void pixels(String place, int label, byte[] pixels) {
      ClassPrediction prediction = predictor.predictPixels(pixels).get(0);
      if (evaluate && label < 0) {
        throw new DataException(
            place + ": no label, expected one to compare with; name their file with --labels");
      }
      take(place, prediction, label < 0 ? "" : predictor.classes().get(label));
    }

    private void take(String place, ClassPrediction prediction, String label) {
      prediction.requireFinite(place);
      writer.write(
          Optional.of(new PredictionWriter.Key("file", place)), predictor.classes(), prediction);
      if (evaluate) {
        score.add(place, prediction, label);
      }
    }
  }

  private void texts(PredictionWriter writer) {
    try (TextPredictor predictor = TextPredictor.open(model, trust)) {
      StoredBytes text = stored(TextLines.KIND);
      if (evaluate) {
        TextScore whole = predictor.score(List.of(TextLines.whole(text))).get(0);
        writer.write(whole.requireFinite(text.name()));
        print(whole);
        hintAtTrainingFile("words");
        return;
      }
      TextBatches batches =
          new TextBatches(predictor, score -> writer.write(score.requireFinite(text.name())));
      try {
        TextLines.read(text, batches::add);
      } finally {
        batches.flush();
      }
    }
  }

  private void print(PredictionScore score) {
    if (evaluate) {
      requireCompared(score.rows(), score.unlabelled());
      print(ScoreText.text(score), ScoreText.toJson(score));
    }
  }

  private void requireCompared(long rows, long unlabelled) {
    if (rows == 0) {
      throw new DataException(input + ": nothing could be compared; check the files");
    }
    if (unlabelled > 0) {
      PrintWriter err = spec.commandLine().getErr();
      err.printf(
          Locale.ROOT, "%s: %,d without a true answer left out of the score%n", input, unlabelled);
      err.flush();
    }
  }

  private void print(String text, ObjectNode object) {
    if (isJson()) {
      print(object);
    } else {
      spec.commandLine().getOut().print(text);
    }
  }

  private void print(TextScore score) {
    if (isJson()) {
      print(PredictionWriter.object(score));
      return;
    }
    spec.commandLine()
        .getOut()
        .printf(Locale.ROOT, "perplexity %.4f, %d words%n", score.perplexity(), score.words());
  }

  private void print(ObjectNode object) {
    spec.commandLine().getOut().print(object + "\n");
  }
}
