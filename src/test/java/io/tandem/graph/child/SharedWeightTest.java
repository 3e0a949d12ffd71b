package io.tandem.graph.child;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.testing.Doubles;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * A corner that is read must be the one that was written, and a write must leave the rest alone:
 * all architectures live in the same variables.
 */
class SharedWeightTest {
  private static final int ROWS = 5;
  private static final int COLUMNS = 12;

  @ParameterizedTest
  @CsvSource({"1,4", "2,8", "5,12", "5,4", "1,12", "3,6", "4,2"})
  void write_cornerOfMatrix_changesItAlone(int rows, int columns) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      SharedWeight weight = SharedWeight.matrix(tf, ROWS, COLUMNS, List.of(4, 8, COLUMNS, columns));
      Variable<TFloat64> variable = weight.variable(TFloat64.class);
      double[][] before = new double[ROWS][COLUMNS];
      for (int row = 0; row < ROWS; row++) {
        for (int column = 0; column < COLUMNS; column++) {
          before[row][column] = 100 * row + column;
        }
      }
      session.run(tf.assign(variable, weight.stored(tf.constant(before))));
      Operand<TInt32> usedRows = tf.constant(rows);
      Operand<TInt32> usedColumns = tf.constant(columns);
      Operand<TFloat64> corner = weight.corner(variable, usedRows, usedColumns);
      double[] read = Doubles.fetch(session.runner(), List.of(corner)).get(0);
      session.run(
          weight.write(variable, weight.chunks(usedRows, usedColumns), tf.math.neg(corner)));
      double[] after = Doubles.fetch(session.runner(), List.of(variable)).get(0);
      for (int row = 0; row < ROWS; row++) {
        for (int column = 0; column < COLUMNS; column++) {
          boolean inside = row < rows && column < columns;
          double value = before[row][column];
          assertThat(after[row * COLUMNS + column]).isEqualTo(inside ? -value : value);
          if (inside) {
            assertThat(read[row * columns + column]).isEqualTo(value);
          }
        }
      }
    }
  }

  @Test
  void write_beginningOfVector_changesItAlone() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      SharedWeight weight = SharedWeight.vector(tf, 6, List.of(2, 4, 6));
      assertThat(weight.shape()).isEqualTo(Shape.of(6));
      Variable<TFloat64> variable = weight.variable(TFloat64.class);
      double[] before = {1, 2, 3, 4, 5, 6};
      session.run(tf.assign(variable, weight.stored(tf.constant(before))));
      Operand<TInt32> one = tf.constant(1);
      Operand<TInt32> used = tf.constant(4);
      Operand<TFloat64> corner = weight.corner(variable, one, used);
      assertThat(Doubles.fetch(session.runner(), List.of(corner)).get(0))
          .containsExactly(1, 2, 3, 4);
      session.run(weight.write(variable, weight.chunks(one, used), tf.math.neg(corner)));
      assertThat(Doubles.fetch(session.runner(), List.of(variable)).get(0))
          .containsExactly(-1, -2, -3, -4, 5, 6);
    }
  }
}
