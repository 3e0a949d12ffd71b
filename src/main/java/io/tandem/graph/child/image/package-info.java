/**
 * Child networks for images: operations of layers and of cells, one file each, and the networks of
 * the macro and the micro space, those of an architecture and those whose weights all architectures
 * share.
 *
 * <p>Comes in: a point of a {@link io.tandem.space.MacroSpace} or a {@link
 * io.tandem.space.MicroSpace}, weights and pixels as operands; images are {@code [batch, height,
 * width, channels]}. Goes out: logits as operands. Must not know: the controller, the optimizer,
 * files.
 */
@NullMarked
package io.tandem.graph.child.image;

import org.jspecify.annotations.NullMarked;
