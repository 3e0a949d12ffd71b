/**
 * What all data have in common: settings, parts, standardisation, batches and seeds.
 *
 * <p>Comes in: settings and a seed. Goes out: numbers in row-major arrays. Must not know:
 * TensorFlow, search spaces, configuration files, the formats of files, which are in the packages
 * below it.
 */
@NullMarked
package io.tandem.data;

import org.jspecify.annotations.NullMarked;
