package io.tandem.retrain;

import java.util.List;

/**
 * When the averaging of weights begins: the non-monotone trigger of NT-ASGD (Merity, Keskar and
 * Socher 2018, algorithm 1).
 *
 * @param patience how many of the epochs before an epoch it is not held against; 0 for no averaging
 */
record AverageTrigger(int patience) {
  /**
   * Whether the weights of the next step are averaged. Once they are, they stay so.
   *
   * @param losses validation losses of all epochs so far
   */
  boolean begun(List<Double> losses) {
    if (patience == 0) {
      return false;
    }
    double best = Double.POSITIVE_INFINITY;
    for (int epoch = patience + 1; epoch < losses.size(); epoch++) {
      best = Math.min(best, losses.get(epoch - patience - 1));
      if (!(losses.get(epoch) < best)) {
        return true;
      }
    }
    return false;
  }
}
