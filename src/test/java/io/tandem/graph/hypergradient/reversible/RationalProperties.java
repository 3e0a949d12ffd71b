package io.tandem.graph.hypergradient.reversible;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt64;

/** Reversal is exact only if every product is, for any velocity, buffer and momentum. */
class RationalProperties {
  private static final BigInteger DENOMINATOR = BigInteger.valueOf(Rational.DENOMINATOR);

  @Property(tries = 200)
  void divide_afterMultiply_givesTheFirstBits(
      @ForAll @Size(8) List<Long> values,
      @ForAll @Size(8) List<@LongRange(min = 0, max = (1L << 47) - 1) Long> buffers,
      @ForAll @LongRange(min = 66, max = Rational.DENOMINATOR) long numerator) {
    List<long[]> product = GRAPH.multiply(array(values), array(buffers), numerator);
    for (int index = 0; index < values.size(); index++) {
      BigInteger value = BigInteger.valueOf(values.get(index));
      BigInteger n = BigInteger.valueOf(numerator);
      BigInteger pushed =
          BigInteger.valueOf(buffers.get(index)).multiply(DENOMINATOR).add(value.mod(DENOMINATOR));
      BigInteger expected =
          value.subtract(value.mod(DENOMINATOR)).divide(DENOMINATOR).multiply(n).add(pushed.mod(n));
      assertThat(product.get(0)[index]).isEqualTo(expected.longValueExact());
      assertThat(product.get(1)[index]).isEqualTo(pushed.divide(n).longValueExact());
    }
    List<long[]> back = GRAPH.divide(product.get(0), product.get(1), numerator);
    assertThat(back.get(0)).containsExactly(array(values));
    assertThat(back.get(1)).containsExactly(array(buffers));
  }

  @Property(tries = 50)
  void bufferBound_anyMomenta_isNeverExceeded(
      @ForAll long seed, @ForAll @IntRange(min = 66, max = (int) Rational.DENOMINATOR) int least) {
    Random random = new Random(seed);
    BufferBound bound = new BufferBound();
    BigInteger buffer = BigInteger.ZERO;
    for (int step = 0; step < 500; step++) {
      if (bound.full()) {
        bound.spill();
        buffer = buffer.shiftRight(BufferBound.WORD);
      }
      assertThat(bound.full()).isFalse();
      // The largest remainder at every step is the worst case.
      int numerator = least + random.nextInt((int) Rational.DENOMINATOR - least + 1);
      bound.multiply(numerator);
      buffer = buffer.multiply(DENOMINATOR).add(DENOMINATOR).subtract(BigInteger.ONE);
      assertThat(buffer.bitLength()).isLessThanOrEqualTo(63);
      buffer = buffer.divide(BigInteger.valueOf(numerator));
    }
  }

  private static final RationalGraph GRAPH = new RationalGraph();

  /** The two products in a session that lives as long as the process. */
  private static final class RationalGraph {
    private final Session session;
    private final Placeholder<TInt64> value;
    private final Placeholder<TInt64> buffer;
    private final Placeholder<TInt64> numerator;
    private final Rational.Exact product;
    private final Rational.Exact quotient;

    RationalGraph() {
      Graph graph = new Graph();
      session = new Session(graph);
      Ops tf = Ops.create(graph);
      value = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(8)));
      buffer = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(8)));
      numerator = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
      product = Rational.multiply(tf, new Rational.Exact(value, buffer), numerator);
      quotient = Rational.divide(tf, new Rational.Exact(value, buffer), numerator);
    }

    List<long[]> multiply(long[] values, long[] buffers, long n) {
      return run(values, buffers, n, product);
    }

    List<long[]> divide(long[] values, long[] buffers, long n) {
      return run(values, buffers, n, quotient);
    }

    private List<long[]> run(long[] values, long[] buffers, long n, Rational.Exact wanted) {
      try (TInt64 first = TInt64.vectorOf(values);
          TInt64 second = TInt64.vectorOf(buffers);
          TInt64 third = TInt64.scalarOf(n);
          Result result =
              session
                  .runner()
                  .feed(value, first)
                  .feed(buffer, second)
                  .feed(numerator, third)
                  .fetch(wanted.value())
                  .fetch(wanted.buffer())
                  .run()) {
        List<long[]> all = new ArrayList<>();
        all.add(Values.longs(result.get(0)));
        all.add(Values.longs(result.get(1)));
        return all;
      }
    }
  }

  private static long[] array(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }
}
