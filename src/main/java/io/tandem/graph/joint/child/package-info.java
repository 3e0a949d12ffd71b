/**
 * The network with shared weights in a search, for rows and for texts: what is fed to it, its
 * problem of training, its training and its readings.
 *
 * <p>Comes in: a {@link io.tandem.space.Candidate} and row numbers. Goes out: losses and changed
 * weights. Must not know: the controller, responses.
 */
@NullMarked
package io.tandem.graph.joint.child;

import org.jspecify.annotations.NullMarked;
