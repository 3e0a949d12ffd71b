/**
 * The controller's program: samples of the policy, and updates of the controller from what samples
 * have shown (Williams 1992; Zoph and Le 2016).
 *
 * <p>Comes in: a {@link io.tandem.space.SearchSpace} and {@link
 * io.tandem.graph.joint.policy.PolicyFeedback}. Goes out: {@link io.tandem.space.Choices} and norms
 * of the gradients. Must not know: the child.
 */
@NullMarked
package io.tandem.graph.joint.policy;

import org.jspecify.annotations.NullMarked;
