/**
 * What Parquet's library keeps to its own package.
 *
 * <p>Comes in: a way to decompress pages. Goes out: options for reading without Hadoop. Must not
 * know: anything of Tandem.
 */
@NullUnmarked
package org.apache.parquet;

import org.jspecify.annotations.NullUnmarked;
