/**
 * Runs of {@code tandem tune} and {@code tandem audit}.
 *
 * <p>Comes in: a checked configuration. Goes out: tuned hyperparameters, measured derivatives. Must
 * not know: searches, the command line.
 */
@NullMarked
package io.tandem.run.tune;

import org.jspecify.annotations.NullMarked;
