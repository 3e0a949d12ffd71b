/**
 * Reading tables and images, splitting them and drawing batches from them, all seeded.
 *
 * <p>Comes in: {@link io.tandem.data.DataSettings} and a seed. Goes out: numbers in row-major
 * arrays, or bytes of images. Must not know: TensorFlow, search spaces, configuration files.
 */
@NullMarked
package io.tandem.data;

import org.jspecify.annotations.NullMarked;
