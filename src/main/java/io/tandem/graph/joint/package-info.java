/**
 * The child's program put together: training on shared weights, look-aheads and readings, with
 * plain Java in and out, in the graph and the session of a run.
 *
 * <p>Comes in: a {@link io.tandem.space.SearchSpace}, data, settings. Goes out: losses, response
 * gradients, readings. Must not know: strategies, budgets, files.
 */
@NullMarked
package io.tandem.graph.joint;

import org.jspecify.annotations.NullMarked;
