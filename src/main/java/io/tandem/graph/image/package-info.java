/**
 * Images on their way into a network: bytes to normalised values, and augmentation, all in the
 * graph.
 *
 * <p>Comes in: bytes and labels as operands, {@link io.tandem.graph.image.AugmentationSettings}.
 * Goes out: images of reals {@code [batch, height, width, channels]}. Must not know: networks,
 * optimizers, files.
 */
@NullMarked
package io.tandem.graph.image;

import org.jspecify.annotations.NullMarked;
