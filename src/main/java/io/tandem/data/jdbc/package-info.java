/**
 * Tables that databases answer to queries.
 *
 * <p>Comes in: {@link io.tandem.data.DataSource.JdbcTable}. Goes out: {@link
 * io.tandem.data.row.TableInput}, whose rows have the texts of the values, always in the same
 * order. Must not know: networks, runs, any one database.
 */
@NullMarked
package io.tandem.data.jdbc;

import org.jspecify.annotations.NullMarked;
