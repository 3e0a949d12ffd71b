package io.tandem.graph.gradient;

import io.tandem.graph.gradient.op.AvgPoolGradGradient;
import io.tandem.graph.gradient.op.BiasAddGradGradient;
import io.tandem.graph.gradient.op.Conv2DBackpropFilterGradient;
import io.tandem.graph.gradient.op.DepthwiseBackpropFilterGradient;
import io.tandem.graph.gradient.op.DepthwiseBackpropInputGradient;
import io.tandem.graph.gradient.op.ExponentialUnitGradGradient;
import io.tandem.graph.gradient.op.FusedBatchNormGradGradient;
import io.tandem.graph.gradient.op.GatherGradient;
import io.tandem.graph.gradient.op.MaxPoolGradGradient;
import io.tandem.graph.gradient.op.MulNoNanGradient;
import io.tandem.graph.gradient.op.NoiseGradient;
import io.tandem.graph.gradient.op.OnesLikeGradient;
import io.tandem.graph.gradient.op.OpGradient;
import io.tandem.graph.gradient.op.PolygammaGradient;
import io.tandem.graph.gradient.op.ReciprocalGradGradient;
import io.tandem.graph.gradient.op.ReluGradGradient;
import io.tandem.graph.gradient.op.ResourceGatherGradient;
import io.tandem.graph.gradient.op.RsqrtGradGradient;
import io.tandem.graph.gradient.op.SigmoidGradGradient;
import io.tandem.graph.gradient.op.SoftplusGradGradient;
import io.tandem.graph.gradient.op.SoftsignGradGradient;
import io.tandem.graph.gradient.op.SparseCrossEntropyGradient;
import io.tandem.graph.gradient.op.SqrtGradGradient;
import io.tandem.graph.gradient.op.StridedSliceGradGradient;
import io.tandem.graph.gradient.op.TanhGradGradient;
import io.tandem.graph.gradient.op.TensorScatterUpdateGradient;
import io.tandem.graph.gradient.op.XdivyGradient;
import io.tandem.graph.gradient.op.XlogyGradient;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.TFJ_GradFuncAdapter;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.op.Ops;
import org.tensorflow.op.RawCustomGradient;

/**
 * The gradients that TensorFlow's registry lacks and second derivatives need, registered once for
 * the whole process.
 *
 * <p>TensorFlow Java has ten native callback slots, and an eleventh registration crashes when it is
 * called. All operation types therefore share one callback that looks up the type.
 */
public final class GradientRegistry {
  private static final Map<String, OpGradient> GRADIENTS = gradients();

  private static final Map<String, Boolean> DIFFERENTIABLE = new ConcurrentHashMap<>();

  // Held for the life of the process: native code calls it.
  private static @Nullable TFJ_GradFuncAdapter callback;

  private GradientRegistry() {}

  /** Registers the gradients; further calls do nothing. */
  public static synchronized void install() {
    if (callback != null) {
      return;
    }
    TensorFlow.version(); // loads the native library
    TFJ_GradFuncAdapter adapter = RawCustomGradient.adapter(GradientRegistry::dispatch);
    callback = adapter;
    for (String type : GRADIENTS.keySet()) {
      if (!tensorflow.TFJ_HasGradient(type)
          && !tensorflow.TFJ_RegisterCustomGradient(type, adapter)) {
        throw new IllegalStateException("TensorFlow refuses a gradient for " + type);
      }
    }
  }

  /**
   * Whether an operation type can be differentiated, by TensorFlow's registry or by this one.
   *
   * @param type operation type, for example {@code MatMul}
   */
  public static boolean differentiable(String type) {
    install();
    return DIFFERENTIABLE.computeIfAbsent(type, tensorflow::TFJ_HasGradient);
  }

  /** The operation types that this registry adds. */
  static Set<String> types() {
    return GRADIENTS.keySet();
  }

  /**
   * Exchanges a gradient, so that a test can see whether an error in it would be noticed.
   *
   * @param type one of {@link #types()}
   * @param gradient what computes it from now on
   */
  static void exchange(String type, OpGradient gradient) {
    GRADIENTS.replace(type, gradient);
  }

  /** The gradient of one of {@link #types()}. */
  static OpGradient gradient(String type) {
    OpGradient gradient = GRADIENTS.get(type);
    if (gradient == null) {
      throw new IllegalStateException("no gradient for " + type);
    }
    return gradient;
  }

  private static List<Operand<?>> dispatch(
      Ops tf, GraphOperation operation, List<Output<?>> outputGradients) {
    return gradient(operation.type()).backward(tf, operation, outputGradients);
  }

  private static Map<String, OpGradient> gradients() {
    Map<String, OpGradient> map = new ConcurrentHashMap<>();
    List<OpGradient> all =
        List.of(
            new SwitchNGradient(),
            new MergeGradient(),
            new ReluGradGradient(),
            new ExponentialUnitGradGradient(),
            new SoftplusGradGradient(),
            new SoftsignGradGradient(),
            new TanhGradGradient(),
            new SigmoidGradGradient(),
            new SqrtGradGradient(),
            new RsqrtGradGradient(),
            new ReciprocalGradGradient(),
            new BiasAddGradGradient(),
            new SparseCrossEntropyGradient(),
            new StridedSliceGradGradient(),
            new MulNoNanGradient(),
            new XdivyGradient(),
            new XlogyGradient(),
            new OnesLikeGradient(),
            new PolygammaGradient(),
            new TensorScatterUpdateGradient(),
            new GatherGradient(),
            new ResourceGatherGradient(),
            new NoiseGradient(),
            new Conv2DBackpropFilterGradient(),
            new DepthwiseBackpropInputGradient(),
            new DepthwiseBackpropFilterGradient(),
            new AvgPoolGradGradient(),
            new MaxPoolGradGradient(),
            new FusedBatchNormGradGradient(),
            new CompositeGradient());
    for (OpGradient gradient : all) {
      for (String type : gradient.types()) {
        map.put(type, gradient);
      }
    }
    return map;
  }
}
