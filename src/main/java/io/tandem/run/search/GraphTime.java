package io.tandem.run.search;

/**
 * How long the graph of a search takes until it trains its first candidate, about, by the number of
 * its operations. Between spaces the time of an operation differs less than twofold; measured on
 * two cores of a server processor.
 *
 * @param operations of the graph without the response
 * @param network how many of them train and score candidates
 * @param innerLoop whether the response has an inner loop, or is the direct gradient alone
 */
record GraphTime(int operations, int network, boolean innerLoop) {
  /** Operations of a response with an inner loop, for each of those that train and score. */
  private static final double INNER_LOOP = 3.2;

  /** The same of the direct gradient alone. */
  private static final double DIRECT = 0.2;

  /** Seconds in which TensorFlow takes over an operation and runs it for the first time. */
  private static final double LOAD = 85e-6;

  /** Seconds in which an operation of the response is added. */
  private static final double ADD = 80e-6;

  /** Seconds until a candidate can be trained without the response. */
  double withoutResponse() {
    return LOAD * operations;
  }

  /** Seconds until a candidate can be trained with the response, which is still to be added. */
  double withResponse() {
    double added = (innerLoop ? INNER_LOOP : DIRECT) * network;
    return ADD * added + LOAD * (operations + added);
  }
}
