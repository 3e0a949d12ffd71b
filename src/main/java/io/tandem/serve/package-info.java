/**
 * Applies exported models in this process.
 *
 * <p>Comes in: a model directory and rows of raw features. Goes out: a {@link
 * io.tandem.serve.Prediction} for each row. Must not know: runs, the search, how it is printed.
 */
@NullMarked
package io.tandem.serve;

import org.jspecify.annotations.NullMarked;
