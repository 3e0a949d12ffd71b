package io.tandem.space;

import java.util.Locale;

/**
 * What a layer of an image network does to its input. The order is that of the published encoding
 * of ENAS (Pham et al. 2018), in which an operation is its {@link #code()}.
 */
public enum ConvolutionOperation {
  /** Convolution by 3 x 3 kernels. */
  CONV_3X3(3),
  /** Depthwise convolution by 3 x 3 kernels, then a 1 x 1 convolution. */
  SEPARABLE_3X3(3),
  /** Convolution by 5 x 5 kernels. */
  CONV_5X5(5),
  /** Depthwise convolution by 5 x 5 kernels, then a 1 x 1 convolution. */
  SEPARABLE_5X5(5),
  /** Mean of every 3 x 3 window, stride 1. */
  AVERAGE_POOL_3X3(3),
  /** Maximum of every 3 x 3 window, stride 1. */
  MAX_POOL_3X3(3);

  private final int size;

  ConvolutionOperation(int size) {
    this.size = size;
  }

  /** Height and width of the window in pixels. */
  public int size() {
    return size;
  }

  /** Number in the published encoding. */
  public int code() {
    return ordinal();
  }

  /** Its name in configurations, results and journals, for example {@code conv_3x3}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it has no kernel of its own. */
  public boolean isPooling() {
    return switch (this) {
      case CONV_3X3, SEPARABLE_3X3, CONV_5X5, SEPARABLE_5X5 -> false;
      case AVERAGE_POOL_3X3, MAX_POOL_3X3 -> true;
    };
  }
}
