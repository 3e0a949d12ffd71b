/**
 * The program's parts put together: one Guice module per feature, the one injector, and the
 * pipeline from search to export.
 *
 * <p>Comes in: a checked configuration. Goes out: running parts. Must not know: the command line.
 */
@NullMarked
package io.tandem.wiring;

import org.jspecify.annotations.NullMarked;
