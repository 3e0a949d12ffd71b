package io.tandem.graph.session;

import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/** TensorFlow's session options for {@link RuntimeSettings}. */
public final class SessionConfig {
  private SessionConfig() {}

  /**
   * The options.
   *
   * <p>Operations without a kernel on the wanted device are placed elsewhere. The graph optimizer
   * runs once instead of twice: a static graph of many branches is optimized whole at the first
   * run, and the second pass finds next to nothing.
   *
   * @param settings threads, device, memory
   */
  public static ConfigProto of(RuntimeSettings settings) {
    RewriterConfig.Builder rewriter =
        RewriterConfig.newBuilder()
            .setMetaOptimizerIterations(RewriterConfig.NumIterationsType.ONE);
    ConfigProto.Builder config =
        ConfigProto.newBuilder()
            .setAllowSoftPlacement(true)
            .setIntraOpParallelismThreads(settings.intraThreads())
            .setInterOpParallelismThreads(settings.interThreads())
            .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(settings.memoryGrowth()))
            .setGraphOptions(GraphOptions.newBuilder().setRewriteOptions(rewriter));
    if (settings.device() == Device.CPU) {
      config.putDeviceCount("GPU", 0);
    }
    return config.build();
  }

  /**
   * The options for a static graph of many lazy branches. The graph optimizer is off: it works on
   * all branches, taken or not, and costs more than it saves (measured in the documentation).
   *
   * @param settings threads, device, memory
   */
  public static ConfigProto ofBranches(RuntimeSettings settings) {
    ConfigProto config = of(settings);
    GraphOptions.Builder options = config.getGraphOptions().toBuilder();
    options.getRewriteOptionsBuilder().setDisableMetaOptimizer(true);
    return config.toBuilder().setGraphOptions(options).build();
  }
}
