package io.tandem.export;

import io.tandem.data.ImageShape;
import io.tandem.data.TableEncoding;
import io.tandem.data.TableLayout;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a client has to know of an exported model and its graph does not tell; the file {@code
 * assets.extra/model.json}.
 *
 * @param classes names of the classes, in the order of the probabilities; empty for a language
 *     model and where numbers are predicted
 * @param image shape of the images that it takes; empty if it takes none
 * @param table where the features are in the table that the model was trained on; empty if it was
 *     trained on no table
 * @param encoding how the columns of the table become features, in the model itself; empty if the
 *     features are numbers of the table
 * @param graph SHA-256 of the graph's file, hexadecimal; empty if it is not known
 * @param threshold of two classes, probability above which the model names the second; empty if it
 *     names the most probable class
 */
public record ModelFacts(
    List<String> classes,
    Optional<ImageShape> image,
    Optional<TableLayout> table,
    Optional<TableEncoding> encoding,
    Optional<String> graph,
    Optional<Float> threshold) {
  /** Name of the file. */
  public static final String FILE = "model.json";

  /** Copies the list. */
  public ModelFacts {
    classes = List.copyOf(classes);
    if (encoding.isPresent()
        && encoding.get().columns().size()
            != table.map(layout -> layout.features().size()).orElse(-1)) {
      throw new IllegalArgumentException("its encoding is not of the features of its table");
    }
  }

  /** Returns true if the model predicts numbers of a table. */
  public boolean predictsNumbers() {
    return table.map(layout -> !layout.targets().isEmpty()).orElse(false);
  }

  /** Of a model that is not exported yet. */
  public ModelFacts(List<String> classes, Optional<ImageShape> image, Optional<TableLayout> table) {
    this(classes, image, table, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The same with a threshold between its two classes, if there is one. */
  ModelFacts deciding(Optional<Float> probability) {
    return new ModelFacts(classes, image, table, encoding, graph, probability);
  }

  /**
   * The same of a model that is exported.
   *
   * @param file the bytes of its graph
   */
  ModelFacts sealing(byte[] file) {
    return new ModelFacts(classes, image, table, encoding, Optional.of(sha256(file)), threshold);
  }

  /**
   * Whether the graph is the one that was exported; true as well if its hash is not known.
   *
   * @param file the bytes of the graph
   */
  public boolean fit(byte[] file) {
    return graph.isEmpty() || graph.get().equals(sha256(file));
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has it", impossible);
    }
  }

  /** The text of the file, with a seal over what it says. */
  public String text() {
    return FactsJson.text(this);
  }

  /**
   * The facts of a file.
   *
   * @param text what it holds
   * @param trusted whether it may have been changed since it was written; only its form is checked
   *     then
   * @throws IllegalArgumentException if they are none or are not what was written, with the reason
   */
  public static ModelFacts parse(String text, boolean trusted) {
    return FactsJson.parse(text, trusted);
  }
}
