/**
 * Descent along hypergradients of a fixed network's training (Maclaurin et al. 2015; Pedregosa
 * 2016).
 *
 * <p>Comes in: an objective that maps a point to its outcome. Goes out: the best point, a journal,
 * checkpoints. Must not know: how the objective is computed, the command line, configuration files.
 */
@NullMarked
package io.tandem.tune;

import org.jspecify.annotations.NullMarked;
