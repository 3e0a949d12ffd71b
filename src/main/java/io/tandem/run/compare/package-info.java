/**
 * The arms of a comparison as experiments, and the block of data of every seed.
 *
 * <p>Comes in: arms and a configuration. Goes out: checked configurations. Must not know: the
 * command line.
 */
@NullMarked
package io.tandem.run.compare;

import org.jspecify.annotations.NullMarked;
