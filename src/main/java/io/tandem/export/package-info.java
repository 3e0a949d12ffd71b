/**
 * A trained model as a SavedModel that TensorFlow Serving loads.
 *
 * <p>Comes in: a {@link io.tandem.export.Servable}, which is a trained network or a trained
 * language model, and a directory. Goes out: a complete version directory. Must not know: the
 * search, the data files, the configuration.
 */
@NullMarked
package io.tandem.export;

import org.jspecify.annotations.NullMarked;
