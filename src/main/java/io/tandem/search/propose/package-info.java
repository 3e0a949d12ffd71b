/**
 * Where candidates for successive halving come from: uniform draws, evolution, a given network, or
 * the controller, which learns from how candidates do.
 *
 * <p>Comes in: {@link io.tandem.search.propose.Contender}, the candidates so far. Goes out: the
 * next candidate. Must not know: graphs but the controller's, journals, budgets.
 */
@NullMarked
package io.tandem.search.propose;

import org.jspecify.annotations.NullMarked;
