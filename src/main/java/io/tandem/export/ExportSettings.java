package io.tandem.export;

import java.util.List;

/**
 * What the exported model is prepared for.
 *
 * @param batchSizes batch sizes with a recorded warm-up request, positive, strictly ascending
 */
public record ExportSettings(List<Integer> batchSizes) {
  /**
   * Most sizes: TensorFlow Serving refuses more than 1,000 warm-up records, and there is one for
   * each size and signature, of which a model of images has three.
   */
  public static final int MOST = 1000 / 3;

  /** Checks that there is a size and that they ascend. */
  public ExportSettings {
    batchSizes = List.copyOf(batchSizes);
    int last = 0;
    for (int size : batchSizes) {
      if (size <= last) {
        throw new IllegalArgumentException("batch sizes must be positive and ascend");
      }
      last = size;
    }
    if (batchSizes.isEmpty()) {
      throw new IllegalArgumentException("no batch size");
    }
    if (batchSizes.size() > MOST) {
      throw new IllegalArgumentException(batchSizes.size() + " batch sizes, at most " + MOST);
    }
  }
}
