package io.tandem.metric;

import java.util.List;

/** Rows with what is true and what a model says, of which metrics are computed. */
interface Judged {
  /** Number of rows. */
  int rows();

  /** Number of operations of one computation, about: it decides how often it can be repeated. */
  long work();

  /** Which metrics there are. */
  List<Metric> metrics();

  /**
   * The metrics, in the order of {@link #metrics}.
   *
   * @param weights how often each row counts
   */
  double[] values(int... weights);
}
