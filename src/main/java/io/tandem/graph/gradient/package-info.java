/**
 * Automatic differentiation to second order: the registry of derivatives, branches that cost
 * nothing when they are not taken, several nodes that are differentiated as one operation, and an
 * error that names the operation whose derivative is missing.
 *
 * <p>Comes in: a loss and what it is differentiated by. Goes out: derivatives that can be
 * differentiated again. Must not know: sessions, networks, optimizers.
 */
@NullMarked
package io.tandem.graph.gradient;

import org.jspecify.annotations.NullMarked;
