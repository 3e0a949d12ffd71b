/**
 * Estimators of the hypergradient held against central differences on one training problem.
 *
 * <p>Comes in: the problem, whose trainings can be repeated with other batches and initial weights.
 * Goes out: rows of numbers and a choice. Must not know: how trainings are computed, the command
 * line, configuration files.
 */
@NullMarked
package io.tandem.audit;

import org.jspecify.annotations.NullMarked;
