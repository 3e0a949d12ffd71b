package io.tandem.graph.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.graph.core.Precision;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** The last bits of a sum must not depend on who else holds its terms. */
class SumOrderTest {
  private static final RuntimeSettings RUNTIME =
      new RuntimeSettings(Device.CPU, 0, 0, true, Precision.FLOAT32);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keep_aTermThatCanBeOverwritten_isAddedWhereItStands(boolean kept) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> fed = tf.placeholder(TFloat32.class);
      // What is constant or fed belongs to somebody; the negative belongs to the sum alone.
      Operand<TFloat32> sum =
          tf.math.addN(
              List.of(
                  tf.constant(new float[] {1e8f}),
                  tf.constant(new float[] {-1e8f}),
                  tf.math.neg(fed)));
      if (kept) {
        SumOrder.keep(graph);
      }
      try (Session session = new Session(graph, SessionConfig.ofBranches(RUNTIME));
          TFloat32 one = TFloat32.vectorOf(-1);
          Result result = session.runner().feed(fed, one).fetch(sum).run()) {
        // In order 1e8 - 1e8 + 1; otherwise the one is lost in one of the large terms.
        assertThat(((TFloat32) result.get(0)).getFloat(0)).isEqualTo(kept ? 1 : 0);
      }
    }
  }
}
