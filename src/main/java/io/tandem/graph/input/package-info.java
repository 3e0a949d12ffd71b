/**
 * Examples on their way into a network: kept in the graph, standardised, and images augmented.
 *
 * <p>Comes in: data sets with their standardisation, {@link
 * io.tandem.graph.input.AugmentationSettings}. Goes out: batches of reals. Must not know: networks,
 * optimizers, files.
 */
@NullMarked
package io.tandem.graph.input;

import org.jspecify.annotations.NullMarked;
