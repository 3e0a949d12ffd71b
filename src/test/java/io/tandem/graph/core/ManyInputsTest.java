package io.tandem.graph.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.graph.gradient.Gradients;
import io.tandem.testing.Derivatives;
import io.tandem.testing.Doubles;
import java.util.ArrayList;
import java.util.Arrays;
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

  @Test
  void split_manyPieces_areThoseOfTheVectorAndTheirDerivativesComeBack() {
    for (int count : new int[] {1, 7, 8, 30, 60}) {
      try (Graph graph = new Graph();
          Session session = new Session(graph)) {
        Ops tf = Ops.create(graph);
        List<Integer> sizes = new ArrayList<>();
        int length = 0;
        for (int piece = 0; piece < count; piece++) {
          sizes.add(1 + piece % 3);
          length += 1 + piece % 3;
        }
        double[] numbers = Derivatives.numbers(length, 1);
        Operand<TFloat64> vector = tf.constant(numbers);
        List<Operand<TFloat64>> pieces = ManyInputs.split(tf, vector, sizes);
        List<Operand<TFloat64>> terms = new ArrayList<>();
        for (int piece = 0; piece < count; piece++) {
          Operand<TFloat64> weight = tf.constant((double) piece);
          terms.add(tf.reduceSum(tf.math.mul(pieces.get(piece), weight), tf.constant(0)));
        }
        Operand<TFloat64> slope =
            Gradients.of(tf, ManyInputs.sum(tf, terms), List.of(vector)).get(0);
        List<Operand<TFloat64>> fetches = new ArrayList<>(pieces);
        fetches.add(slope);
        List<double[]> values = Doubles.fetch(session.runner(), fetches);
        int begin = 0;
        for (int piece = 0; piece < count; piece++) {
          double[] own = Arrays.copyOfRange(numbers, begin, begin + sizes.get(piece));
          assertThat(values.get(piece)).containsExactly(own);
          double[] slopes = Arrays.copyOfRange(values.get(count), begin, begin + sizes.get(piece));
          assertThat(slopes).containsOnly(piece);
          begin += sizes.get(piece);
        }
        for (Iterator<GraphOperation> all = graph.operations(); all.hasNext(); ) {
          assertThat(all.next().numInputs()).isLessThanOrEqualTo(8);
        }
      }
    }
  }

  @Test
  void spread_manyUsers_sumsTheirDerivativesFewAtATime() {
    for (int users : new int[] {1, 7, 8, 60}) {
      try (Graph graph = new Graph();
          Session session = new Session(graph)) {
        Ops tf = Ops.create(graph);
        Operand<TFloat64> tensor = tf.constant(3.0);
        List<Operand<TFloat64>> terms = new ArrayList<>();
        double expected = 0;
        for (Operand<TFloat64> copy : ManyInputs.spread(tf, tensor, users)) {
          terms.add(tf.math.mul(copy, tf.constant((double) terms.size())));
          expected += terms.size() - 1;
        }
        assertThat(terms).hasSize(users);
        Operand<TFloat64> slope =
            Gradients.of(tf, ManyInputs.sum(tf, terms), List.of(tensor)).get(0);
        assertThat(Doubles.fetch(session.runner(), List.of(slope)).get(0))
            .containsExactly(expected);
        for (Iterator<GraphOperation> all = graph.operations(); all.hasNext(); ) {
          assertThat(all.next().numInputs()).isLessThanOrEqualTo(8);
        }
      }
    }
  }
}
