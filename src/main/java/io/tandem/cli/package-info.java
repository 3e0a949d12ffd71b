/**
 * The command line: one command per file, and the only package that prints. {@link
 * io.tandem.cli.Main} alone ends the program.
 *
 * <p>Comes in: arguments. Goes out: text and an exit code (0 done, 2 usage or configuration, 3
 * data, 4 run failed, 130 interrupted, 141 unread). Help and configuration errors never load
 * TensorFlow.
 */
@NullMarked
package io.tandem.cli;

import org.jspecify.annotations.NullMarked;
