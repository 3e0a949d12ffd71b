/**
 * Configuration files: from text to checked records, with all problems reported together.
 *
 * <p>Comes in: {@code .pbtxt} files and {@code path=value} overrides. Goes out: {@link
 * io.tandem.config.Experiment}. Must not know: TensorFlow; its protobuf messages go no further.
 */
@NullMarked
package io.tandem.config;

import org.jspecify.annotations.NullMarked;
