/**
 * What networks are trained and judged on: the loss of their outputs, for classes and for numbers.
 *
 * <p>Comes in: outputs of a network and targets as operands. Goes out: losses and scores as
 * operands. Must not know: networks, optimizers, files.
 */
@NullMarked
package io.tandem.graph.objective;

import org.jspecify.annotations.NullMarked;
