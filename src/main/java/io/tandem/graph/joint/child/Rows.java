package io.tandem.graph.joint.child;

/**
 * The rows and the noise of one inner loop.
 *
 * @param training rows of the training part, {@code [steps][batch]}
 * @param validation rows of the validation part
 * @param seed seed of dropout and augmentation
 * @param step which draw
 * @param progress share of the training that has passed, in [0, 1]: some noise grows with it
 */
public record Rows(int[][] training, int[] validation, long seed, long step, double progress) {
  /** At the beginning of a training. */
  public Rows(int[][] training, int[] validation, long seed, long step) {
    this(training, validation, seed, step, 0);
  }

  /** The same later in a training. */
  public Rows at(double passed) {
    return new Rows(training, validation, seed, step, passed);
  }
}
