package io.tandem.graph.joint;

/**
 * The rows and the noise of one inner loop.
 *
 * @param training rows of the training part, {@code [steps][batch]}
 * @param validation rows of the validation part
 * @param seed seed of dropout and augmentation
 * @param step which draw
 */
public record Rows(int[][] training, int[] validation, long seed, long step) {}
