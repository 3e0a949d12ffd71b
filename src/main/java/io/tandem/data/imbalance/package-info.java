/**
 * Classes that do not count alike: weights of their rows in training.
 *
 * <p>Comes in: settings and the parts of a data set. Goes out: the same parts, whose outcome has
 * the weights. Must not know: files, networks.
 */
@NullMarked
package io.tandem.data.imbalance;

import org.jspecify.annotations.NullMarked;
