/**
 * The controller: one LSTM that makes the decisions of a search space in order and knows how likely
 * each was.
 *
 * <p>Comes in: {@link io.tandem.space.Decision}s and a seed tensor. Goes out: {@link
 * io.tandem.graph.controller.PolicySample} with choices, log-probabilities and entropy. Must not
 * know: the child network, the data, how a candidate is judged.
 */
@NullMarked
package io.tandem.graph.controller;

import org.jspecify.annotations.NullMarked;
