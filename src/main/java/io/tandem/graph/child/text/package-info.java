/**
 * Language models: a recurrent cell unrolled over a window of words, as the network of one cell and
 * as all cells of a space on shared weights.
 *
 * <p>Comes in: weights, words, the state that the window before left. Goes out: logits of the next
 * words and the state. Must not know: where words come from, how weights are trained.
 */
@NullMarked
package io.tandem.graph.child.text;

import org.jspecify.annotations.NullMarked;
