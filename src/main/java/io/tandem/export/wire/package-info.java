/**
 * Requests, tensors and records in the form of TensorFlow Serving.
 *
 * <p>Comes in: numbers and texts. Goes out: messages and their bytes. Must not know: models.
 */
@NullMarked
package io.tandem.export.wire;

import org.jspecify.annotations.NullMarked;
