package io.tandem.graph.hypergradient.reversible;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A hypergradient, as numbers; weights and hyperparameters are flattened row-major.
 *
 * @param finalLoss outer loss after the last step
 * @param trainingLosses training loss before every step
 * @param schedule derivatives by learning rates, momenta and weight decays
 * @param initialWeights derivative by every initial weight, per variable
 * @param finalWeights weights after the last step, per variable
 * @param direct derivative of the outer loss by every hyperparameter with the final weights held
 *     constant, in the order of the input
 * @param response what the training adds to {@code direct}
 * @param buffer what the information buffers held, per variable
 */
public record ReversibleGradient(
    double finalLoss,
    double[] trainingLosses,
    ScheduleGradient schedule,
    List<double[]> initialWeights,
    List<double[]> finalWeights,
    List<double[]> direct,
    List<double[]> response,
    List<BufferUse> buffer) {

  /** Copies the lists. */
  public ReversibleGradient {
    initialWeights = List.copyOf(initialWeights);
    finalWeights = List.copyOf(finalWeights);
    direct = List.copyOf(direct);
    response = List.copyOf(response);
    buffer = List.copyOf(buffer);
  }

  /** Bits of information that the buffers held per weight, over all weights. */
  public double informationBits() {
    return average(BufferUse::information);
  }

  /** Bits that storing the buffers took per weight, over all weights. */
  public double bufferBits() {
    return average(BufferUse::width);
  }

  private double average(ToDoubleFunction<BufferUse> measure) {
    double bits = 0;
    long weights = 0;
    for (BufferUse use : buffer) {
      bits += measure.applyAsDouble(use) * use.bitLengths().length;
      weights += use.bitLengths().length;
    }
    return bits / weights;
  }
}
