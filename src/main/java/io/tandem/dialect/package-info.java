/**
 * The ways in which tables are written: what divides cells, what encloses them, how numbers look,
 * and in which encoding the text is.
 *
 * <p>Comes in: the first bytes of a file, and what is known of it. Goes out: a {@link
 * io.tandem.dialect.Dialect}. Must not know: data, networks, runs.
 */
@NullMarked
package io.tandem.dialect;

import org.jspecify.annotations.NullMarked;
