/**
 * A run of a search, phase by phase: search, refinement, retraining, the one reading of the test
 * part, export.
 *
 * <p>Comes in: {@link io.tandem.run.task.ExperimentData} and a run directory. Goes out: a result
 * and a model. Must not know: how its parts are wired, the command line.
 */
@NullMarked
package io.tandem.run.search;

import org.jspecify.annotations.NullMarked;
