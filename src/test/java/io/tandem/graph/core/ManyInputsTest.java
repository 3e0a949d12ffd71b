package io.tandem.graph.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.testing.Doubles;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** However many tensors come in, no operation has so many inputs that their order is lost. */
class ManyInputsTest {
  @Test
  void nested_sixtyTensors_areAllThereInOrderAndNoOperationHasMoreThanEightInputs() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      List<Operand<TFloat64>> vectors = new ArrayList<>();
      double[] expected = new double[60];
      double sum = 0;
      for (int index = 0; index < expected.length; index++) {
        expected[index] = index * index;
        sum += expected[index];
        vectors.add(tf.constant(new double[] {expected[index]}));
      }
      Operand<TFloat64> joined = ManyInputs.concat(tf, vectors);
      Operand<TFloat64> total = ManyInputs.sum(tf, vectors);
      List<double[]> values = Doubles.fetch(session.runner(), List.of(joined, total));
      assertThat(values.get(0)).containsExactly(expected);
      assertThat(values.get(1)).containsExactly(sum);
      for (Iterator<GraphOperation> all = graph.operations(); all.hasNext(); ) {
        assertThat(all.next().numInputs()).isLessThanOrEqualTo(8);
      }
    }
  }
}
