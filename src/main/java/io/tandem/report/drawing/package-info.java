/**
 * Drawings of networks as SVG.
 *
 * <p>Comes in: {@link io.tandem.space.Candidate} with captions. Goes out: an SVG document. Must not
 * know: files, journals and results.
 */
@NullMarked
package io.tandem.report.drawing;

import org.jspecify.annotations.NullMarked;
