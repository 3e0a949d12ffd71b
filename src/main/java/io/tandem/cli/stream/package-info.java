/**
 * Output streams of answers: standard output, files, and pipes whose reader stops early.
 *
 * <p>Comes in: text and predictions. Goes out: bytes. Must not know: commands.
 */
@NullMarked
package io.tandem.cli.stream;

import org.jspecify.annotations.NullMarked;
