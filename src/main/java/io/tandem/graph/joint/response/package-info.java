/**
 * The response gradient (Adam and Lorraine): look-aheads of samples from the shared weights, and
 * the estimates of the controller's gradient from their outcomes.
 *
 * <p>Comes in: candidates, losses before and after. Goes out: {@link
 * io.tandem.graph.joint.policy.PolicyFeedback}. Must not know: strategies, budgets.
 */
@NullMarked
package io.tandem.graph.joint.response;

import org.jspecify.annotations.NullMarked;
