package io.tandem.data;

import io.tandem.column.DateInputs;
import io.tandem.column.Quantiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Encoding of the columns of a table as inputs of a network, learned on the training part only. A
 * missing number becomes the median; each category gets an input of its own, or where a column has
 * many of them a code, for which a network learns a vector; a truth value is one input, and a date
 * several. Codes come after all other inputs.
 *
 * @param columns one for each feature
 */
public record TableEncoding(List<Column> columns) {
  /** Categories of a column with a code of their own; rarer ones share one. */
  static final int MOST_CODES = 1000;

  /** Training rows that a category has to have for an input of its own. */
  static final int LEAST_ROWS = 2;

  /** Copies the list. */
  public TableEncoding {
    columns = List.copyOf(columns);
  }

  /** Encoding of one feature. */
  public sealed interface Column permits Numbers, Categories, Truths, Dates {
    /** Number of inputs. */
    int width();

    /**
     * Their names.
     *
     * @param name of the feature
     */
    List<String> names(String name);

    /** How many of the inputs, the first ones, are numbers that need standardisation. */
    int numbers();
  }

  /**
   * A number, and perhaps whether it is missing.
   *
   * @param median of the training part, which stands in for missing numbers
   * @param gaps whether an input says that the number is missing
   * @param quantiles map of the numbers to normal scores; empty if they stay as they are
   */
  public record Numbers(float median, boolean gaps, Optional<Quantiles> quantiles)
      implements Column {
    /** Of numbers that stay as they are. */
    public Numbers(float median, boolean gaps) {
      this(median, gaps, Optional.empty());
    }

    @Override
    public int numbers() {
      return 1;
    }

    @Override
    public int width() {
      return gaps ? 2 : 1;
    }

    @Override
    public List<String> names(String name) {
      return gaps ? List.of(name, name + " missing") : List.of(name);
    }
  }

  /**
   * A category: 1 in its own input, 0 in the others; or a code, the number of what would be its
   * input, -1 if it would have none.
   *
   * @param values those with an input of their own, most frequent first
   * @param other whether an input is for all others, those that no training row has among them;
   *     without it these are 0 everywhere
   * @param gaps whether an input says that the category is missing; without it a missing one counts
   *     as one of the others
   * @param coded whether it is a code
   */
  public record Categories(List<String> values, boolean other, boolean gaps, boolean coded)
      implements Column {
    /** With an input for each value. */
    public Categories(List<String> values, boolean other, boolean gaps) {
      this(values, other, gaps, false);
    }

    /** Copies the list and checks it. */
    public Categories {
      values = List.copyOf(values);
      if (values.stream().distinct().count() < values.size() || values.contains("")) {
        throw new IllegalArgumentException("categories must be different and not empty");
      }
    }

    @Override
    public int numbers() {
      return 0;
    }

    /** Number of values to tell apart: those listed, the others, and the missing one. */
    public int vocabulary() {
      return values.size() + (other ? 1 : 0) + (gaps ? 1 : 0);
    }

    @Override
    public int width() {
      return coded ? 1 : vocabulary();
    }

    @Override
    public List<String> names(String name) {
      if (coded) {
        return List.of(name);
      }
      List<String> names = new ArrayList<>();
      values.forEach(value -> names.add(name + " = " + value));
      if (other) {
        names.add(name + " other");
      }
      if (gaps) {
        names.add(name + " missing");
      }
      return names;
    }
  }

  /**
   * A truth value: 1 or 0, and perhaps whether it is missing.
   *
   * @param usual the value that most training rows have, which stands in for missing ones
   * @param gaps whether an input says that the value is missing
   */
  public record Truths(boolean usual, boolean gaps) implements Column {
    @Override
    public int numbers() {
      return 0;
    }

    @Override
    public int width() {
      return gaps ? 2 : 1;
    }

    @Override
    public List<String> names(String name) {
      return gaps ? List.of(name, name + " missing") : List.of(name);
    }
  }

  /**
   * A date.
   *
   * @param inputs what is made of it
   */
  public record Dates(DateInputs inputs) implements Column {
    @Override
    public int numbers() {
      return inputs.numbers();
    }

    @Override
    public int width() {
      return inputs.width();
    }

    @Override
    public List<String> names(String name) {
      return inputs.names(name);
    }
  }

  /**
   * Learns it.
   *
   * @param train the training part; no column but one of texts is missing altogether
   * @param oneHot most categories of a column that get an input each; a column of more is coded
   * @param quantiles whether numbers are mapped to normal scores
   */
  public static TableEncoding of(TypedRows train, int oneHot, boolean quantiles) {
    return new TableEncoding(
        train.columns().parallelStream().map(column -> learn(column, oneHot, quantiles)).toList());
  }

  private static Column learn(TypedRows.Column column, int oneHot, boolean quantiles) {
    if (column instanceof TypedRows.Numbers numbers) {
      float[] present = present(numbers.values());
      return new Numbers(
          median(present),
          present.length < numbers.size(),
          quantiles ? Optional.of(Quantiles.of(present)) : Optional.empty());
    }
    if (column instanceof TypedRows.Dates dates) {
      return new Dates(DateInputs.of(dates.form(), dates.local(), dates.offsets()));
    }
    if (column instanceof TypedRows.Truths truths) {
      return learn(truths);
    }
    return categories((TypedRows.Texts) column, oneHot);
  }

  private static Truths learn(TypedRows.Truths column) {
    int[] counts = new int[2];
    for (byte value : column.values()) {
      if (value != TypedRows.Truths.MISSING) {
        counts[value]++;
      }
    }
    return new Truths(counts[1] > counts[0], counts[0] + counts[1] < column.size());
  }

  private static Categories categories(TypedRows.Texts column, int oneHot) {
    Map<String, Integer> counts = new HashMap<>();
    int[] rows = column.counts();
    for (int code = 0; code < rows.length; code++) {
      if (rows[code] > 0) {
        counts.put(column.distinct().get(code), rows[code]);
      }
    }
    boolean gaps = counts.remove("") != null;
    List<String> kept =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() >= LEAST_ROWS)
            .sorted(
                Comparator.comparing(Map.Entry<String, Integer>::getValue)
                    .reversed()
                    .thenComparing(Map.Entry::getKey))
            .limit(MOST_CODES)
            .map(Map.Entry::getKey)
            .toList();
    // Where nothing else is left, something has to stand for the column.
    boolean other = kept.size() < counts.size() || kept.isEmpty() && !gaps;
    return new Categories(kept, other, gaps, kept.size() > oneHot);
  }

  private static float[] present(float[] values) {
    float[] present = new float[values.length];
    int count = 0;
    for (float value : values) {
      if (!Float.isNaN(value)) {
        present[count++] = value;
      }
    }
    return Arrays.copyOf(present, count);
  }

  private static float median(float... values) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : (float) (((double) sorted[middle - 1] + sorted[middle]) / 2);
  }

  /** Number of inputs of the network. */
  public int width() {
    return columns.stream().mapToInt(Column::width).sum();
  }

  private static boolean isCoded(Column column) {
    return column instanceof Categories categories && categories.coded();
  }

  /** Indices of the columns in the order of their inputs. */
  public List<Integer> order() {
    return IntStream.range(0, columns.size())
        .boxed()
        .sorted(Comparator.comparing(column -> isCoded(columns.get(column))))
        .toList();
  }

  /** Number of values of each code. */
  public List<Integer> vocabularies() {
    return columns.stream()
        .filter(TableEncoding::isCoded)
        .map(column -> ((Categories) column).vocabulary())
        .toList();
  }

  /**
   * Names of the inputs.
   *
   * @param features names of the features
   */
  public List<String> names(List<String> features) {
    return order().stream()
        .flatMap(column -> columns.get(column).names(features.get(column)).stream())
        .toList();
  }

  /**
   * For each input whether it is 0 or 1 or a code, so that it is not standardised.
   *
   * @return one for each input
   */
  public boolean[] indicators() {
    boolean[] indicators = new boolean[width()];
    int place = 0;
    for (int index : order()) {
      Column column = columns.get(index);
      for (int input = 0; input < column.width(); input++) {
        indicators[place++] = input >= column.numbers();
      }
    }
    return indicators;
  }

  /**
   * The inputs of some rows.
   *
   * @param rows with the columns that this was learnt on
   * @return row-major {@code [rows, width]}
   */
  public float[] encode(TypedRows rows) {
    int width = width();
    float[] inputs = new float[Math.multiplyExact(rows.rows(), width)];
    List<Integer> order = order();
    int[] places = new int[order.size()];
    for (int index = 1; index < places.length; index++) {
      places[index] = places[index - 1] + columns.get(order.get(index - 1)).width();
    }
    IntStream.range(0, places.length)
        .parallel()
        .forEach(
            index ->
                encode(
                    columns.get(order.get(index)),
                    rows.columns().get(order.get(index)),
                    inputs,
                    places[index],
                    width));
    return inputs;
  }

  private static void encode(
      Column how, TypedRows.Column values, float[] inputs, int place, int width) {
    if (how instanceof Numbers numbers) {
      encode(numbers, (TypedRows.Numbers) values, inputs, place, width);
    } else if (how instanceof Truths truths) {
      encode(truths, (TypedRows.Truths) values, inputs, place, width);
    } else if (how instanceof Dates dates) {
      encode(dates, (TypedRows.Dates) values, inputs, place, width);
    } else {
      encode((Categories) how, (TypedRows.Texts) values, inputs, place, width);
    }
  }

  private static void encode(
      Numbers how, TypedRows.Numbers column, float[] inputs, int place, int width) {
    float[] values = column.values().clone();
    for (int row = 0; row < values.length; row++) {
      boolean missing = Float.isNaN(values[row]);
      values[row] = missing ? how.median() : values[row];
      if (how.gaps() && missing) {
        inputs[row * width + place + 1] = 1;
      }
    }
    float[] mapped = how.quantiles().map(map -> map.apply(values)).orElse(values);
    for (int row = 0; row < mapped.length; row++) {
      inputs[row * width + place] = mapped[row];
    }
  }

  private static void encode(
      Truths how, TypedRows.Truths column, float[] inputs, int place, int width) {
    byte[] values = column.values();
    for (int row = 0; row < values.length; row++) {
      boolean missing = values[row] == TypedRows.Truths.MISSING;
      boolean value = missing ? how.usual() : values[row] == 1;
      inputs[row * width + place] = value ? 1 : 0;
      if (how.gaps() && missing) {
        inputs[row * width + place + 1] = 1;
      }
    }
  }

  private static void encode(
      Dates how, TypedRows.Dates column, float[] inputs, int place, int width) {
    for (int row = 0; row < column.size(); row++) {
      how.inputs().encode(column.local()[row], column.offsets()[row], inputs, row * width + place);
    }
  }

  private static void encode(
      Categories how, TypedRows.Texts column, float[] inputs, int place, int width) {
    int count = how.values().size();
    Map<String, Integer> slots = new HashMap<>();
    for (int value = 0; value < count; value++) {
      slots.put(how.values().get(value), value);
    }
    int others = how.other() ? count : -1;
    if (how.gaps()) {
      slots.put("", count + (how.other() ? 1 : 0));
    }
    int[] known =
        column.distinct().stream().mapToInt(text -> slots.getOrDefault(text, others)).toArray();
    int[] codes = column.codes();
    for (int row = 0; row < codes.length; row++) {
      int slot = known[codes[row]];
      if (how.coded()) {
        inputs[row * width + place] = slot;
      } else if (slot >= 0) {
        inputs[row * width + place + slot] = 1;
      }
    }
  }
}
