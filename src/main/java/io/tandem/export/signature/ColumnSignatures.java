package io.tandem.export.signature;

import io.tandem.data.CsvFormat;
import io.tandem.data.TableEncoding;
import io.tandem.data.TableLayout;
import io.tandem.export.wire.Requests;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.Unique;
import org.tensorflow.op.io.ParseExample;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;

/**
 * The signatures of a network of a table. {@code serving_default} (predict) takes one input for
 * each column, under its name, {@code [batch]}: float for numbers, of which NaN is missing, string
 * for all others, of which the empty one is missing, and what is no date or truth value. {@code
 * classify} or {@code regress} takes {@code inputs}, serialized {@code tf.Example} strings {@code
 * [batch]}, with one value under the name of each column; a key that an Example lacks is a missing
 * value. The outputs are those of {@link ClassAnswers} or {@link NumberAnswers}.
 *
 * @param served what the signatures share
 * @param encoding how columns become features
 * @param table names the columns and what stands for a missing value
 */
public record ColumnSignatures(ServedNetwork served, TableEncoding encoding, TableLayout table) {
  /** White space, as the reader of tables has it. */
  private static final String SPACES =
      "[\\t-\\r \\x{1680}\\x{2000}-\\x{2006}\\x{2008}-\\x{200a}\\x{2028}\\x{2029}\\x{205f}"
          + "\\x{3000}]+";

  private static final String AROUND = "^" + SPACES + "|" + SPACES + "$";

  /** Adds them. */
  public List<Signature> of(Ops tf) {
    Map<String, Operand<?>> inputs = new LinkedHashMap<>();
    for (int column = 0; column < encoding.columns().size(); column++) {
      Ops place = tf.withName("column_" + column);
      inputs.put(
          table.featureNames().get(column),
          encoding.columns().get(column) instanceof TableEncoding.Numbers
              ? place.placeholder(TFloat32.class, batch())
              : place.placeholder(TString.class, batch()));
    }
    Operand<TFloat32> features = features(tf.withSubScope("encode"), List.copyOf(inputs.values()));
    Answers answers = served.answers(tf);
    List<Signature> signatures = new ArrayList<>();
    signatures.add(answers.predict(tf, Signature.DEFAULT_KEY, inputs, features));
    answers.examplesKey().ifPresent(key -> signatures.add(examples(tf.withSubScope(key), answers)));
    return List.copyOf(signatures);
  }

  private Signature examples(Ops tf, Answers answers) {
    Placeholder<TString> serialized =
        tf.withName(Requests.EXAMPLES).placeholder(TString.class, batch());
    return answers.examples(
        tf, serialized, features(tf.withSubScope("encode"), parse(tf, serialized)));
  }

  private static Placeholder.Options batch() {
    return Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE));
  }

  private List<Operand<?>> parse(Ops tf, Operand<TString> serialized) {
    List<String> names = table.featureNames();
    Operand<TString> none = tf.constant(NdArrays.ofObjects(String.class, Shape.of(0)));
    List<Operand<?>> absent = new ArrayList<>();
    List<Shape> shapes = new ArrayList<>();
    for (TableEncoding.Column column : encoding.columns()) {
      absent.add(
          column instanceof TableEncoding.Numbers ? tf.constant(Float.NaN) : tf.constant(""));
      shapes.add(Shape.scalar());
    }
    ParseExample parsed =
        tf.io.parseExample(
            serialized,
            none,
            none,
            tf.constant(NdArrays.vectorOfObjects(names.toArray(String[]::new))),
            none,
            absent,
            0L,
            List.of(),
            List.of(),
            List.of(),
            shapes);
    List<Operand<?>> values = new ArrayList<>();
    parsed.denseValues().forEach(values::add);
    return values;
  }

  /** The features {@code [batch, width]} of columns, as {@link TableEncoding#encode} has them. */
  private Operand<TFloat32> features(Ops tf, List<Operand<?>> columns) {
    List<Operand<TFloat32>> features = new ArrayList<>();
    for (int column : encoding.order()) {
      TableEncoding.Column how = encoding.columns().get(column);
      if (how instanceof TableEncoding.Numbers numbers) {
        features.add(
            number(
                tf, numbers, marks(column), columns.get(column).asOutput().expect(TFloat32.class)));
      } else {
        features.add(
            written(tf, how, marks(column), columns.get(column).asOutput().expect(TString.class)));
      }
    }
    return features.size() == 1 ? features.get(0) : tf.concat(features, tf.constant(1));
  }

  /** What stands for a missing value in the column of a feature. */
  private List<String> marks(int feature) {
    return table.missing(table.features().get(feature));
  }

  private Operand<TFloat32> number(
      Ops tf, TableEncoding.Numbers how, List<String> marks, Operand<TFloat32> column) {
    Operand<TBool> missing = tf.math.isNan(column);
    for (float mark : numbers(marks)) {
      missing = tf.math.logicalOr(missing, tf.math.equal(column, tf.constant(mark)));
    }
    Operand<TFloat32> filled =
        tf.select(missing, tf.fill(tf.shape(column), tf.constant(how.median())), column);
    List<Operand<TFloat32>> inputs = new ArrayList<>();
    inputs.add(how.quantiles().map(map -> QuantileOps.scores(tf, map, filled)).orElse(filled));
    if (how.gaps()) {
      inputs.add(tf.dtypes.cast(missing, TFloat32.class));
    }
    return tf.stack(inputs, Stack.axis(1L));
  }

  /** The numbers that stand for missing ones. */
  private List<Float> numbers(List<String> marks) {
    return marks.stream()
        .flatMap(mark -> table.dialect().numbers().plain(mark).stream())
        .filter(CsvFormat::isNumber)
        .map(Float::valueOf)
        .toList();
  }

  /** Looks at each different text once: comparing takes longer than all the rest. */
  private static Operand<TFloat32> written(
      Ops tf, TableEncoding.Column how, List<String> given, Operand<TString> column) {
    Unique<TString, TInt32> unique = tf.unique(column, tf.constant(new int[] {0}));
    return tf.gather(distinct(tf, how, given, unique.y()), unique.idx(), tf.constant(0));
  }

  private static Operand<TFloat32> distinct(
      Ops tf, TableEncoding.Column how, List<String> given, Operand<TString> column) {
    // TensorFlow's own operation takes off the spaces of ASCII alone.
    Operand<TString> text = tf.strings.regexReplace(column, tf.constant(AROUND), tf.constant(""));
    Operand<TString> across = tf.expandDims(text, tf.constant(1));
    List<String> marks = new ArrayList<>(given);
    marks.add("");
    Operand<TFloat32> missing =
        tf.math.minimum(tf.reduceSum(equal(tf, across, marks), tf.constant(1)), tf.constant(1f));
    if (how instanceof TableEncoding.Categories categories) {
      return category(tf, categories, across, missing);
    }
    Operand<TBool> mark = tf.math.greater(missing, tf.constant(0f));
    return how instanceof TableEncoding.Dates dates
        ? DateOps.inputs(tf, dates, text, mark)
        : TruthOps.inputs(tf, (TableEncoding.Truths) how, text, mark);
  }

  private static Operand<TFloat32> category(
      Ops tf, TableEncoding.Categories how, Operand<TString> text, Operand<TFloat32> missing) {
    List<Operand<TFloat32>> inputs = new ArrayList<>();
    Operand<TFloat32> known = tf.zerosLike(missing);
    if (!how.values().isEmpty()) {
      Operand<TFloat32> own = equal(tf, text, how.values());
      inputs.add(own);
      known = tf.reduceSum(own, tf.constant(1));
    }
    if (how.other()) {
      Operand<TFloat32> other = tf.math.sub(tf.constant(1f), known);
      inputs.add(tf.expandDims(how.gaps() ? tf.math.sub(other, missing) : other, tf.constant(1)));
    }
    if (how.gaps()) {
      inputs.add(tf.expandDims(missing, tf.constant(1)));
    }
    Operand<TFloat32> indicators =
        inputs.size() == 1 ? inputs.get(0) : tf.concat(inputs, tf.constant(1));
    return how.coded() ? code(tf, indicators, how.vocabulary()) : indicators;
  }

  /** For each text the place of its indicator, -1 if it has none. */
  private static Operand<TFloat32> code(Ops tf, Operand<TFloat32> indicators, int count) {
    float[] numbers = new float[count];
    for (int place = 0; place < count; place++) {
      numbers[place] = place + 1f;
    }
    Operand<TFloat32> column = tf.reshape(tf.constant(numbers), tf.constant(new int[] {-1, 1}));
    return tf.math.sub(tf.linalg.matMul(indicators, column), tf.constant(1f));
  }

  /** For each text which of some values it is, {@code [batch, values]}. */
  private static Operand<TFloat32> equal(Ops tf, Operand<TString> texts, List<String> values) {
    Operand<TString> row =
        tf.reshape(
            tf.constant(NdArrays.vectorOfObjects(values.toArray(String[]::new))),
            tf.constant(new int[] {1, values.size()}));
    return tf.dtypes.cast(tf.math.equal(texts, row), TFloat32.class);
  }
}
