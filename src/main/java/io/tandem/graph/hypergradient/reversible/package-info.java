/**
 * Hypergradients of long trainings: SGD with momentum that is run backwards bit by bit instead of
 * being remembered (Maclaurin, Duvenaud, Adams 2015).
 *
 * <p>Comes in: an inner problem, initial weights and a schedule, as numbers. Goes out: derivatives
 * by every entry of the schedule, by the initial weights and by what the losses depend on, as
 * numbers. One forward and one reverse step are in the graph; the loop over steps is here. Must not
 * know: controllers, child networks.
 */
@NullMarked
package io.tandem.graph.hypergradient.reversible;

import org.jspecify.annotations.NullMarked;
