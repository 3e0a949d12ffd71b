package io.tandem.graph.child.image;

import io.tandem.space.CellOperation;
import io.tandem.space.ConvolutionOperation;
import io.tandem.space.Filters;
import io.tandem.space.MacroArchitecture;
import io.tandem.space.MicroArchitecture;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * Images as plain numbers and what networks do to them, in loops that follow the definitions.
 *
 * @param batch images
 * @param height rows
 * @param width columns
 * @param channels numbers per pixel
 * @param values image by image, row by row, pixel by pixel, channel by channel
 */
record ReferenceImage(int batch, int height, int width, int channels, double[] values) {
  static final double EPSILON = 1e-5;

  static ReferenceImage zeros(int batch, int height, int width, int channels) {
    return new ReferenceImage(
        batch, height, width, channels, new double[batch * height * width * channels]);
  }

  private int at(int image, int row, int column, int channel) {
    return ((image * height + row) * width + column) * channels + channel;
  }

  /** Zero beyond the image. */
  double get(int image, int row, int column, int channel) {
    boolean inside = row >= 0 && row < height && column >= 0 && column < width;
    return inside ? values[at(image, row, column, channel)] : 0;
  }

  /** A convolution, its windows centred as TensorFlow's SAME does it. */
  ReferenceImage convolve(double[] kernel, int size, int out, int stride) {
    return convolve(kernel, size, size, out, stride);
  }

  /** The same by kernels that need not be square. */
  ReferenceImage convolve(double[] kernel, int high, int wide, int out, int stride) {
    int rows = (height + stride - 1) / stride;
    int columns = (width + stride - 1) / stride;
    int top = Math.max((rows - 1) * stride + high - height, 0) / 2;
    int left = Math.max((columns - 1) * stride + wide - width, 0) / 2;
    ReferenceImage result = zeros(batch, rows, columns, out);
    for (int n = 0; n < batch; n++) {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          for (int o = 0; o < out; o++) {
            double sum = 0;
            for (int a = 0; a < high; a++) {
              for (int b = 0; b < wide; b++) {
                for (int c = 0; c < channels; c++) {
                  sum +=
                      get(n, i * stride + a - top, j * stride + b - left, c)
                          * kernel[((a * wide + b) * channels + c) * out + o];
                }
              }
            }
            result.values[result.at(n, i, j, o)] = sum;
          }
        }
      }
    }
    return result;
  }

  ReferenceImage depthwise(double[] kernel, int size) {
    return depthwise(kernel, size, 1);
  }

  ReferenceImage depthwise(double[] kernel, int size, int stride) {
    int rows = (height + stride - 1) / stride;
    int columns = (width + stride - 1) / stride;
    int top = Math.max((rows - 1) * stride + size - height, 0) / 2;
    int left = Math.max((columns - 1) * stride + size - width, 0) / 2;
    ReferenceImage result = zeros(batch, rows, columns, channels);
    for (int n = 0; n < batch; n++) {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          for (int c = 0; c < channels; c++) {
            double sum = 0;
            for (int a = 0; a < size; a++) {
              for (int b = 0; b < size; b++) {
                sum +=
                    get(n, i * stride + a - top, j * stride + b - left, c)
                        * kernel[(a * size + b) * channels + c];
              }
            }
            result.values[result.at(n, i, j, c)] = sum;
          }
        }
      }
    }
    return result;
  }

  ReferenceImage pool(int size, boolean maximum) {
    return pool(size, maximum, 1);
  }

  /** Mean or maximum of what lies inside the image. */
  ReferenceImage pool(int size, boolean maximum, int stride) {
    int rows = (height + stride - 1) / stride;
    int columns = (width + stride - 1) / stride;
    int top = Math.max((rows - 1) * stride + size - height, 0) / 2;
    int left = Math.max((columns - 1) * stride + size - width, 0) / 2;
    ReferenceImage result = zeros(batch, rows, columns, channels);
    for (int n = 0; n < batch; n++) {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          for (int c = 0; c < channels; c++) {
            double sum = 0;
            double most = Double.NEGATIVE_INFINITY;
            int count = 0;
            for (int a = 0; a < size; a++) {
              for (int b = 0; b < size; b++) {
                int row = i * stride + a - top;
                int column = j * stride + b - left;
                if (row >= 0 && row < height && column >= 0 && column < width) {
                  double value = get(n, row, column, c);
                  sum += value;
                  most = Math.max(most, value);
                  count++;
                }
              }
            }
            result.values[result.at(n, i, j, c)] = maximum ? most : sum / count;
          }
        }
      }
    }
    return result;
  }

  /** Mean and unbiased variance of every channel. */
  List<double[]> statistics() {
    double[] mean = new double[channels];
    double[] variance = new double[channels];
    int count = batch * height * width;
    for (int index = 0; index < values.length; index++) {
      mean[index % channels] += values[index] / count;
    }
    for (int index = 0; index < values.length; index++) {
      variance[index % channels] +=
          Math.pow(values[index] - mean[index % channels], 2) / Math.max(1, count - 1);
    }
    return List.of(mean, variance);
  }

  /** Normalisation by given statistics. */
  ReferenceImage normalise(double[] mean, double[] variance, double[] scale, double[] offset) {
    ReferenceImage result = zeros(batch, height, width, channels);
    for (int index = 0; index < values.length; index++) {
      int c = index % channels;
      result.values[index] =
          scale[c] * (values[index] - mean[c]) / Math.sqrt(variance[c] + EPSILON) + offset[c];
    }
    return result;
  }

  ReferenceImage rectify() {
    ReferenceImage result = zeros(batch, height, width, channels);
    for (int index = 0; index < values.length; index++) {
      result.values[index] = Math.max(0, values[index]);
    }
    return result;
  }

  ReferenceImage plus(ReferenceImage other) {
    ReferenceImage result = zeros(batch, height, width, channels);
    for (int index = 0; index < values.length; index++) {
      result.values[index] = values[index] + other.values[index];
    }
    return result;
  }

  /** Every second pixel from an offset on; zero beyond the image. */
  private ReferenceImage everySecond(int from) {
    ReferenceImage result = zeros(batch, (height + 1) / 2, (width + 1) / 2, channels);
    for (int n = 0; n < batch; n++) {
      for (int i = 0; i < result.height; i++) {
        for (int j = 0; j < result.width; j++) {
          for (int c = 0; c < channels; c++) {
            result.values[result.at(n, i, j, c)] = get(n, 2 * i + from, 2 * j + from, c);
          }
        }
      }
    }
    return result;
  }

  private ReferenceImage beside(ReferenceImage other) {
    ReferenceImage result = zeros(batch, height, width, channels + other.channels);
    for (int n = 0; n < batch; n++) {
      for (int i = 0; i < height; i++) {
        for (int j = 0; j < width; j++) {
          for (int c = 0; c < result.channels; c++) {
            result.values[result.at(n, i, j, c)] =
                c < channels ? get(n, i, j, c) : other.get(n, i, j, c - channels);
          }
        }
      }
    }
    return result;
  }

  /** Where means and variances come from. */
  static final class Norm {
    private final Iterator<double[]> given;
    private final boolean moving;
    final List<double[]> seen = new ArrayList<>();

    Norm(List<double[]> given, boolean moving) {
      this.given = given.iterator();
      this.moving = moving;
    }

    ReferenceImage apply(ReferenceImage x, Iterator<double[]> weights) {
      double[] scale = weights.next();
      double[] offset = weights.next();
      if (moving) {
        return x.normalise(given.next(), given.next(), scale, offset);
      }
      List<double[]> statistics = x.statistics();
      seen.addAll(statistics);
      double count = (double) x.values.length / x.channels;
      double[] biased = statistics.get(1).clone();
      for (int c = 0; c < biased.length; c++) {
        biased[c] *= Math.max(1, count - 1) / count;
      }
      return x.normalise(statistics.get(0), biased, scale, offset);
    }
  }

  ReferenceImage operation(ConvolutionOperation operation, Iterator<double[]> weights, Norm norm) {
    ReferenceImage mixed = norm.apply(convolve(weights.next(), 1, channels, 1), weights).rectify();
    return switch (operation) {
      case CONV_3X3 ->
          norm.apply(mixed.convolve(weights.next(), 3, channels, 1), weights).rectify();
      case CONV_5X5 ->
          norm.apply(mixed.convolve(weights.next(), 5, channels, 1), weights).rectify();
      case SEPARABLE_3X3 ->
          norm.apply(
                  mixed.depthwise(weights.next(), 3).convolve(weights.next(), 1, channels, 1),
                  weights)
              .rectify();
      case SEPARABLE_5X5 ->
          norm.apply(
                  mixed.depthwise(weights.next(), 5).convolve(weights.next(), 1, channels, 1),
                  weights)
              .rectify();
      case AVERAGE_POOL_3X3 -> mixed.pool(3, false);
      case MAX_POOL_3X3 -> mixed.pool(3, true);
    };
  }

  ReferenceImage reduce(Iterator<double[]> weights, Norm norm) {
    return reduce(weights, norm, channels);
  }

  ReferenceImage reduce(Iterator<double[]> weights, Norm norm, int out) {
    ReferenceImage plain = everySecond(0).convolve(weights.next(), 1, out / 2, 1);
    ReferenceImage shifted = everySecond(1).convolve(weights.next(), 1, out - out / 2, 1);
    return norm.apply(plain.beside(shifted), weights);
  }

  /** What an operation of a cell makes. */
  ReferenceImage operation(
      CellOperation operation, boolean halves, Iterator<double[]> weights, Norm norm) {
    int stride = halves ? 2 : 1;
    return switch (operation) {
      case SEPARABLE_3X3 -> separable(3, stride, weights, norm).separable(3, 1, weights, norm);
      case SEPARABLE_5X5 -> separable(5, stride, weights, norm).separable(5, 1, weights, norm);
      case AVERAGE_POOL_3X3 -> pool(3, false, stride);
      case MAX_POOL_3X3 -> pool(3, true, stride);
      case IDENTITY -> halves ? reduce(weights, norm) : this;
    };
  }

  private ReferenceImage separable(int size, int stride, Iterator<double[]> weights, Norm norm) {
    ReferenceImage within = rectify().depthwise(weights.next(), size, stride);
    return norm.apply(within.convolve(weights.next(), 1, channels, 1), weights);
  }

  /** Logits of a micro network without dropout, image by image. */
  double[] network(
      MicroArchitecture architecture,
      int normalCells,
      int filters,
      int classes,
      Iterator<double[]> weights,
      Norm norm) {
    ReferenceImage previous = norm.apply(convolve(weights.next(), 3, 3 * filters, 1), weights);
    ReferenceImage beforePrevious = previous;
    int width = filters;
    for (int index = 0; index < normalCells + 2; index++) {
      boolean reduces = index == normalCells / 3 || index == 2 * (normalCells / 3) + 1;
      width *= reduces ? 2 : 1;
      ReferenceImage before = beforePrevious.rectify();
      List<ReferenceImage> sources = new ArrayList<>();
      sources.add(
          before.height > previous.height || before.width > previous.width
              ? before.reduce(weights, norm, width)
              : norm.apply(before.convolve(weights.next(), 1, width, 1), weights));
      sources.add(norm.apply(previous.rectify().convolve(weights.next(), 1, width, 1), weights));
      List<Integer> read = new ArrayList<>();
      for (var block : (reduces ? architecture.reduction() : architecture.normal()).blocks()) {
        ReferenceImage[] terms = new ReferenceImage[2];
        for (int side = 0; side < 2; side++) {
          var value = block.values().get(side);
          boolean halves = reduces && value.source() < 2;
          read.add(value.source());
          terms[side] =
              sources.get(value.source()).operation(value.operation(), halves, weights, norm);
        }
        sources.add(terms[0].plus(terms[1]));
      }
      ReferenceImage all = null;
      for (int source = 2; source < sources.size(); source++) {
        if (!read.contains(source)) {
          all = all == null ? sources.get(source) : all.beside(sources.get(source));
        }
      }
      beforePrevious = previous;
      previous =
          norm.apply(
              Objects.requireNonNull(all).rectify().convolve(weights.next(), 1, width, 1), weights);
    }
    return previous.rectify().head(classes, weights.next(), weights.next());
  }

  /** Logits of a macro network without dropout, image by image. */
  double[] network(
      MacroArchitecture architecture,
      Filters filters,
      int classes,
      Iterator<double[]> weights,
      Norm norm) {
    ReferenceImage x = norm.apply(convolve(weights.next(), 3, filters.first(), 1), weights);
    List<ReferenceImage> outputs = new ArrayList<>(List.of(x));
    int depth = architecture.layers().size();
    for (int layer = 0; layer < depth; layer++) {
      MacroArchitecture.Layer chosen = architecture.layers().get(layer);
      x = x.operation(chosen.operation(), weights, norm);
      for (int skip : chosen.skips()) {
        x = x.plus(outputs.get(skip));
      }
      x = norm.apply(x, weights);
      outputs.add(x);
      if (layer + 1 == depth / 3 || layer + 1 == 2 * depth / 3) {
        for (int output = 0; output <= layer + 1; output++) {
          boolean needed = output == layer + 1;
          for (int later = layer + 1; later < depth; later++) {
            needed |= architecture.layers().get(later).skips().contains(output);
          }
          if (needed) {
            ReferenceImage wide = outputs.get(output);
            int more = filters.doubled() ? 2 * wide.channels : wide.channels;
            outputs.set(output, wide.reduce(weights, norm, more));
          }
        }
        x = outputs.get(layer + 1);
      }
    }
    return x.head(classes, weights.next(), weights.next());
  }

  double[] head(int classes, double[] kernel, double[] bias) {
    double[] logits = new double[batch * classes];
    for (int n = 0; n < batch; n++) {
      for (int k = 0; k < classes; k++) {
        double sum = bias[k];
        for (int c = 0; c < channels; c++) {
          double mean = 0;
          for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
              mean += get(n, i, j, c) / (height * width);
            }
          }
          sum += mean * kernel[c * classes + k];
        }
        logits[n * classes + k] = sum;
      }
    }
    return logits;
  }
}
