/**
 * The training of one network from scratch: a static graph of one architecture with its optimizer.
 *
 * <p>Comes in: an architecture, optimizer settings, standardised rows or a text. Goes out: losses,
 * scores and weights. Must not know: where rows come from, who asked, files.
 */
@NullMarked
package io.tandem.graph.training;

import org.jspecify.annotations.NullMarked;
