package io.tandem.graph.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.testing.Doubles;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat64;

/** State must come back as it was, and nothing that is not a number may get into it. */
class GraphSessionTest {
  private static final RuntimeSettings RUNTIME =
      new RuntimeSettings(Device.CPU, 1, 1, true, Precision.FLOAT32);

  @TempDir Path folder;

  @Test
  void restore_afterSave_bringsTheSameBits() {
    try (GraphSession session = GraphSession.open(RUNTIME)) {
      Ops tf = session.ops();
      Variable<TFloat64> variable = tf.variable(Shape.of(2), TFloat64.class);
      Op first = tf.assign(variable, tf.constant(new double[] {0.1, -1e300}));
      Op second = tf.assign(variable, tf.constant(new double[] {5, 6}));
      run(session, first);
      session.save(folder.resolve("weights"));
      run(session, second);
      session.restore(folder.resolve("weights"));
      assertThat(Doubles.fetch(session.session().runner(), List.of(variable)).get(0))
          .containsExactly(0.1, -1e300);
      assertThat(session.size()).isPositive();
    }
  }

  @Test
  void keep_nonfiniteValue_leavesTheOldOne() {
    try (GraphSession session = GraphSession.open(RUNTIME)) {
      Ops tf = session.ops();
      Placeholder<TFloat64> value = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(2)));
      Operand<TFloat64> old = tf.constant(new double[] {7, 8});
      Operand<TFloat64> kept =
          Nonfinite.keep(tf, Nonfinite.absent(tf, List.of(old, value)), value, old);
      Session s = session.session();
      assertThat(Doubles.run(s, value, new double[] {1, 2}, List.of(kept)).get(0))
          .containsExactly(1, 2);
      assertThat(Doubles.run(s, value, new double[] {1, Double.NaN}, List.of(kept)).get(0))
          .containsExactly(7, 8);
      assertThat(
              Doubles.run(s, value, new double[] {Double.POSITIVE_INFINITY, 1}, List.of(kept))
                  .get(0))
          .containsExactly(7, 8);
    }
  }

  @Test
  void in_specOfAnOperand_findsIt() {
    try (GraphSession session = GraphSession.open(RUNTIME)) {
      Operand<TFloat64> constant = session.ops().withName("answer").constant(42.0);
      TensorSpec<TFloat64> spec = TensorSpec.of(constant);
      assertThat(spec.name()).isEqualTo("answer:0");
      assertThat(spec.in(session.graph())).isEqualTo(constant.asOutput());
    }
  }

  private static void run(GraphSession session, Op op) {
    session.session().runner().addTarget(op).run().close();
  }
}
