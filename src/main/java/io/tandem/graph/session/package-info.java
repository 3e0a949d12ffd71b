/**
 * TensorFlow's library, devices, precision and sessions.
 *
 * <p>Comes in: {@link io.tandem.graph.session.RuntimeSettings}. Goes out: the configuration of a
 * session, and on which device operations are placed. Must not know: networks, optimizers.
 */
@NullMarked
package io.tandem.graph.session;

import org.jspecify.annotations.NullMarked;
