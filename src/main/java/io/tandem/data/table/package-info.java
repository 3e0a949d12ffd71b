/**
 * Tables of comma-separated values: reading, classes, parts, and rows that a model is applied to.
 *
 * <p>Comes in: {@link io.tandem.data.DataSource.CsvTable} and its kin, or a file of rows. Goes out:
 * {@link io.tandem.data.DataSplit}. Must not know: TensorFlow, images, texts, search spaces,
 * configuration files.
 */
@NullMarked
package io.tandem.data.table;

import org.jspecify.annotations.NullMarked;
