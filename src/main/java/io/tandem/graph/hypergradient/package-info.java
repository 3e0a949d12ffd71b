/**
 * Estimators of how the outer loss answers to hyperparameters through training.
 *
 * <p>Comes in: an inner problem. Goes out: direct and response gradient, apart. Must not know:
 * controllers, child networks.
 */
@NullMarked
package io.tandem.graph.hypergradient;

import org.jspecify.annotations.NullMarked;
