package io.tandem.data;

/**
 * A seeded stream of mini-batches. The rows are put into a new random order in every epoch, the
 * orders follow each other without a gap and the stream is cut into batches of equal size, so that
 * a batch may hold the end of one epoch and the beginning of the next. What a step gets depends on
 * the step alone, in whatever order steps are asked for. Safe for use by several threads.
 */
public final class Batches {
  private final int rows;
  private final int batch;
  private final long seed;
  private final String purpose;
  private volatile Epoch current;

  /** One epoch's order of the rows. */
  private record Epoch(long number, int[] order) {}

  /**
   * Makes a stream.
   *
   * @param rows number of rows to draw from, positive
   * @param batch rows per batch, positive; may exceed {@code rows}
   * @param seed seed of the run
   * @param purpose what the batches are for; streams of different purposes are unrelated
   */
  public Batches(int rows, int batch, long seed, String purpose) {
    if (rows < 1 || batch < 1) {
      throw new IllegalArgumentException("cannot draw batches of " + batch + " from " + rows);
    }
    this.rows = rows;
    this.batch = batch;
    this.seed = seed;
    this.purpose = purpose;
    this.current = epoch(0);
  }

  /**
   * The rows of one batch, between 0 and {@code rows - 1}; a new array.
   *
   * @param step number of the batch, from 0
   */
  public int[] indices(long step) {
    if (step < 0) {
      throw new IllegalArgumentException("step " + step + " is negative");
    }
    int[] indices = new int[batch];
    long position = Math.multiplyExact(step, (long) batch);
    int filled = 0;
    while (filled < batch) {
      int[] order = order(position / rows);
      int offset = (int) (position % rows);
      int count = Math.min(batch - filled, rows - offset);
      System.arraycopy(order, offset, indices, filled, count);
      filled += count;
      position += count;
    }
    return indices;
  }

  private int[] order(long number) {
    Epoch epoch = current;
    if (epoch.number() != number) {
      epoch = epoch(number);
      current = epoch;
    }
    return epoch.order();
  }

  private Epoch epoch(long number) {
    return new Epoch(number, Permutation.of(rows, Seeds.of(seed, purpose, number)));
  }

  /** How far the stream goes in one epoch: batches that hold every row once, rounded up. */
  public int batchesPerEpoch() {
    return Math.floorDiv(rows - 1, batch) + 1;
  }
}
