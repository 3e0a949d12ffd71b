package io.tandem.run.task;

import io.tandem.data.ImageShape;
import io.tandem.space.CellOperation;
import io.tandem.space.MicroArchitecture;
import java.util.List;

/**
 * How many numbers a micro network makes of one example on the way forward and keeps for the way
 * back: what every convolution, normalisation, rectification, pooling and addition makes.
 *
 * @param architecture both cells
 * @param cells number of normal cells
 * @param filters channels of the cells before the first reduction
 */
record MicroActivations(MicroArchitecture architecture, int cells, int filters) {
  // Of the stem, of an input and of a cell's output: product, normalised.
  private static final int MIXED = 2;
  // Of a separable convolution, twice: rectified, by window, product, normalised. Where it halves
  // height and width, the first rectification is at the size of the input.
  private static final int SEPARABLE = 8;

  /** An image between the cells: pixels and channels. */
  private record Size(long height, long width, long channels) {
    long numbers() {
      return height * width * channels;
    }

    Size with(long other) {
      return new Size(height, width, other);
    }

    Size halved() {
      return new Size(Math.floorDiv(height + 1, 2), Math.floorDiv(width + 1, 2), channels);
    }
  }

  /**
   * The number for an image.
   *
   * @param image size of the input
   */
  long of(ImageShape image) {
    Size beforePrevious = new Size(image.height(), image.width(), 3L * filters);
    Size previous = beforePrevious;
    long total = MIXED * previous.numbers();
    List<Integer> reductions = MicroArchitecture.reductions(cells);
    long channels = filters;
    for (int index = 0; index < cells + reductions.size(); index++) {
      boolean reduces = reductions.contains(index);
      channels *= reduces ? 2 : 1;
      Size input = previous.with(channels);
      Size output = reduces ? input.halved() : input;
      total += beforePrevious.numbers() + previous.numbers() + 2 * MIXED * input.numbers();
      total +=
          reduces
              ? of(architecture.reduction(), input, output)
              : of(architecture.normal(), output, output);
      beforePrevious = previous;
      previous = output;
    }
    return total + previous.numbers();
  }

  /** Of the blocks, and of the loose ends: joined, rectified; product, normalised. */
  private static long of(MicroArchitecture.Cell cell, Size input, Size output) {
    long total = (2L * cell.looseEnds().size() + MIXED) * output.numbers();
    for (MicroArchitecture.Block block : cell.blocks()) {
      for (MicroArchitecture.Value value : block.values()) {
        boolean ofInput = value.source() < MicroArchitecture.INPUTS;
        total += of(value.operation(), ofInput ? input : output, output);
      }
      total += output.numbers();
    }
    return total;
  }

  private static long of(CellOperation operation, Size input, Size output) {
    return switch (operation) {
      case SEPARABLE_3X3, SEPARABLE_5X5 -> input.numbers() + (SEPARABLE - 1) * output.numbers();
      case AVERAGE_POOL_3X3, MAX_POOL_3X3 -> output.numbers();
      case IDENTITY -> input.equals(output) ? 0 : MIXED * output.numbers();
    };
  }
}
