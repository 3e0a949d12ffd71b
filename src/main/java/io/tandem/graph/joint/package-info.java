/**
 * The static graph of a run, put together: the controller's program and the child's program, each
 * with plain Java in and out, in one graph and one session.
 *
 * <p>Comes in: a {@link io.tandem.space.SearchSpace}, data, settings. Goes out: samples, losses,
 * response gradients, updates. Must not know: strategies, budgets, files.
 */
@NullMarked
package io.tandem.graph.joint;

import org.jspecify.annotations.NullMarked;
