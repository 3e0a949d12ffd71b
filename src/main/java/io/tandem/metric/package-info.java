/**
 * Figures by which predictions are judged, with their uncertainty.
 *
 * <p>Comes in: true classes or numbers, and what a model says. Goes out: {@link
 * io.tandem.metric.Metrics}. Must not know: anything else of the program.
 */
@NullMarked
package io.tandem.metric;

import org.jspecify.annotations.NullMarked;
