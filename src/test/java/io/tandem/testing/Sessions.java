package io.tandem.testing;

import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.OptimizerOptions;
import org.tensorflow.proto.RewriterConfig;

/** Sessions for graphs that run a few times only. */
public final class Sessions {
  private Sessions() {}

  /** A session without the graph optimizer, which costs more than it saves in a few runs. */
  public static Session unoptimized(Graph graph) {
    return new Session(
        graph,
        ConfigProto.newBuilder()
            .setGraphOptions(
                GraphOptions.newBuilder()
                    .setOptimizerOptions(
                        OptimizerOptions.newBuilder().setOptLevel(OptimizerOptions.Level.L0))
                    .setRewriteOptions(RewriterConfig.newBuilder().setDisableMetaOptimizer(true)))
            .build());
  }
}
