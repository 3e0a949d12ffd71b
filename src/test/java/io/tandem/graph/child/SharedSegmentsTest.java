package io.tandem.graph.child;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.testing.Doubles;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat64;

/** A segment is read where it was written, and its neighbours stay: other operations live there. */
class SharedSegmentsTest {
  private static final List<Integer> SIZES = List.of(6, 0, 4, 2);

  @ParameterizedTest
  @CsvSource({"0,0,6", "1,6,6", "2,6,10", "3,10,12"})
  void write_oneOf_changesItsSegmentAlone(int index, int begin, int end) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      check(tf, session, SharedSegments.oneOf(tf, SIZES, tf.constant(index)), 12, begin, end);
    }
  }

  @Test
  void write_optional_changesAllOrNothing() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      check(tf, session, SharedSegments.optional(tf, 5, tf.constant(0)), 5, 0, 0);
      check(tf, session, SharedSegments.optional(tf, 5, tf.constant(1)), 5, 0, 5);
      check(tf, session, SharedSegments.whole(tf, 7), 7, 0, 7);
    }
  }

  private static void check(
      Ops tf, Session session, SharedSegments segments, int length, int begin, int end) {
    assertThat(segments.shape().asArray()).containsExactly(length);
    Variable<TFloat64> variable = segments.variable(TFloat64.class);
    double[] before = new double[length];
    Arrays.setAll(before, place -> place + 1);
    session.run(tf.assign(variable, segments.stored(tf.constant(before))));
    var segment = segments.segment(variable);
    double[] expected = Arrays.copyOfRange(before, begin, end);
    assertThat(Doubles.fetch(session.runner(), List.of(segment)).get(0)).containsExactly(expected);

    session.run(segments.write(variable, segments.places(), tf.math.neg(segment)));
    session.run(segments.add(variable, segments.places(), tf.math.mul(segment, segment)));
    double[] after = Doubles.fetch(session.runner(), List.of(variable)).get(0);
    for (int place = 0; place < length; place++) {
      double value = before[place];
      boolean inside = place >= begin && place < end;
      assertThat(after[place]).isEqualTo(inside ? value * value - value : value);
    }
  }
}
