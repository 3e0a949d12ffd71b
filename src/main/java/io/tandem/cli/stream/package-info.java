/**
 * Where answers go: standard output, files, and readers that leave before the end.
 *
 * <p>Comes in: text and predictions. Goes out: bytes. Must not know: commands.
 */
@NullMarked
package io.tandem.cli.stream;

import org.jspecify.annotations.NullMarked;
