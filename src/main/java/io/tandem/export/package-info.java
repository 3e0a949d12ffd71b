/**
 * Writing a trained network as a SavedModel that serves.
 *
 * <p>Comes in: weights and their network. Goes out: a complete version directory or none. Must not
 * know: controllers, search.
 */
@NullMarked
package io.tandem.export;

import org.jspecify.annotations.NullMarked;
