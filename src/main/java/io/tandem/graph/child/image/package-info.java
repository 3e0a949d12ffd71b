/**
 * Child networks for images: operations of layers, one file each, and the networks of the macro
 * space, the one of an architecture and the one whose weights all architectures share.
 *
 * <p>Comes in: a point of a {@link io.tandem.space.MacroSpace}, weights and pixels as operands;
 * images are {@code [batch, height, width, channels]}. Goes out: logits as operands. Must not know:
 * the controller, the optimizer, files.
 */
@NullMarked
package io.tandem.graph.child.image;

import org.jspecify.annotations.NullMarked;
