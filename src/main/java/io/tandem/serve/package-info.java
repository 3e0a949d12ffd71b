/**
 * Applies exported models in this process.
 *
 * <p>Comes in: a model directory and rows of raw features, images or texts. Goes out: a {@link
 * io.tandem.serve.Prediction} for each row or image, a {@link io.tandem.serve.TextScore} for each
 * text. Must not know: runs, the search, how it is printed.
 */
@NullMarked
package io.tandem.serve;

import org.jspecify.annotations.NullMarked;
