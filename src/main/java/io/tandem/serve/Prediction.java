package io.tandem.serve;

/** What a model says about one row. */
public sealed interface Prediction permits ClassPrediction, NumberPrediction {
  /**
   * Checks that all its numbers are finite.
   *
   * @param place what to call the row in an error
   * @throws io.tandem.data.DataException if one is not
   */
  void requireFinite(String place);
}
