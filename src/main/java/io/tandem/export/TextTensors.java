package io.tandem.export;

import io.tandem.data.TypedRows;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;

/**
 * Tensors of the texts of columns. To hand TensorFlow a text takes longer than to read it from a
 * file, so that each different text is handed over once and TensorFlow copies it to its rows.
 */
public final class TextTensors implements AutoCloseable {
  private static final List<String> TRUTHS = List.of("", "false", "true");

  private final Graph graph = new Graph();
  private final Session session;
  private final Placeholder<TString> distinct;
  private final Placeholder<TInt32> places;
  private final Operand<TString> texts;

  /** Ready for any column. */
  public TextTensors() {
    Ops tf = Ops.create(graph);
    distinct = tf.placeholder(TString.class);
    places = tf.placeholder(TInt32.class);
    texts = tf.gather(distinct, places, tf.constant(0));
    session = new Session(graph);
  }

  /**
   * The texts of a column, an empty one where a value is missing.
   *
   * @param column the column
   * @return {@code [rows]}, to be closed by the caller
   */
  public Tensor of(TypedRows.Written column) {
    if (column instanceof TypedRows.Texts some && 2 * some.distinct().size() <= some.size()) {
      return copied(some.distinct(), some.codes());
    }
    if (column instanceof TypedRows.Truths truths) {
      byte[] values = truths.values();
      int[] codes = new int[values.length];
      for (int row = 0; row < codes.length; row++) {
        codes[row] = values[row] == TypedRows.Truths.MISSING ? 0 : 1 + values[row];
      }
      return copied(TRUTHS, codes);
    }
    return TString.vectorOf(column.texts().toArray(String[]::new));
  }

  private Tensor copied(List<String> values, int... codes) {
    try (TString given = TString.vectorOf(values.toArray(String[]::new));
        TInt32 rows = TInt32.vectorOf(codes)) {
      return session.runner().feed(distinct, given).feed(places, rows).fetch(texts).run().get(0);
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
