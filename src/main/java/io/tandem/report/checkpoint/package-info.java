/**
 * Checkpoints: directories of files with a manifest that holds their checksums.
 *
 * <p>Comes in: files and a JSON object. Goes out: the newest intact checkpoint. Must not know: what
 * is stored.
 */
@NullMarked
package io.tandem.report.checkpoint;

import org.jspecify.annotations.NullMarked;
