/**
 * The program's parts put together: one Guice module per feature, the one injector, and
 * comparisons, which make an injector for every run.
 *
 * <p>Comes in: a checked configuration. Goes out: running parts. Must not know: the command line.
 */
@NullMarked
package io.tandem.wiring;

import org.jspecify.annotations.NullMarked;
