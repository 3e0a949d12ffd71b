/**
 * Search spaces as plain values: the decisions that a controller makes and the points it chooses.
 *
 * <p>Comes in: nothing but what the configuration says. Goes out: {@link
 * io.tandem.space.SearchSpace} (what can be chosen) and {@link io.tandem.space.Candidate} (what was
 * chosen). Must not know: TensorFlow, protobuf, files.
 */
@NullMarked
package io.tandem.space;

import org.jspecify.annotations.NullMarked;
