/**
 * The one way from settings to the three parts of rows, whatever the source.
 *
 * <p>Comes in: {@link io.tandem.data.DataSettings} and a seed. Goes out: {@link
 * io.tandem.data.DataSplit}. Must not know: TensorFlow, search spaces, configuration files.
 */
@NullMarked
package io.tandem.data.source;

import org.jspecify.annotations.NullMarked;
