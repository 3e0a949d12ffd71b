/**
 * Tables in Parquet files.
 *
 * <p>Comes in: a file. Goes out: {@link io.tandem.data.row.TableInput}, whose rows have the texts
 * of the values. Must not know: networks, runs.
 */
@NullMarked
package io.tandem.data.parquet;

import org.jspecify.annotations.NullMarked;
