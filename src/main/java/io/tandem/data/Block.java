package io.tandem.data;

/**
 * Which of the examples of a file are used: some that follow each other. Blocks at different
 * offsets are samples of their own.
 *
 * @param offset examples before the block, not negative
 * @param limit most examples in it; 0 is all that follow
 */
public record Block(int offset, int limit) {
  /** All examples. */
  public static final Block ALL = new Block(0, 0);

  /** Checks the ranges. */
  public Block {
    if (offset < 0 || limit < 0) {
      throw new IllegalArgumentException("no block from " + offset + " of " + limit);
    }
  }

  /** The first examples. */
  public static Block first(int limit) {
    return new Block(0, limit);
  }

  /**
   * Number of examples in the block. One at the beginning may be cut short by the end of the file;
   * a later one may not, so that blocks are of one size.
   *
   * @param count examples of the file
   * @param place the file, in messages
   * @param examples what they are, in messages
   * @param settings path of the settings, in messages
   * @throws DataException if the block reaches beyond the file
   */
  public int size(int count, String place, String examples, String settings) {
    if (offset == 0) {
      return limit == 0 ? count : Math.min(limit, count);
    }
    long end = (long) offset + Math.max(1, limit);
    if (end > count) {
      throw new DataException(
          Quote.format(
              "%s: %d %s, expected at least %d as %s.offset is %d and %s.limit %d; lower one of"
                  + " them",
              place, count, examples, end, settings, offset, settings, limit));
    }
    return limit == 0 ? count - offset : limit;
  }
}
