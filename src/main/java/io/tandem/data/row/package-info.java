/**
 * Rows of tables, whatever they are stored as.
 *
 * <p>Comes in: the bytes of a CSV file, and how they are written. Goes out: one row after the
 * other, with its cells as texts and numbers, and the place of each for messages. Must not know:
 * which columns are features, what is predicted.
 */
@NullMarked
package io.tandem.data.row;

import org.jspecify.annotations.NullMarked;
