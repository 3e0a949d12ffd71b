/**
 * The signatures of exported models: what goes in, what is done to it within the graph, what comes
 * out; with requests to each of them.
 *
 * <p>Comes in: a trained network. Goes out: signatures of a graph. Must not know: files, model
 * cards.
 */
@NullMarked
package io.tandem.export.signature;

import org.jspecify.annotations.NullMarked;
