/**
 * Comparisons of search strategies: arms, seeds, and the statistics over their results.
 *
 * <p>Comes in: names, overrides, seeds and the results of finished runs. Goes out: one table with
 * means, spreads and paired tests, as records, JSON, CSV and a picture. Must not know: how a run is
 * configured or computed, and TensorFlow.
 */
@NullMarked
package io.tandem.compare;

import org.jspecify.annotations.NullMarked;
