/**
 * Files that survive a kill at any moment, the directories of runs, and what a user is told when
 * something fails.
 *
 * <p>Comes in: paths and content. Goes out: files that are complete or absent, locks, and {@link
 * io.tandem.disk.UserError}, whose kind decides the exit code. Must not know: data, graph,
 * configuration, or what the files say.
 */
@NullMarked
package io.tandem.disk;

import org.jspecify.annotations.NullMarked;
