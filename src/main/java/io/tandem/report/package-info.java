/**
 * What a run leaves on disk and how it is read back: run directory, journal, checkpoints, metrics,
 * result and pictures.
 *
 * <p>Comes in: numbers, JSON values, {@link io.tandem.space.Architecture} and paths. Goes out:
 * files that survive a kill at any moment, and views of them for people. Must not know: data,
 * graph, configuration; it never loads TensorFlow's native library.
 */
@NullMarked
package io.tandem.report;

import org.jspecify.annotations.NullMarked;
