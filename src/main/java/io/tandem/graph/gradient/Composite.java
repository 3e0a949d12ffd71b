package io.tandem.graph.gradient;

import io.tandem.graph.core.Precision;
import io.tandem.graph.gradient.op.Inputs;
import io.tandem.graph.gradient.op.NoGradient;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.IdentityN;
import org.tensorflow.types.family.TNumber;

/**
 * Several nodes that are differentiated as one operation, by a gradient of their own instead of by
 * those of the nodes. TensorFlow composes the gradient of a product or a sum of several others that
 * work out shapes first; where the shapes are known to be the same, that is most of the work.
 *
 * <p>The outputs pass through an {@code IdentityN} node, of which TensorFlow has no gradient, next
 * to the inputs. {@link GradientRegistry} knows by the node's name which composite it ends.
 */
final class Composite {
  /** {@link LstmStep}. */
  static final Composite LSTM_STEP = new Composite("LstmStep", new LstmStepGradient());

  /** {@link WordCrossEntropy}. */
  static final Composite WORD_CROSS_ENTROPY =
      new Composite("WordCrossEntropy", new WordCrossEntropyGradient(Precision.FLOAT32));

  /** The same with products of bfloat16 factors. */
  static final Composite WORD_CROSS_ENTROPY_BFLOAT16 =
      new Composite("WordCrossEntropyBfloat16", new WordCrossEntropyGradient(Precision.BFLOAT16));

  private static final List<Composite> ALL =
      List.of(LSTM_STEP, WORD_CROSS_ENTROPY, WORD_CROSS_ENTROPY_BFLOAT16);

  private static final String MARK = "composite.";

  private final String name;
  private final Backward backward;

  /** The gradient of a composite. */
  interface Backward {
    /**
     * Adds the gradient to the graph, of operations that can be differentiated themselves.
     *
     * @param tf where it is added
     * @param node the composite's inputs and outputs
     * @param type number type of what it is called for
     * @return derivative by every input, in order; {@link NoGradient#value()} for inputs without
     */
    <T extends TNumber> List<Operand<?>> backward(Ops tf, Node<T> node, Class<T> type);
  }

  /**
   * A composite in the graph.
   *
   * @param <T> type of reals
   * @param operation the {@code IdentityN}: inputs first, then outputs
   * @param inputs number of inputs
   * @param derivatives of the final value by every output of the operation
   * @param type number type
   */
  record Node<T extends TNumber>(
      GraphOperation operation, int inputs, List<Output<?>> derivatives, Class<T> type) {
    /** An input. */
    Operand<T> input(int index) {
      return operation.input(index).expect(type);
    }

    /** An output, through which a second derivative sees what it depends on. */
    Operand<T> output(int index) {
      return operation.output(inputs + index).expect(type);
    }

    /** Whether the final value depends on an output. */
    boolean has(int index) {
      return !derivatives.get(inputs + index).op().type().equals("ZerosLike");
    }

    /** The derivative by an output; zeros where there is none. */
    Operand<T> derivative(int index) {
      return derivatives.get(inputs + index).expect(type);
    }
  }

  private Composite(String name, Backward backward) {
    this.name = name;
    this.backward = backward;
  }

  /**
   * Ends a composite.
   *
   * @param tf where it is added
   * @param inputs what its gradient gives derivatives by
   * @param outputs what it computed, from inputs behind a {@code stopGradient}
   * @return the outputs, to be used instead of {@code outputs}
   */
  List<Output<?>> end(
      Ops tf, List<? extends Operand<?>> inputs, List<? extends Operand<?>> outputs) {
    List<Operand<?>> all = new ArrayList<>(inputs);
    all.addAll(outputs);
    IdentityN node = tf.withSubScope(MARK + name + "." + inputs.size()).identityN(all);
    return List.copyOf(node.output().subList(inputs.size(), all.size()));
  }

  /** The gradient of the node that ends a composite. */
  static List<Operand<?>> backward(
      Ops tf, GraphOperation operation, List<Output<?>> outputGradients) {
    String path = operation.name();
    int start = path.lastIndexOf(MARK);
    if (start < 0) {
      return List.copyOf(outputGradients);
    }
    String[] parts = path.substring(start + MARK.length()).split("[./_]", -1);
    int inputs = Integer.parseInt(parts[1]);
    for (Composite composite : ALL) {
      if (composite.name.equals(parts[0])) {
        List<Operand<?>> derivatives =
            new ArrayList<>(
                composite.backward(
                    tf, operation, inputs, outputGradients, Inputs.real(operation.output(inputs))));
        IntStream.range(inputs, operation.numInputs())
            .forEach(index -> derivatives.add(NoGradient.value()));
        return derivatives;
      }
    }
    throw new IllegalStateException("no composite is called " + parts[0]);
  }

  private <T extends TNumber> List<Operand<?>> backward(
      Ops tf, GraphOperation operation, int inputs, List<Output<?>> derivatives, Class<T> type) {
    return backward.backward(tf, new Node<>(operation, inputs, derivatives, type), type);
  }
}
