package io.tandem.export;

import io.tandem.metric.Figure;
import io.tandem.metric.ModelMetrics;
import io.tandem.report.Significant;
import io.tandem.space.Candidate;
import io.tandem.space.Hyperparameter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a person should know about an exported model.
 *
 * @param name name of the model
 * @param data where the data came from
 * @param features what the raw features are that the model takes
 * @param dataHash SHA-256 of the data
 * @param split how the data was divided, for example {@code 1078 / 359 / 360 rows}
 * @param seed seed of the training
 * @param candidate architecture and optimizer
 * @param networks how many networks of this architecture answer together, positive
 * @param metrics name to value
 * @param tested all figures on the test part with their intervals, if there are some
 * @param versions program or library to version
 * @param command the command that made it
 */
public record ModelCard(
    String name,
    String data,
    String features,
    String dataHash,
    String split,
    long seed,
    Candidate candidate,
    int networks,
    SortedMap<String, Double> metrics,
    Optional<ModelMetrics> tested,
    SortedMap<String, String> versions,
    String command) {
  private static final String IMAGES =
      "Images go in, as bytes in `images` or as JPEG or PNG files in `image_bytes` of the signature"
          + " `encoded`; resizing and standardisation are inside. ";

  private static final String ROWS =
      "Raw features go in, as described above; the standardisation is inside. ";

  private static final String COLUMNS =
      "The columns go in as they are in the table, an input for each: numbers as floats, NaN where"
          + " they are missing, and all others as strings, empty where they are missing. What"
          + " becomes of them is inside, and in model.json. ";

  private static final String WORDS =
      "Texts go in, as strings in `text` of the signature `score`. Words are what stands between"
          + " white space, as in the training text, and every line ends with `<eos>`; words that"
          + " are not in `vocabulary.txt` count as `<unk>`. Perplexities are per word, line ends"
          + " included. `next_word` takes the numbers of words, their lines in that file from 0. ";

  private static final int MOST_NAMES = 1000;

  static final String FILE = ExtraFile.FOLDER + "/MODEL_CARD.md";

  /** Copies the maps. */
  public ModelCard {
    metrics = new TreeMap<>(metrics);
    versions = new TreeMap<>(versions);
  }

  /**
   * The card as Markdown.
   *
   * @param facts names of features and classes
   */
  public String text(ModelFacts facts) {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(oneLine(name)).append("\n\n## Data\n");
    line(text, "source", data);
    line(text, "features", features);
    line(text, "SHA-256", dataHash);
    line(text, "training / validation / test", split);
    names(text, facts);
    facts
        .encoding()
        .ifPresent(
            encoding ->
                text.append(
                    ColumnTable.of(
                        facts.table().orElseThrow().featureNames().stream()
                            .map(ModelCard::oneLine)
                            .toList(),
                        encoding)));
    text.append("\n## Architecture\n```\n").append(candidate.architecture().text());
    text.append("```\n");
    if (networks > 1) {
      text.append(networks)
          .append(" such networks, trained with different seeds, answer together: their")
          .append(facts.predictsNumbers() ? " numbers" : " probabilities")
          .append(" are averaged.\n");
    }
    text.append("\n## Optimizer\n");
    line(text, "seed", Long.toString(seed));
    line(text, "family", candidate.optimizer().family().name().toLowerCase(Locale.ROOT));
    line(text, "schedule", candidate.optimizer().schedule().name().toLowerCase(Locale.ROOT));
    for (Hyperparameter hyperparameter : candidate.optimizer().told()) {
      line(text, hyperparameter.key(), Double.toString(candidate.optimizer().get(hyperparameter)));
    }
    candidate.optimizer().epsilon().ifPresent(own -> line(text, "epsilon", Double.toString(own)));
    candidate.optimizer().batch().ifPresent(own -> line(text, "batch", Integer.toString(own)));
    text.append("\n## Metrics\n");
    metrics.forEach((key, value) -> line(text, key, Double.toString(value)));
    tested.ifPresent(found -> figures(text, found));
    text.append("\n## Made by\n");
    versions.forEach((key, value) -> line(text, key, value));
    line(text, "command", command);
    text.append("\n## Use\n");
    text.append(use(facts));
    text.append("A model is a program: serve only what you trust.\n");
    return text.toString();
  }

  private static void figures(StringBuilder text, ModelMetrics tested) {
    tested
        .byName()
        .forEach(
            (name, metrics) -> {
              text.append("\n### On the test part");
              text.append(name.isEmpty() ? "" : ": `" + oneLine(name) + "`").append("\n");
              text.append("\n| metric | value | 95 % interval |\n|---|---|---|\n");
              metrics.figures().forEach(figure -> row(text, figure));
            });
  }

  private static void row(StringBuilder text, Figure figure) {
    text.append("| ").append(figure.metric().text()).append(" | ");
    text.append(Double.isFinite(figure.value()) ? Significant.text(figure.value()) : "not defined");
    text.append(" | ");
    if (figure.hasInterval()) {
      text.append(Significant.text(figure.low())).append(" to ");
      text.append(Significant.text(figure.high()));
    }
    text.append(" |\n");
  }

  private static String use(ModelFacts facts) {
    if (facts.classes().isEmpty() && !facts.predictsNumbers()) {
      return WORDS;
    }
    if (facts.image().isPresent()) {
      return IMAGES;
    }
    return facts.encoding().isPresent() ? COLUMNS : ROWS;
  }

  /** The names of features and classes in the order in which the model has them. */
  private static void names(StringBuilder text, ModelFacts facts) {
    facts
        .table()
        .filter(table -> table.named() && facts.encoding().isEmpty())
        .ifPresent(table -> list(text, "Features, in this order", table.featureNames()));
    facts
        .table()
        .filter(table -> table.label() >= 0)
        .ifPresent(table -> line(text, "label", table.labelName()));
    facts
        .table()
        .filter(table -> facts.predictsNumbers())
        .ifPresent(table -> list(text, "Predicted numbers", table.predictedNames()));
    if (!facts.classes().isEmpty()) {
      list(text, "Classes, in the order of the probabilities", facts.classes());
    }
    facts
        .threshold()
        .ifPresent(
            probability ->
                text.append("\nThe answer is `")
                    .append(oneLine(facts.classes().get(1)))
                    .append("` where its probability is above ")
                    .append(probability)
                    .append(", and `")
                    .append(oneLine(facts.classes().get(0)))
                    .append("` elsewhere.\n"));
  }

  private static void list(StringBuilder text, String heading, List<String> names) {
    text.append("\n## ").append(heading).append('\n');
    int shown = Math.min(names.size(), MOST_NAMES);
    for (int index = 0; index < shown; index++) {
      text.append(index).append(". `").append(oneLine(names.get(index))).append("`\n");
    }
    if (shown < names.size()) {
      text.append("\nand ").append(names.size() - shown).append(" more; model.json has all.\n");
    }
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append("- ").append(key).append(": `").append(oneLine(value)).append("`\n");
  }

  private static String oneLine(String value) {
    return value.replaceAll("[\\p{Cntrl}`]", " ");
  }
}
