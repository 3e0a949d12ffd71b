/**
 * From stored examples to the numbers that networks see, as operations of a graph: the one
 * definition that reading for training and exported models share.
 *
 * <p>Comes in: files as strings. Goes out: whole numbers from 0 to 255. Must not know: networks,
 * search spaces, exports.
 */
@NullMarked
package io.tandem.graph.preprocessing;

import org.jspecify.annotations.NullMarked;
