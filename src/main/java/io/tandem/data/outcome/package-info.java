/**
 * What is predicted: classes or numbers, and their values for the rows of a data set.
 *
 * <p>Comes in: labels and numbers of a table. Goes out: {@link io.tandem.data.outcome.Targets} as
 * networks are trained on them. Must not know: features, files, graphs.
 */
@NullMarked
package io.tandem.data.outcome;

import org.jspecify.annotations.NullMarked;
