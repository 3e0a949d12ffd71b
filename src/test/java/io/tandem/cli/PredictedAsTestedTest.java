package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tandem.data.parquet.ParquetFiles;
import io.tandem.testing.ImageTrees;
import io.tandem.testing.TinyText;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * An exported model must see what the training saw: whatever the format, {@code predict} on the
 * test part's own files has exactly the score that the run gave.
 */
class PredictedAsTestedTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PERCEPTRON =
      "[{\"units\":16,\"activation\":\"relu\",\"dropout\":0,\"adds\":[]}]";

  @TempDir private Path folder = Path.of("");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(List<String> arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments.toArray(String[]::new));
  }

  /** Trains a given network; the score on the test part, which is asked not to be perfect. */
  private double trained(String architecture, List<String> settings) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("train", "--architecture", architecture, "--out", folder + "/run"));
    List<String> all =
        new ArrayList<>(
            List.of(
                "retrain.batch=8",
                "retrain.with_validation=false",
                "fixed_optimizer.learning_rate=0.02",
                "export.batch_sizes=1",
                "report.tensorboard=false"));
    all.addAll(settings);
    all.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    assertThat(run(arguments)).as(err.toString()).isZero();
    JsonNode result = JSON.readTree(Files.readString(folder.resolve("run/result.json")));
    return result.has("test.accuracy")
        ? result.path("test.accuracy").doubleValue()
        : result.path("test.perplexity").doubleValue();
  }

  private JsonNode evaluated(String... more) throws IOException {
    out.getBuffer().setLength(0);
    List<String> arguments =
        new ArrayList<>(List.of("predict", folder + "/run", "--evaluate", "-f", "json"));
    arguments.addAll(List.of(more));
    assertThat(run(arguments)).as(err.toString()).isZero();
    assertThat(out.toString()).hasLineCount(1);
    return JSON.readTree(out.toString());
  }

  private static String rows(int seed, int count, String header) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder(header);
    for (int row = 0; row < count; row++) {
      double a = random.nextDouble(-2, 2);
      double b = random.nextDouble(50, 60);
      String label = a + (b - 55) / 3 + random.nextDouble(-1, 1) > 0 ? "yes, \"it is\"" : "no";
      text.append(
          String.format(
              Locale.ROOT, "%d,%.3f,\"%s\",%.3f%n", row, a, label.replace("\"", "\"\""), b));
    }
    return text.toString();
  }

  private static Path gzip(Path file, String text) throws IOException {
    try (OutputStream stream = new GZIPOutputStream(Files.newOutputStream(file))) {
      stream.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  /** Rows of which few are of the second class, "yes". */
  private static String rare(int seed, int count, boolean categories) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder("a,kind,b\n");
    for (int row = 0; row < count; row++) {
      double a = random.nextDouble(-2, 2);
      double b = random.nextDouble(-2, 2);
      String label = a + b + random.nextDouble(-2, 2) > 2.6 ? "yes" : "no";
      String first = String.format(Locale.ROOT, "%.3f", a);
      text.append(categories ? "v" + Math.round(a) : first)
          .append(',')
          .append(label)
          .append(String.format(Locale.ROOT, ",%.3f%n", b));
    }
    return text.toString();
  }

  private record Marked(String a, int b, String kind, String sign) {}

  /** Rows in which -999 is a missing a, a number in b, and a hyphen a missing kind or a class. */
  private static List<Marked> marked(int seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Marked> rows = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      double a = random.nextDouble(-2, 2);
      int b = -1000 + random.nextInt(3);
      String kind = List.of("x", "-", "unknown").get(random.nextInt(3));
      boolean missing = random.nextInt(5) == 0;
      double sum = (missing ? 1 : a) + b + 999 + (kind.equals("-") ? 1 : 0);
      rows.add(
          new Marked(
              missing ? "-999" : String.format(Locale.ROOT, "%.3f", a),
              b,
              kind,
              sum + random.nextDouble(-1, 1) > 0 ? "+" : "-"));
    }
    return rows;
  }

  private Path csv(String name, List<Marked> rows) throws IOException {
    StringBuilder text = new StringBuilder("a,b,kind,sign\n");
    rows.forEach(
        row ->
            text.append(String.join(",", row.a, String.valueOf(row.b), row.kind, row.sign))
                .append('\n'));
    return Files.writeString(folder.resolve(name), text);
  }

  /** Marks of missing values are those of the column, from CSV and Parquet files alike. */
  @Test
  void predict_withMarksOfAColumn_asTested() throws IOException {
    List<Marked> tested = marked(3, 200);
    Path test = csv("test.csv", tested);
    double score =
        trained(
            PERCEPTRON,
            List.of(
                "data.csv_parts.train=" + csv("train.csv", marked(1, 300)),
                "data.csv_parts.validation=" + csv("validation.csv", marked(2, 100)),
                "data.csv_parts.test=" + test,
                "data.format.column_missing=[{column: \"a\" mark: \"-999\"}]",
                "retrain.examples=4000"));
    assertThat(score).isBetween(0.7, 0.999);
    JsonNode facts =
        JSON.readTree(Files.readString(folder.resolve("run/model/1/assets.extra/model.json")));
    assertThat(facts.path("encoding"))
        .extracting(column -> column.path("missing").booleanValue())
        .containsExactly(true, false, true);
    assertThat(facts.path("classes").toString()).isEqualTo("[\"+\",\"-\"]");
    assertThat(facts.path("table").path("column_missing").path(0).toString())
        .isEqualTo("{\"column\":0,\"marks\":[\"-999\"]}");
    Path parquet =
        ParquetFiles.write(
            folder.resolve("test.parquet"),
            "required binary sign (STRING); required int32 b; required binary kind (STRING);"
                + " required double a;",
            tested.stream()
                .<Consumer<Group>>map(
                    row ->
                        group ->
                            group
                                .append("sign", row.sign)
                                .append("b", row.b)
                                .append("kind", row.kind)
                                .append("a", Double.parseDouble(row.a)))
                .toList());
    JsonNode found = evaluated("--input", test.toString());
    assertThat(found.path("accuracy").doubleValue()).isEqualTo(score);
    assertThat(found.path("rows").intValue()).isEqualTo(200);
    JsonNode columns = evaluated("--input", parquet.toString());
    assertThat(columns.path("accuracy").doubleValue()).isEqualTo(score);
    assertThat(columns.path("log_loss")).isEqualTo(found.path("log_loss"));
  }

  /** The threshold decides in the test, in the files and in the exported model alike. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void predict_withAThreshold_asTested(boolean categories) throws IOException {
    Path train = Files.writeString(folder.resolve("train.csv"), rare(1, 300, categories));
    Path validation = Files.writeString(folder.resolve("validation.csv"), rare(2, 150, categories));
    Path test = Files.writeString(folder.resolve("test.csv"), rare(3, 300, categories));
    trained(
        PERCEPTRON,
        List.of(
            "data.csv_parts.train=" + train,
            "data.csv_parts.validation=" + validation,
            "data.csv_parts.test=" + test,
            "data.format.label=kind",
            "retrain.threshold=F1",
            "retrain.ensemble=2",
            "retrain.examples=3000"));
    JsonNode result = JSON.readTree(Files.readString(folder.resolve("run/result.json")));
    JsonNode threshold = result.path("threshold");
    float value = (float) threshold.path("value").asDouble();
    assertThat(value).isBetween(0.01f, 0.49f);
    assertThat(threshold.path("metric").asText()).isEqualTo("f1");
    assertThat(out.toString()).contains("threshold           0.").contains("(F1 0.");
    assertThat(out.toString()).doesNotContain("always \"no\"", "linear model");
    JsonNode tested = JSON.readTree(Files.readString(folder.resolve("run/test.json")));
    assertThat(tested.path("threshold")).isEqualTo(threshold);
    String extra = "run/model/1/assets.extra/";
    assertThat(
            (float)
                JSON.readTree(Files.readString(folder.resolve(extra + "model.json")))
                    .path("threshold")
                    .asDouble())
        .isEqualTo(value);
    assertThat(Files.readString(folder.resolve(extra + "MODEL_CARD.md")))
        .contains("The answer is `yes` where its probability is above " + value);
    // The file has the same figures as the run, whose network was another graph.
    JsonNode found = evaluated("--input", test.toString());
    assertThat(found.path("accuracy")).isEqualTo(result.path("test.accuracy"));
    for (String metric : List.of("f1", "balanced_accuracy")) {
      assertThat(found.path("metrics").path(metric).path("value"))
          .isEqualTo(result.path("test.metrics").path(metric).path("value"));
    }
    assertThat(found.path("metrics").path("confusion"))
        .isEqualTo(result.path("test.metrics").path("confusion"));
    // On the validation part it is as high as was said, and no other threshold is better.
    List<double[]> rows = answers(validation, value);
    double reached = f1(rows, value);
    assertThat(threshold.path("validation").asDouble()).isCloseTo(reached, within(1e-12));
    rows.forEach(row -> assertThat(f1(rows, row[1])).isLessThanOrEqualTo(reached));
    assertThat(f1(rows, 0.5)).isLessThan(reached);
  }

  /**
   * Truth, 0 or 1, and probability of each row; the class that is written is that above the value.
   */
  private List<double[]> answers(Path table, float value) throws IOException {
    Path file = folder.resolve("answers.csv");
    assertThat(
            run(
                List.of(
                    "predict",
                    folder + "/run",
                    "--input",
                    table.toString(),
                    "--columns",
                    "kind,class,p_yes,probability",
                    "-o",
                    file.toString())))
        .as(err.toString())
        .isZero();
    List<double[]> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file).stream().skip(1).toList()) {
      String[] cells = line.split(",", -1);
      double probability = Double.parseDouble(cells[2]);
      assertThat(cells[1]).isEqualTo(probability > value ? "yes" : "no");
      assertThat(Double.parseDouble(cells[3]))
          .isCloseTo(probability > value ? probability : 1 - probability, within(1e-6));
      rows.add(new double[] {cells[0].equals("yes") ? 1 : 0, probability});
    }
    return rows;
  }

  private static double f1(List<double[]> rows, double threshold) {
    double right = 0;
    double sum = 0;
    for (double[] row : rows) {
      int answer = row[1] > threshold ? 1 : 0;
      right += answer * row[0];
      sum += answer + row[0];
    }
    return 2 * right / sum;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void predict_tables_asTested(boolean header) throws IOException {
    String first = header ? "id,a,kind,b\n" : "";
    Path train = Files.writeString(folder.resolve("train.csv"), rows(1, 300, first));
    Path validation = Files.writeString(folder.resolve("validation.csv"), rows(2, 60, first));
    Path test = gzip(folder.resolve("test.csv.gz"), rows(3, 200, first));
    double score =
        trained(
            PERCEPTRON,
            List.of(
                "data.csv_parts.train=" + train,
                "data.csv_parts.validation=" + validation,
                "data.csv_parts.test=" + test,
                "data.format.header=" + header,
                "data.format.label=2",
                "data.format.ignore=0",
                "retrain.examples=4000"));
    assertThat(score).isBetween(0.7, 0.999);
    JsonNode found = evaluated("--input", test.toString());
    assertThat(found.path("accuracy").doubleValue()).isEqualTo(score);
    assertThat(found.path("rows").intValue()).isEqualTo(200);
    if (header) {
      String swapped =
          rows(3, 200, first)
              .lines()
              .map(line -> line.replaceFirst("^([^,]*),([^,]*),(.*),([^,]*)$", "$4,$3,$2,$1"))
              .reduce("", (text, line) -> text + line + "\n");
      Path other = Files.writeString(folder.resolve("swapped.csv"), swapped);
      assertThat(evaluated("--input", other.toString())).isEqualTo(found);
    }
  }

  private static String mixedRows(int seed, int count, String header) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder(header);
    for (int row = 0; row < count; row++) {
      double a = random.nextDouble(-2, 2);
      String color = List.of("red", "green ", "deep blue", "blüe").get(random.nextInt(4));
      String code = List.of("01", "1", "2").get(random.nextInt(3));
      double score = a + (color.equals("red") ? 1.5 : -0.5) + (code.equals("01") ? 1 : -0.5);
      text.append(
          String.format(
              Locale.ROOT,
              "key-%d,%s,%s,%s,%s%n",
              row,
              random.nextInt(8) == 0 ? "NA" : String.format(Locale.ROOT, "%.3f", a),
              random.nextInt(10) == 0 ? "" : color,
              code,
              score + random.nextDouble(-1, 1) > 0 ? "yes" : "no"));
    }
    return text.toString();
  }

  /** Categories with spaces and accents, codes that are numbers, gaps, and keys. */
  @ParameterizedTest
  @CsvSource({"true, 50", "false, 50", "true, 2", "false, 2"})
  void predict_tablesWithCategoriesAndGaps_asTested(boolean header, int oneHot) throws IOException {
    String first = header ? "key,a,color,code,kind\n" : "";
    Path train = Files.writeString(folder.resolve("train.csv"), mixedRows(1, 300, first));
    Path validation = Files.writeString(folder.resolve("validation.csv"), mixedRows(2, 60, first));
    Path test = gzip(folder.resolve("test.csv.gz"), mixedRows(3, 200, first));
    double score =
        trained(
            PERCEPTRON,
            List.of(
                "data.csv_parts.train=" + train,
                "data.csv_parts.validation=" + validation,
                "data.csv_parts.test=" + test,
                "data.format.header=" + header,
                "data.format.label=4",
                "data.format.categorical=3",
                "data.format.one_hot=" + oneHot,
                "retrain.examples=4000"));
    assertThat(score).isBetween(0.75, 0.999);
    assertThat(Files.readString(folder.resolve("run/model/1/assets.extra/model.json")))
        .matches(text -> text.contains("embedded") == (oneHot == 2));
    assertThat(Files.readString(folder.resolve("run/journal.jsonl")))
        .contains("missing values in ", "left out, has 300 different texts");
    JsonNode found = evaluated("--input", test.toString());
    assertThat(found.path("accuracy").doubleValue()).isEqualTo(score);
    assertThat(found.path("rows").intValue()).isEqualTo(200);

    // What no training row had is no mistake, and neither is another order of the columns.
    String odd =
        header
            ? "kind,code,color,a\nno,17,purple,\nyes,,,NA\nno, 01 , red ,1.5\n"
            : "k,,purple,17,no\nk,NA,,,yes\nk,1.5, red , 01 ,no\n";
    Path file = Files.writeString(folder.resolve("odd.csv"), odd);
    assertThat(evaluated("--input", file.toString()).path("rows").intValue()).isEqualTo(3);
    out.getBuffer().setLength(0);
    assertThat(run(List.of("predict", folder + "/run", "--input", file.toString()))).isZero();
    assertThat(out.toString().lines().skip(1)).hasSize(3).doesNotHaveDuplicates();
  }

  private static String typedRows(int seed, int count, String header) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder(header);
    for (int row = 0; row < count; row++) {
      LocalDateTime time = LocalDateTime.of(2024, 1, 1, 0, 0).plusMinutes(random.nextInt(900_000));
      boolean member = random.nextBoolean();
      double amount = Math.exp(random.nextDouble(-3, 9));
      boolean weekend = time.getDayOfWeek().getValue() > 5;
      double score = (weekend ? 1.5 : -0.5) + (member ? 1 : -1) + (Math.log(amount) - 3) / 2;
      text.append(
          String.format(
              Locale.ROOT,
              "%s,%s,%.2f,%s%n",
              random.nextInt(12) == 0
                  ? ""
                  : time.format(DateTimeFormatter.ofPattern("d.M.yyyy HH:mm")),
              random.nextInt(12) == 0 ? "?" : member ? "Yes" : "no",
              amount,
              score + random.nextDouble(-1, 1) > 0 ? "a" : "b"));
    }
    return text.toString();
  }

  /** Dates, booleans, gaps, and numbers with a heavy tail that are mapped to normal scores. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void predict_tablesOfEveryType_asTested(boolean header) throws IOException {
    String first = header ? "when,member,amount,kind\n" : "";
    Path train = Files.writeString(folder.resolve("train.csv"), typedRows(1, 400, first));
    Path validation = Files.writeString(folder.resolve("validation.csv"), typedRows(2, 60, first));
    Path test = gzip(folder.resolve("test.csv.gz"), typedRows(3, 200, first));
    double score =
        trained(
            PERCEPTRON,
            List.of(
                "data.csv_parts.train=" + train,
                "data.csv_parts.validation=" + validation,
                "data.csv_parts.test=" + test,
                "data.format.header=" + header,
                "data.format.label=3",
                "data.format.quantile_transform=true",
                "retrain.examples=6000"));
    assertThat(score).isBetween(0.8, 0.999);
    assertThat(Files.readString(folder.resolve("run/journal.jsonl")))
        .contains("booleans ", "dates ", "(as 31.01.2026)");
    JsonNode found = evaluated("--input", test.toString());
    assertThat(found.path("accuracy").doubleValue()).isEqualTo(score);
    assertThat(found.path("rows").intValue()).isEqualTo(200);

    // Another year, another spelling, and nothing at all.
    String odd = first + "1.1.1999,TRUE,-5,a\n31.12.2031 23:59:59,f,1e9,b\n,,1,a\n";
    Path file = Files.writeString(folder.resolve("odd.csv"), odd);
    assertThat(evaluated("--input", file.toString()).path("rows").intValue()).isEqualTo(3);

    err.getBuffer().setLength(0);
    Path bad = Files.writeString(folder.resolve("bad.csv"), odd + "2026-01-31,perhaps,1,a\n");
    assertThat(run(List.of("predict", folder + "/run", "--input", bad.toString()))).isEqualTo(3);
    int line = header ? 5 : 4;
    assertThat(err.toString())
        .contains(
            "bad.csv:"
                + line
                + ":1: \"2026-01-31\" is no date, expected one like 31.01.2026; correct",
            "bad.csv:" + line + ":2: \"perhaps\" is neither true nor false");
  }

  private static String numberRows(int seed, int count, String header) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder(header);
    for (int row = 0; row < count; row++) {
      double a = random.nextDouble(-2, 2);
      String color = List.of("red", "green", "blue").get(random.nextInt(3));
      double price = Math.exp(a + (color.equals("red") ? 1 : 0) + random.nextDouble(-0.3, 0.3));
      double weight = 70 + 5 * a + random.nextDouble(-2, 2);
      text.append(
          String.format(
              Locale.ROOT,
              "%.4f,%s,%.3f,%s%n",
              price,
              random.nextInt(8) == 0 ? "" : String.format(Locale.ROOT, "%.3f", a),
              weight,
              color));
    }
    return text.toString();
  }

  /** Numbers come out as they are in the table, whatever the network predicts within. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void predict_numbers_asTested(boolean several) throws IOException {
    String first = "price,a,weight,color\n";
    Path train = Files.writeString(folder.resolve("train.csv"), numberRows(1, 400, first));
    Path validation = Files.writeString(folder.resolve("v.csv"), numberRows(2, 60, first));
    Path test = gzip(folder.resolve("test.csv.gz"), numberRows(3, 200, first));
    List<String> settings =
        new ArrayList<>(
            List.of(
                "data.csv_parts.train=" + train,
                "data.csv_parts.validation=" + validation,
                "data.csv_parts.test=" + test,
                "data.format.target=" + (several ? "[\"price\", \"weight\"]" : "price"),
                "data.regression.loss=HUBER",
                "data.regression.logarithm=true",
                "fixed_optimizer.learning_rate=0.005",
                "retrain.examples=8000"));
    if (!several) {
      settings.add("data.format.ignore=weight");
    }
    trained(PERCEPTRON, settings);
    JsonNode tested =
        JSON.readTree(Files.readString(folder.resolve("run/result.json"))).path("test.metrics");
    JsonNode found = evaluated("--input", test.toString()).path("targets");
    for (String target : several ? List.of("price", "weight") : List.of("price")) {
      JsonNode expected = several ? tested.path("targets").path(target) : tested;
      for (String metric : List.of("rmse", "mae", "median_error", "r2")) {
        double value = expected.path(metric).path("value").doubleValue();
        assertThat(found.path(target).path(metric).path("value").doubleValue())
            .as(target + " " + metric)
            .isCloseTo(value, within(1e-4 * Math.abs(value)));
      }
      assertThat(expected.path("r2").path("value").doubleValue()).isGreaterThan(0.4);
    }
  }

  /** Seconds since 1970, which differ by little compared with their size, under the name id. */
  @Test
  void predict_numbersFarFromZero_asTested() throws IOException {
    String header = "a,id,b\n";
    List<String> files = new ArrayList<>();
    for (int part = 0; part < 3; part++) {
      SplittableRandom random = new SplittableRandom(part);
      StringBuilder text = new StringBuilder(header);
      for (int row = 0; row < 200; row++) {
        double a = random.nextDouble(-2, 2);
        double seconds = 1.7e9 + 100 * a + random.nextDouble(-10, 10);
        text.append(String.format(Locale.ROOT, "%.3f,%.2f,%d%n", a, seconds, row % 5));
      }
      files.add(Files.writeString(folder.resolve(part + ".csv"), text).toString());
    }
    trained(
        PERCEPTRON,
        List.of(
            "data.csv_parts.train=" + files.get(0),
            "data.csv_parts.validation=" + files.get(1),
            "data.csv_parts.test=" + files.get(2),
            "data.format.target=id",
            "fixed_optimizer.learning_rate=0.005",
            "retrain.examples=8000"));
    JsonNode tested =
        JSON.readTree(Files.readString(folder.resolve("run/result.json"))).path("test.metrics");
    JsonNode found = evaluated("--input", files.get(2)).path("targets").path("id");
    double error = tested.path("rmse").path("value").doubleValue();
    assertThat(error).isLessThan(40);
    assertThat(found.path("rmse").path("value").doubleValue()).isCloseTo(error, within(1e-3));
    out.getBuffer().setLength(0);
    assertThat(run(List.of("predict", folder + "/run", "-i", files.get(2), "--id", "id"))).isZero();
    assertThat(out.toString().lines().findFirst()).contains("id_,id");
    assertThat(
            out.toString().lines().skip(1).map(line -> line.split(",", -1)[1]).distinct().count())
        .isGreaterThan(150);
  }

  /** A picture whose class shows in its pixels only after the steps that a reader can get wrong. */
  private enum Kind {
    PLAIN,
    GREY,
    TRANSPARENT,
    TRANSPARENT_PALETTE,
    FEW_BITS,
    JPEG,
    TURNED_JPEG;

    private BufferedImage draw(int label, SplittableRandom random, int height, int width) {
      BufferedImage image =
          switch (this) {
            case GREY -> new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
            case TRANSPARENT -> new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
            case TRANSPARENT_PALETTE, FEW_BITS ->
                new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, palette());
            case PLAIN, JPEG, TURNED_JPEG ->
                new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
          };
      Graphics2D graphics = image.createGraphics();
      int left = random.nextInt(width / 2);
      int top = random.nextInt(height / 2);
      if (this == TRANSPARENT) {
        // White everywhere; what is seen is where it is not clear.
        for (int row = 0; row < height; row++) {
          for (int column = 0; column < width; column++) {
            boolean bar = label == 0 ? Math.abs(row - top) < 2 : Math.abs(column - left) < 2;
            image.setRGB(column, row, (bar ? 0xff000000 : random.nextInt(60) << 24) | 0xffffff);
          }
        }
      } else {
        graphics.setColor(new Color(random.nextInt(60), random.nextInt(60), random.nextInt(60)));
        graphics.fillRect(0, 0, width, height);
        graphics.setColor(new Color(200, 220, 240));
        if (label == 0) {
          graphics.fillRect(0, top, width, 3);
        } else {
          graphics.fillRect(left, 0, 3, height);
        }
      }
      graphics.dispose();
      return image;
    }

    private IndexColorModel palette() {
      byte[] values = {0, (byte) 60, (byte) 200, (byte) 240};
      byte[] alphas = {(byte) 255, (byte) 128, (byte) 255, (byte) 40};
      return this == FEW_BITS
          ? new IndexColorModel(2, 4, values, values, values)
          : new IndexColorModel(2, 4, values, values, values, alphas);
    }

    private byte[] file(int label, SplittableRandom random, int height, int width) {
      boolean jpeg = this == JPEG || this == TURNED_JPEG;
      byte[] bytes = ImageTrees.encoded(draw(label, random, height, width), jpeg ? "jpg" : "png");
      return this == TURNED_JPEG && random.nextBoolean() ? turned(bytes) : bytes;
    }

    /** Says in an EXIF segment that the picture is to be turned by a quarter. */
    private static byte[] turned(byte[] jpeg) {
      byte[] segment = {
        (byte) 0xff,
        (byte) 0xe1,
        0,
        34,
        'E',
        'x',
        'i',
        'f',
        0,
        0,
        'M',
        'M',
        0,
        42,
        0,
        0,
        0,
        8,
        0,
        1,
        1,
        0x12,
        0,
        3,
        0,
        0,
        0,
        1,
        0,
        6,
        0,
        0,
        0,
        0,
        0,
        0
      };
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      file.write(jpeg, 0, 2);
      file.writeBytes(segment);
      file.write(jpeg, 2, jpeg.length - 2);
      return file.toByteArray();
    }
  }

  private void pictures(Kind kind, Path root) throws IOException {
    SplittableRandom random = new SplittableRandom(kind.ordinal());
    for (String part : List.of("train", "test")) {
      for (int index = 0; index < (part.equals("train") ? 60 : 30); index++) {
        for (int label = 0; label < 2; label++) {
          // Larger than the network's images, and of several sizes.
          byte[] file = kind.file(label, random, 17 + index % 5, 19 + index % 3);
          String name = index + (file[0] == (byte) 0xff ? ".jpg" : ".png");
          ImageTrees.write(
              root.resolve(part).resolve(label == 0 ? "bar" : "column").resolve(name), file);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void predict_imageFiles_asTested(Kind kind) throws IOException {
    Path root = folder.resolve("pictures");
    pictures(kind, root);
    double score =
        trained(
            PERCEPTRON,
            List.of(
                "space=perceptron",
                "data.images.path=" + root,
                "data.images_format.width=8",
                "data.images_format.height=8",
                "data.images_format.channels=" + (kind == Kind.GREY ? "AS_STORED" : "COLOUR"),
                "retrain.examples=600"));
    assertThat(score).isGreaterThan(0.6);
    JsonNode found = evaluated("--input", root.resolve("test").toString());
    assertThat(found.path("accuracy").doubleValue()).isEqualTo(score);
    assertThat(found.path("rows").intValue()).isEqualTo(60);
    assertThat(err.toString()).doesNotContain("too good");
    evaluated("--input", root.toString());
    assertThat(err.toString())
        .contains(root + ": the model was trained on images of this folder, so the score is too");
  }

  /** What an exported model says of a convolution's images too. */
  @Test
  void predict_imagesOfAConvolutionalNetwork_asTested() throws IOException {
    Path root = folder.resolve("pictures");
    pictures(Kind.TRANSPARENT, root);
    double score =
        trained(
            "0 1 0",
            List.of(
                "space=macro",
                "space.macro.filters=4",
                "data.images.path=" + root,
                "data.images_format.width=8",
                "data.images_format.height=8",
                "data.images_format.channels=GREY",
                "retrain.examples=400"));
    Path archive = ImageTrees.archive(root.resolve("test"), folder.resolve("test.tar.gz"));
    assertThat(evaluated("--input", archive.toString()).path("accuracy").doubleValue())
        .isEqualTo(score);
    assertThat(err.toString()).doesNotContain("too good");
    Path whole = ImageTrees.archive(root, folder.resolve("whole.tar.gz"));
    evaluated("--input", whole.toString());
    assertThat(err.toString())
        .contains(whole + ": the model was trained on images of this archive, so the score is too");
  }

  private static Path idx(Path file, int magic, int[] sizes, byte[] content) throws IOException {
    try (DataOutputStream stream =
        new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
      stream.writeInt(magic);
      for (int size : sizes) {
        stream.writeInt(size);
      }
      stream.write(content);
    }
    return file;
  }

  @Test
  void predict_idxFiles_asTested() throws IOException {
    List<String> settings = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(4);
    for (String part : List.of("", "test_")) {
      int count = part.isEmpty() ? 300 : 120;
      byte[] pixels = new byte[count * 16];
      byte[] labels = new byte[count];
      random.nextBytes(pixels);
      for (int index = 0; index < count; index++) {
        labels[index] = (byte) random.nextInt(3);
        pixels[16 * index + labels[index]] = (byte) (150 + random.nextInt(100));
      }
      Path images = idx(folder.resolve(part + "i.gz"), 0x0803, new int[] {count, 4, 4}, pixels);
      Path classes = idx(folder.resolve(part + "l.gz"), 0x0801, new int[] {count}, labels);
      settings.add("data.idx." + part + "images=" + images);
      settings.add("data.idx." + part + "labels=" + classes);
    }
    settings.addAll(
        List.of(
            "space=perceptron",
            "data.idx_format.classes=3",
            "data.idx_format.validation=50",
            "retrain.examples=4000"));
    double score = trained(PERCEPTRON, settings);
    assertThat(score).isBetween(0.4, 0.999);
    JsonNode found =
        evaluated(
            "--input",
            folder.resolve("test_i.gz").toString(),
            "--labels",
            folder.resolve("test_l.gz").toString());
    assertThat(found.path("accuracy").doubleValue()).isEqualTo(score);
  }

  @Test
  void predict_cifarFiles_asTested() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    Path root = Files.createDirectory(folder.resolve("cifar"));
    for (String name :
        List.of(
            "data_batch_1",
            "data_batch_2",
            "data_batch_3",
            "data_batch_4",
            "data_batch_5",
            "test_batch")) {
      byte[] records = new byte[40 * 3073];
      random.nextBytes(records);
      for (int image = 0; image < 40; image++) {
        int label = random.nextInt(10);
        records[image * 3073] = (byte) label;
        for (int pixel = 0; pixel < 100; pixel++) {
          records[image * 3073 + 1 + label * 300 + pixel] = (byte) 255;
        }
      }
      Files.write(root.resolve(name + ".bin"), records);
    }
    double score =
        trained(
            PERCEPTRON,
            List.of(
                "space=perceptron",
                "data.cifar.path=" + root,
                "data.cifar_format.validation=40",
                "retrain.examples=1600"));
    assertThat(evaluated("--input", root.toString()).path("accuracy").doubleValue())
        .isEqualTo(score);
    assertThat(evaluated("--input", root + "/test_batch.bin").path("rows").intValue())
        .isEqualTo(40);
  }

  @Test
  void predict_text_asTested() throws IOException {
    List<String> settings = new ArrayList<>(TinyText.ofRun(folder));
    settings.removeIf(setting -> setting.startsWith("search.") || setting.startsWith("retrain."));
    settings.addAll(List.of("retrain.examples=2000", "retrain.average_after=0"));
    double score = trained("0 0 0 1 1", settings);
    JsonNode found = evaluated("--input", folder.resolve("test.txt").toString());
    // The model answers in 32 bits.
    assertThat((float) found.path("perplexity").doubleValue()).isEqualTo((float) score);
  }
}
