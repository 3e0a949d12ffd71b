/**
 * Division of rows into folds for cross-validation.
 *
 * <p>Comes in: classes, an order or groups of rows. Goes out: the rows of each fold. Must not know:
 * features, files, networks.
 */
@NullMarked
package io.tandem.data.fold;

import org.jspecify.annotations.NullMarked;
