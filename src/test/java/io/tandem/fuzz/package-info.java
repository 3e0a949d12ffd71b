/**
 * Gives the program inputs that are wrong in every way that seeds and mutations find, and holds its
 * answers against what it promises: success, or one line and exit code 2, 3 or 4.
 *
 * <p>Comes in: valid inputs, which are mutated. Goes out: a failed test that names the command by
 * which each input that broke the promise is made again. Must not know: how the program reads them.
 */
@NullMarked
package io.tandem.fuzz;

import org.jspecify.annotations.NullMarked;
