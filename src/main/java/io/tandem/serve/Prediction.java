package io.tandem.serve;

/**
 * What a model says about one row.
 *
 * @param label the most probable class
 * @param probabilities one per class, in the model's order
 */
public record Prediction(String label, float[] probabilities) {}
