/**
 * What a single column of a table can hold, and how its cells become numbers: dates, truth values,
 * and numbers that are mapped to normal scores.
 *
 * <p>Comes in: the texts and numbers of one column. Goes out: {@link io.tandem.column.ColumnType},
 * and the inputs of a network. Must not know: files, tables, graphs.
 */
@NullMarked
package io.tandem.column;

import org.jspecify.annotations.NullMarked;
