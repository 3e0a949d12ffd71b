/**
 * Text output of commands: tables that fit the terminal, descriptions of runs, progress.
 *
 * <p>Comes in: results and numbers. Goes out: lines. Must not know: commands.
 */
@NullMarked
package io.tandem.cli.terminal;

import org.jspecify.annotations.NullMarked;
