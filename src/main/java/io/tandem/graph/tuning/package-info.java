/**
 * The training of one fixed network as a function of continuous hyperparameters, with its
 * derivative.
 *
 * <p>Comes in: settings, standardised rows, an estimator, a point as plain numbers. Goes out:
 * losses and hypergradient as plain numbers. Must not know: how the point moves, files.
 */
@NullMarked
package io.tandem.graph.tuning;

import org.jspecify.annotations.NullMarked;
