package io.tandem.graph.controller;

import io.tandem.graph.gradient.LstmStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.family.TNumber;

/**
 * The controller's long short-term memory; a forget bias of 1 is added.
 *
 * @param <T> type of reals
 * @param parameters where its weights are declared
 * @param units size of the state
 * @param kernel {@code [2 units, 4 units]}: input and hidden state to the gates i, f, g, o
 * @param offsets {@code [4 units]}
 */
record Lstm<T extends TNumber>(
    Parameters<T> parameters, int units, Parameter<T> kernel, Parameter<T> offsets) {
  static <T extends TNumber> Lstm<T> create(Parameters<T> parameters, int units) {
    return new Lstm<>(
        parameters,
        units,
        parameters.uniform(2L * units, 4L * units),
        parameters.constant(0, 4L * units));
  }

  /** Where the half of the kernel lies that inputs meet. */
  int[] inputPlaces() {
    return Arrays.copyOfRange(kernel.places(), 0, kernel.size() / 2);
  }

  /** Where the half of the kernel lies that hidden states meet. */
  private int[] hiddenPlaces() {
    return Arrays.copyOfRange(kernel.places(), kernel.size() / 2, kernel.size());
  }

  /** Bias with the forget bias, {@code [4 units]}. */
  Operand<T> bias(PerPart<T> copies) {
    Ops tf = parameters.ops();
    double[] forget = new double[4 * units];
    Arrays.fill(forget, units, 2 * units, 1);
    return tf.math.add(
        copies.elements(offsets.places()), tf.dtypes.cast(tf.constant(forget), parameters.type()));
  }

  /** A pass through the decisions, step by step. */
  static final class Pass<T extends TNumber> {
    private final Lstm<T> lstm;
    private final Ops tf;
    private final PerPart<T> copies;
    private final Operand<T> recurrent;
    private final List<Operand<T>> gates = new ArrayList<>();
    private final List<Operand<T>> states = new ArrayList<>();
    private @Nullable LstmStep<T> state;

    Pass(Lstm<T> lstm, PerPart<T> copies) {
      this.lstm = lstm;
      this.tf = lstm.parameters.ops();
      this.copies = copies;
      this.recurrent =
          tf.reshape(
              copies.elements(lstm.hiddenPlaces()),
              tf.constant(new int[] {lstm.units, 4 * lstm.units}));
    }

    /**
     * Takes a step.
     *
     * @param input what the input adds to the gates, bias included, {@code [R, 4 units]}
     * @return the hidden state {@code [R, units]}
     */
    Operand<T> step(Operand<T> input) {
      LstmStep<T> before = state;
      Operand<T> inputs =
          before == null
              ? tf.identity(input)
              : tf.math.addN(List.of(tf.linalg.matMul(before.hidden(), recurrent), input));
      LstmStep<T> after = LstmStep.of(tf, inputs, before == null ? null : before.cell());
      gates.add(inputs);
      states.add(after.hidden());
      state = after;
      return after.hidden();
    }

    /** Ends the pass: what its derivatives say of the bias and the recurrent kernel. */
    void end() {
      int[] bias = lstm.offsets.places();
      if (gates.size() == 1) {
        copies.products(bias, gates, this::bias);
        return;
      }
      int[] both =
          IntStream.concat(Arrays.stream(bias), Arrays.stream(lstm.hiddenPlaces())).toArray();
      copies.products(
          both,
          gates,
          derivatives ->
              tf.concat(List.of(bias(derivatives), kernel(derivatives)), tf.constant(1)));
    }

    /** {@code [P, 4 units]}. */
    private Operand<T> bias(List<Operand<T>> derivatives) {
      Operand<T> sum = derivatives.size() == 1 ? derivatives.get(0) : tf.math.addN(derivatives);
      return tf.reduceSum(tf.reshape(sum, copies.shaped(-1, 4 * lstm.units)), tf.constant(1));
    }

    /** {@code [P, units * 4 units]}: of the states before every step but the first. */
    private Operand<T> kernel(List<Operand<T>> derivatives) {
      Operand<T> hidden =
          tf.reshape(
              tf.stack(states.subList(0, states.size() - 1), Stack.axis(1L)),
              copies.shaped(-1, lstm.units));
      Operand<T> gate =
          tf.reshape(
              tf.stack(derivatives.subList(1, derivatives.size()), Stack.axis(1L)),
              copies.shaped(-1, 4 * lstm.units));
      Operand<T> product =
          tf.train.batchMatMul(hidden, gate, lstm.parameters.type(), BatchMatMul.adjX(true));
      return tf.reshape(product, copies.shaped(4 * lstm.units * lstm.units));
    }
  }
}
