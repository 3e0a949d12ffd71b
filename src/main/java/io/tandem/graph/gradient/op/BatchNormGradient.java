package io.tandem.graph.gradient.op;

import io.tandem.graph.core.Scalars;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * The derivatives of a batch normalisation {@code y = γ·(x - m)·r + β}, {@code r = 1/√(v + ε)}, as
 * a function to differentiate once more: {@code dx}, {@code dγ} and {@code dβ}, with upstream
 * derivatives {@code u}, {@code p}, {@code q} for the three.
 *
 * @param layout axes of {@code x}
 * @param upstream {@code g}, derivative by {@code y}
 * @param input {@code x}
 * @param scale {@code γ}, {@code [channels]}
 * @param byInput {@code u}, in the shape of {@code x}
 * @param byScale {@code p}, {@code [channels]}
 * @param byOffset {@code q}, {@code [channels]}
 * @param epsilon {@code ε}
 */
public record BatchNormGradient<T extends TNumber>(
    BatchNormLayout layout,
    Operand<T> upstream,
    Operand<T> input,
    Operand<T> scale,
    Operand<T> byInput,
    Operand<T> byScale,
    Operand<T> byOffset,
    Operand<T> epsilon) {

  /**
   * The derivatives of {@code <u, dx> + <p, dγ> + <q, dβ>} where mean and variance are those of the
   * batch (Ioffe and Szegedy 2015).
   *
   * <p>With {@code z = (x - m)·r} and means over batch and space, that sum is {@code n·γ·r·(A -
   * B·C) + n·p·C + n·q·mean(g)} with {@code A = mean(u·g) - mean(u)·mean(g)}, {@code B =
   * mean(u·z)}, {@code C = mean(g·z)}. It depends on {@code x} through {@code z} and through {@code
   * r}; mean and variance are computed from {@code x} here, so that a third derivative is right
   * too.
   *
   * @return by {@code g}, {@code x} and {@code γ}
   */
  public List<Operand<T>> overBatch(Ops tf) {
    Operand<T> mean = layout.mean(tf, input);
    Operand<T> centred = tf.math.sub(input, mean);
    Operand<T> variance = layout.mean(tf, tf.math.square(centred));
    Operand<T> deviation = tf.math.rsqrt(tf.math.add(variance, epsilon));
    Operand<T> normalised = tf.math.mul(centred, deviation);
    Operand<T> gain = tf.math.mul(layout.spread(tf, scale), deviation);
    Operand<T> slope = layout.spread(tf, byScale);

    Operand<T> inputMean = layout.mean(tf, byInput);
    Operand<T> upstreamMean = layout.mean(tf, upstream);
    Operand<T> inputProjection = layout.mean(tf, tf.math.mul(byInput, normalised));
    Operand<T> upstreamProjection = layout.mean(tf, tf.math.mul(upstream, normalised));
    Operand<T> covariance =
        tf.math.sub(
            tf.math.sub(
                layout.mean(tf, tf.math.mul(byInput, upstream)),
                tf.math.mul(inputMean, upstreamMean)),
            tf.math.mul(inputProjection, upstreamProjection));

    Operand<T> projected = project(tf, byInput, normalised);
    Operand<T> byUpstream =
        tf.math.add(
            tf.math.add(tf.math.mul(gain, projected), tf.math.mul(slope, normalised)),
            layout.spread(tf, byOffset));

    // By z: γ·r·(-C·u - B·g) + p·g, and through r alone: -γ·r²·z·(A - B·C).
    Operand<T> byNormalised =
        tf.math.sub(
            tf.math.mul(slope, upstream),
            tf.math.mul(
                gain,
                tf.math.add(
                    tf.math.mul(upstreamProjection, byInput),
                    tf.math.mul(inputProjection, upstream))));
    Operand<T> again =
        tf.math.mul(
            deviation,
            tf.math.sub(
                project(tf, byNormalised, normalised),
                tf.math.mul(tf.math.mul(gain, normalised), covariance)));
    Operand<T> byGain = layout.sum(tf, tf.math.mul(deviation, tf.math.mul(projected, upstream)));
    return List.of(byUpstream, again, byGain);
  }

  /**
   * The derivatives of {@code <u, dx> + <p, dγ> + <q, dβ>} where mean and variance are given,
   * {@code r·<g, γ·u + p·(x - m)> + q·sum(g)}.
   *
   * @param mean {@code m}, {@code [channels]}
   * @param variance {@code v}, {@code [channels]}
   * @return by {@code g}, {@code x}, {@code γ}, {@code m} and {@code v}
   */
  public List<Operand<T>> withStatistics(Ops tf, Operand<T> mean, Operand<T> variance) {
    Operand<T> deviation = tf.math.rsqrt(tf.math.add(variance, epsilon));
    Operand<T> spread = layout.spread(tf, deviation);
    Operand<T> slope = layout.spread(tf, byScale);
    Operand<T> centred = tf.math.sub(input, layout.spread(tf, mean));
    Operand<T> inner =
        tf.math.add(tf.math.mul(layout.spread(tf, scale), byInput), tf.math.mul(slope, centred));
    Operand<T> byUpstream = tf.math.add(tf.math.mul(spread, inner), layout.spread(tf, byOffset));
    Operand<T> again = tf.math.mul(spread, tf.math.mul(slope, upstream));
    Operand<T> byGain = tf.math.mul(deviation, layout.sum(tf, tf.math.mul(byInput, upstream)));
    Operand<T> byMean = tf.math.neg(layout.sum(tf, again));
    Operand<T> cube = tf.math.mul(deviation, tf.math.square(deviation));
    Operand<T> total = layout.sum(tf, tf.math.mul(inner, upstream));
    Operand<T> byVariance =
        tf.math.mul(Scalars.of(tf, -0.5, epsilon.type()), tf.math.mul(cube, total));
    return List.of(byUpstream, again, byGain, byMean, byVariance);
  }

  private Operand<T> project(Ops tf, Operand<T> tensor, Operand<T> normalised) {
    Operand<T> along = layout.mean(tf, tf.math.mul(tensor, normalised));
    return tf.math.sub(
        tf.math.sub(tensor, layout.mean(tf, tensor)), tf.math.mul(normalised, along));
  }
}
