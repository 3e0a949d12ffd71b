/**
 * Child networks: the network of one architecture and the one whose weights all architectures
 * share, from the same small parts.
 *
 * <p>Comes in: a point of a {@link io.tandem.space.PerceptronSpace}, weights and features as
 * operands. Goes out: logits and losses as operands. Must not know: the controller, the optimizer,
 * files.
 */
@NullMarked
package io.tandem.graph.child;

import org.jspecify.annotations.NullMarked;
