/**
 * The options that say how a table is written, for commands that have no configuration.
 *
 * <p>Comes in: what was typed. Goes out: {@link io.tandem.dialect.DialectSettings}. Must not know:
 * the commands.
 */
@NullMarked
package io.tandem.cli.dialect;

import org.jspecify.annotations.NullMarked;
