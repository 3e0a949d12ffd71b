package io.tandem.space;

import java.util.Locale;

/**
 * What a block of a cell does to one of its two inputs. The order is that of the published encoding
 * of ENAS (Pham et al. 2018), in which an operation is its {@link #code()}.
 */
public enum CellOperation {
  /** Twice: rectification, depthwise convolution by 3 x 3 kernels, 1 x 1 convolution. */
  SEPARABLE_3X3(3),
  /** Twice: rectification, depthwise convolution by 5 x 5 kernels, 1 x 1 convolution. */
  SEPARABLE_5X5(5),
  /** Mean of every 3 x 3 window. */
  AVERAGE_POOL_3X3(3),
  /** Maximum of every 3 x 3 window. */
  MAX_POOL_3X3(3),
  /** The input as it is. */
  IDENTITY(1);

  private final int size;

  CellOperation(int size) {
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

  /** Its name in configurations, results and journals, for example {@code separable_3x3}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
