package io.tandem.cli.stream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.tandem.serve.ClassPrediction;
import io.tandem.serve.NumberPrediction;
import io.tandem.serve.TextScore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Writes predictions as comma-separated values (RFC 4180, with a header) or as JSON, an object per
 * line. Labels are written as they are.
 */
public final class PredictionWriter {
  private static final int LOOK = 100;

  /** More than the 24 bits of a network's answer, for numbers far from 0. */
  private static final MathContext DIGITS = new MathContext(12);

  private final Writer out;
  private final boolean json;
  private final CsvWriter csv;
  private boolean begun;
  private long written;

  /**
   * Writes nothing yet.
   *
   * @param out where to; it is not closed
   * @param json whether JSON is wanted
   */
  public PredictionWriter(Writer out, boolean json) {
    this.out = out;
    this.json = json;
    this.csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(new Unclosed(out));
  }

  /** CSV is written through; whoever opened the writer closes it. */
  private static final class Unclosed extends Writer {
    private final Writer out;

    Unclosed(Writer out) {
      this.out = out;
    }

    @Override
    public void write(char[] symbols, int offset, int length) throws IOException {
      out.write(symbols, offset, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() {}
  }

  /**
   * A cell that is passed on.
   *
   * @param name of its column; written as {@code id} where the answer has a column of that name
   * @param value the cell as it was
   */
  public record Key(String name, String value) {
    /** The same under a name that no answer has. */
    private Key besides(Predicate<String> isAnswer) {
      String free = isAnswer.test(name) ? "id" : name;
      while (isAnswer.test(free)) {
        free += "_";
      }
      return new Key(free, value);
    }
  }

  /**
   * Writes a prediction of a class.
   *
   * @param key what tells it from others, if anything does
   * @param classes names of the classes; empty if they are not known, numbers stand in then
   * @param prediction what the model says
   */
  public void write(Optional<Key> key, List<String> classes, ClassPrediction prediction) {
    float[] probabilities = prediction.probabilities();
    Optional<Key> free = key.map(given -> given.besides(PredictionWriter::isOfClasses));
    if (json) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      free.ifPresent(own -> object.put(own.name(), own.value()));
      object.put("class", prediction.label());
      ObjectNode all = object.putObject("probabilities");
      for (int index = 0; index < probabilities.length; index++) {
        all.put(name(classes, index), probabilities[index]);
      }
      line(object);
      return;
    }
    List<String> header = new ArrayList<>();
    List<String> cells = new ArrayList<>();
    free.ifPresent(own -> header.add(own.name()));
    free.ifPresent(own -> cells.add(own.value()));
    header.add("class");
    cells.add(prediction.label());
    for (int index = 0; index < probabilities.length; index++) {
      header.add("p_" + name(classes, index));
      cells.add(Float.toString(probabilities[index]));
    }
    row(header, cells);
  }

  /**
   * Writes a prediction of numbers.
   *
   * @param key what tells it from others, if anything does
   * @param targets names of the numbers
   * @param prediction what the model says
   */
  public void write(Optional<Key> key, List<String> targets, NumberPrediction prediction) {
    Optional<Key> own = key.map(given -> given.besides(targets::contains));
    List<String> header = new ArrayList<>();
    List<String> cells = new ArrayList<>();
    own.ifPresent(given -> header.add(given.name()));
    own.ifPresent(given -> cells.add(given.value()));
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    own.ifPresent(given -> object.put(given.name(), given.value()));
    for (int target = 0; target < targets.size(); target++) {
      header.add(targets.get(target));
      BigDecimal rounded = rounded(prediction.values()[target]);
      cells.add(rounded.toString());
      object.put(targets.get(target), rounded);
    }
    if (json) {
      line(object);
    } else {
      row(header, cells);
    }
  }

  /** Networks compute in 32 bits: further digits say nothing. */
  private static BigDecimal rounded(double value) {
    BigDecimal rounded = new BigDecimal(value).round(DIGITS);
    return rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
  }

  /** A cell of an answer. */
  public sealed interface Field {
    /** Name of its column. */
    String name();

    /**
     * A text.
     *
     * @param name of its column
     * @param text as it is written
     */
    record Text(String name, String text) implements Field {}

    /**
     * A number.
     *
     * @param name of its column
     * @param number as it is written
     */
    record Numeric(String name, BigDecimal number) implements Field {
      /** Of a probability. */
      public static Numeric of(String name, float probability) {
        return new Numeric(name, new BigDecimal(Float.toString(probability)));
      }

      /** Of a predicted number. */
      public static Numeric of(String name, double value) {
        return new Numeric(name, rounded(value));
      }
    }
  }

  /** Writes a row of any cells, always of the same names. */
  public void write(List<Field> fields) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    List<String> header = new ArrayList<>();
    List<String> cells = new ArrayList<>();
    for (Field field : fields) {
      header.add(field.name());
      if (field instanceof Field.Numeric number) {
        object.put(field.name(), number.number());
        cells.add(number.number().toString());
      } else {
        String text = ((Field.Text) field).text();
        object.put(field.name(), text);
        cells.add(text);
      }
    }
    if (json) {
      line(object);
    } else {
      row(header, cells);
    }
  }

  private static boolean isOfClasses(String name) {
    return name.equals("class") || name.matches("p(_.*|robabilities)");
  }

  private static String name(List<String> classes, int index) {
    return classes.isEmpty() ? Integer.toString(index) : classes.get(index);
  }

  /** The score of a text. */
  public static ObjectNode object(TextScore score) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("perplexity", score.perplexity())
        .put("log_probability", score.logProbability())
        .put("words", score.words());
  }

  /** Writes the score of a text. */
  public void write(TextScore score) {
    if (json) {
      line(object(score));
      return;
    }
    row(
        List.of("perplexity", "log_probability", "words"),
        List.of(
            Float.toString(score.perplexity()),
            Float.toString(score.logProbability()),
            Integer.toString(score.words())));
  }

  /** Writes an object on a line of its own. */
  void line(ObjectNode object) {
    requireOpen();
    try {
      out.write(object.toString() + "\n");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void row(List<String> header, List<String> cells) {
    requireOpen();
    if (!begun) {
      csv.writeRecord(header);
      begun = true;
    }
    csv.writeRecord(cells);
  }

  /** Answers that nobody can read any more are not worth computing. */
  private void requireOpen() {
    if (++written % LOOK == 0 && out instanceof PrintWriter printer) {
      StandardStreams.requireWritable(printer);
    }
  }

  /** Hands everything on to where it is written. */
  public void flush() {
    try {
      csv.flush();
      out.flush();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
