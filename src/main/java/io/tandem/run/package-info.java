/**
 * What all runs have in common: how they begin, and notes of a session in their journals.
 *
 * <p>Comes in: a checked configuration. Goes out: run directories. Must not know: what a run does.
 */
@NullMarked
package io.tandem.run;

import org.jspecify.annotations.NullMarked;
