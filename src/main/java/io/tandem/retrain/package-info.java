/**
 * Training the found candidate from scratch.
 *
 * <p>Comes in: a candidate and data. Goes out: weights and metrics. Must not know: controllers,
 * search.
 */
@NullMarked
package io.tandem.retrain;

import org.jspecify.annotations.NullMarked;
