/**
 * Differentiable training: optimizer updates and the unrolled loop over them.
 *
 * <p>Comes in: an inner problem and optimizer tensors. Goes out: the trajectory of the weights.
 * Must not know: controllers, child networks, search spaces of networks.
 */
@NullMarked
package io.tandem.graph.inner;

import org.jspecify.annotations.NullMarked;
