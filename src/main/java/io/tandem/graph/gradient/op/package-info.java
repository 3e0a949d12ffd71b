/**
 * Derivatives of single TensorFlow operations that its own registry lacks, most of them of the
 * operations that derivatives consist of.
 *
 * <p>Comes in: an operation and the derivatives by its outputs. Goes out: the derivatives by its
 * inputs. Must not know: the registry.
 */
@NullMarked
package io.tandem.graph.gradient.op;

import org.jspecify.annotations.NullMarked;
