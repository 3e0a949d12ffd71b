package io.tandem.tune;

import io.tandem.disk.UserError;
import io.tandem.graph.child.PerceptronNetwork;
import io.tandem.graph.tuning.TuningSettings;
import java.util.Locale;

/**
 * About how much memory a training takes whose steps are in the graph: the nodes of every step, and
 * what it leaves for the backward pass.
 */
public final class MemoryEstimate {
  private static final double MEBI = 1024.0 * 1024.0;
  private static final int FLOAT = 4;
  // Weights, gradient, velocity, each forward and backward again.
  private static final int PER_WEIGHT = 8;
  // Activations forward, backward, and forward and backward again over the backward pass.
  private static final int PER_ACTIVATION = 8;
  // A node of the graph with its kernel, and the nodes of a step with its derivative per weight
  // tensor, both rounded up.
  private static final double NODE = 8000;
  private static final int NODES_PER_TENSOR = 75;

  private MemoryEstimate() {}

  /**
   * MiB that one training with its derivative takes.
   *
   * @param settings the training
   * @param network its network
   * @param rows of a batch
   * @param differentiated steps that are differentiated through; the others leave nothing behind
   */
  public static double mib(
      TuningSettings settings, PerceptronNetwork network, int rows, int differentiated) {
    double weights = network.architecture().parameters(network.input(), network.outputs());
    double activations = network.outputs();
    for (var layer : network.architecture().layers()) {
      activations += layer.units();
    }
    double tensors = network.shapes().size();
    double kept =
        FLOAT * (PER_WEIGHT * weights + rows * (PER_ACTIVATION * activations + network.features()));
    double nodes = NODE * NODES_PER_TENSOR * tensors;
    return (differentiated * kept + settings.steps() * nodes) / MEBI;
  }

  /**
   * Refuses a training that does not fit.
   *
   * @param neededMib estimate
   * @param freeMib what there is
   * @param steps of the training
   * @param path the setting that gives their number
   * @throws UserError if it is not enough
   */
  public static void require(double neededMib, double freeMib, int steps, String path) {
    if (neededMib > freeMib) {
      throw new UserError(
          UserError.Kind.USAGE,
          String.format(
              Locale.ROOT,
              "%s: %d steps in the graph need about %.0f MiB, %.0f MiB are free; use at most"
                  + " %d steps, a smaller tune.batch, or response reversible, whose memory does"
                  + " not grow with the steps",
              path,
              steps,
              neededMib,
              freeMib,
              (long) Math.max(1, steps * freeMib / neededMib)));
    }
  }
}
