package io.tandem.config;

/**
 * How language models read their texts in training.
 *
 * @param window words of a window, at most
 * @param randomWindows whether windows have random lengths in the retraining
 * @param averageAfter epochs without a better validation loss before weights are averaged in the
 *     retraining; 0 is never
 */
public record TextTraining(int window, boolean randomWindows, int averageAfter) {}
