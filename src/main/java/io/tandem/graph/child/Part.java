package io.tandem.graph.child;

import java.util.Arrays;
import org.tensorflow.ndarray.Shape;

/**
 * A weight of a network as a value.
 *
 * @param name unique in its network, for example {@code layer0/conv/kernel}
 * @param shape of the tensor
 * @param start how it begins
 * @param inputs of a kernel: how many values of the input one value of the output is summed from
 */
public record Part(String name, Shape shape, Start start, int inputs) {
  /** How a weight begins. */
  public enum Start {
    /** Normal with variance {@code 2 / inputs} (He et al. 2015, eq. 10). */
    DRAWN,
    /** 1, for scales. */
    ONE,
    /** 0, for offsets and biases. */
    ZERO
  }

  /** Number of values. */
  public int size() {
    return Math.toIntExact(shape.size());
  }

  /** Its shape as numbers. */
  public int[] sizes() {
    return Arrays.stream(shape.asArray()).mapToInt(Math::toIntExact).toArray();
  }

  /** Standard deviation of the draw; 0 if it is not drawn. */
  public double deviation() {
    return start == Start.DRAWN ? Math.sqrt(2.0 / inputs) : 0;
  }

  /** The same weight with its name below another. */
  public Part under(String prefix) {
    return new Part(prefix + "/" + name, shape, start, inputs);
  }

  /**
   * Kernel {@code [size, size, in, out]} of a convolution.
   *
   * @param name its name
   * @param size height and width
   * @param in input channels
   * @param out output channels
   */
  public static Part kernel(String name, int size, int in, int out) {
    return kernel(name, size, size, in, out);
  }

  /** Kernel {@code [height, width, in, out]} of a convolution. */
  public static Part kernel(String name, int height, int width, int in, int out) {
    return new Part(name, Shape.of(height, width, in, out), Start.DRAWN, height * width * in);
  }

  /** Kernel {@code [size, size, channels, 1]} of a depthwise convolution. */
  public static Part depthwise(String name, int size, int channels) {
    return new Part(name, Shape.of(size, size, channels, 1), Start.DRAWN, size * size);
  }

  /** Matrix {@code [in, out]}. */
  public static Part matrix(String name, int in, int out) {
    return new Part(name, Shape.of(in, out), Start.DRAWN, in);
  }

  /** Scale of a normalisation. */
  public static Part scale(String name, int channels) {
    return new Part(name, Shape.of(channels), Start.ONE, 0);
  }

  /** Offset of a normalisation, or a bias. */
  public static Part offset(String name, int channels) {
    return new Part(name, Shape.of(channels), Start.ZERO, 0);
  }
}
