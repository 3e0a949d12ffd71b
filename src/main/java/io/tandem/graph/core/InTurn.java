package io.tandem.graph.core;

import org.tensorflow.Session;
import org.tensorflow.proto.RunOptions;

/**
 * Runs in which operations take turns in the calling thread. Their inner loops are divided among
 * threads all the same.
 *
 * <p>A recurrent network is a long chain of small operations, which other threads only delay. And
 * its sums keep their last bits: TensorFlow's {@code AddN} begins with whichever of its inputs
 * nobody else holds any more, which with three or more of them depends on how far other threads
 * are.
 */
public final class InTurn {
  private static final RunOptions OPTIONS =
      RunOptions.newBuilder().setInterOpThreadPool(-1).build();

  private InTurn() {}

  /** A run of a session. */
  public static Session.Runner runner(Session session) {
    return session.runner().setOptions(OPTIONS);
  }
}
