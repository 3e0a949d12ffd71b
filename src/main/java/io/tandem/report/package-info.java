/**
 * Results of runs, and how finished and unfinished runs are read back.
 *
 * <p>Comes in: numbers, {@link io.tandem.space.Architecture} and the journal. Goes out: {@code
 * result.json}, charts, and summaries of runs for people. Must not know: data, graph,
 * configuration; it never loads TensorFlow's native library.
 */
@NullMarked
package io.tandem.report;

import org.jspecify.annotations.NullMarked;
