/**
 * What is predicted: classes or numbers, and their values for the rows of a data set.
 *
 * <p>Comes in: labels and numbers of a table. Goes out: {@link io.tandem.outcome.Targets} as
 * networks are trained on them. Must not know: features, files, graphs.
 */
@NullMarked
package io.tandem.outcome;

import org.jspecify.annotations.NullMarked;
