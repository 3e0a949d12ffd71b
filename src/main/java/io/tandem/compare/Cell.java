package io.tandem.compare;

/**
 * One arm with one seed.
 *
 * @param number from 1, in the order in which cells are run
 * @param arm which
 * @param seed of every draw of its run
 * @param block number of its seed in the list of seeds, from 0: which block of the data it gets
 */
public record Cell(int number, Arm arm, long seed, int block) {
  /** Name of its run's directory. */
  public String run() {
    return arm.name() + "-seed" + seed;
  }

  /** The name of the run in messages and paths. */
  public String text() {
    return arm.name() + ", seed " + seed;
  }
}
