package io.tandem.graph.controller;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Temperature and tanh constant of logits (Bello et al. 2017; Pham et al. 2018). */
final class Logits {
  private Logits() {}

  static <T extends TNumber> Operand<T> soften(
      Parameters<T> parameters, ControllerSettings settings, Operand<T> raw) {
    Ops tf = parameters.ops();
    Operand<T> logits = raw;
    if (settings.temperature() > 0) {
      logits = tf.math.div(logits, parameters.real(settings.temperature()));
    }
    if (settings.tanhConstant() > 0) {
      logits = tf.math.mul(tf.math.tanh(logits), parameters.real(settings.tanhConstant()));
    }
    return logits;
  }
}
