package io.tandem.graph.gradient.op;

import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;

/** The gradient of a family of operations that TensorFlow's own registry leaves out. */
public interface OpGradient {
  /** The operation types it serves. */
  Set<String> types();

  /**
   * Adds the gradient to the graph. TensorFlow holds the graph's lock meanwhile: looking up an
   * operation by its name, as {@link GraphOperation#inputs()} does, would wait for ever.
   *
   * @param tf where it is added
   * @param operation the operation to differentiate
   * @param outputGradients derivative of the final value by every output; zerosLike where there is
   *     none
   * @return derivative by every input, in order; {@link NoGradient#value()} for inputs without one
   */
  List<Operand<?>> backward(Ops tf, GraphOperation operation, List<Output<?>> outputGradients);
}
