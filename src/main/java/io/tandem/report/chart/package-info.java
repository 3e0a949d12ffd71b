/**
 * Charts of curves over steps and of groups of values, as SVG.
 *
 * <p>Comes in: numbers and their names. Goes out: SVG text with real text, rounded points and less
 * than 60 KB. Must not know: runs, journals or what the numbers mean.
 */
@NullMarked
package io.tandem.report.chart;

import org.jspecify.annotations.NullMarked;
