/**
 * What every graph is built with: names, sessions, variables, lazy branches and the gradients that
 * TensorFlow lacks.
 *
 * <p>Comes in: {@link io.tandem.graph.core.RuntimeSettings}. Goes out: operands and sessions. Must
 * not know: search spaces, networks, optimizers.
 */
@NullMarked
package io.tandem.graph.core;

import org.jspecify.annotations.NullMarked;
