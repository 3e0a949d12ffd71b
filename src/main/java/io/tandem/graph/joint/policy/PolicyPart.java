package io.tandem.graph.joint.policy;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * A part of the controller's gradient: one that is wanted apart from the others.
 *
 * @param kind what it is of
 * @param feedback coefficients
 * @param regularised whether the regularisers have a part in it
 */
record PolicyPart(Kind kind, PolicyFeedback feedback, boolean regularised) {
  /** The part, regularised if that is what it is of. */
  PolicyPart(Kind kind, PolicyFeedback feedback) {
    this(kind, feedback, kind == Kind.REGULARISER);
  }

  /** What a part is of. */
  enum Kind {
    /** What the losses before any inner step contribute. */
    DIRECT,
    /** What training contributes; it is clipped. */
    RESPONSE,
    /** What the regularisers contribute, and what is wanted neither measured nor clipped. */
    REGULARISER
  }

  /** Coefficients of every sample's regularisers: their mean counts. */
  double[] regularisers() {
    double[] share = new double[feedback.samples().size()];
    Arrays.fill(share, regularised ? 1.0 / share.length : 0);
    return share;
  }

  /** Coefficients of the gates; no rows without gates. */
  double[][] gates() {
    return feedback.gates() == null ? new double[0][] : feedback.gates().sum();
  }

  /** Whether all coefficients are 0, so that the derivative is. */
  boolean isZero() {
    return kind != Kind.REGULARISER
        && Stream.of(feedback.direct(), feedback.response(), feedback.density())
            .flatMapToDouble(Arrays::stream)
            .allMatch(each -> each == 0)
        && Stream.of(feedback.pathwise(), gates())
            .flatMap(Arrays::stream)
            .flatMapToDouble(Arrays::stream)
            .allMatch(each -> each == 0);
  }
}
