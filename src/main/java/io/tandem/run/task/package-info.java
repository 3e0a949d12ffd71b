/**
 * What an experiment works on: rows or texts, and everything that differs between the two, such as
 * networks, retraining and export.
 *
 * <p>Comes in: a checked configuration. Goes out: {@link io.tandem.run.task.ExperimentData}, with
 * settings that fit the data and suspicions about them. Must not know: the phases of a run.
 */
@NullMarked
package io.tandem.run.task;

import org.jspecify.annotations.NullMarked;
