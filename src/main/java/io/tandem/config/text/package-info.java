/**
 * The text of a configuration: parsed, repaired where it is nearly right, merged in layers, with
 * the place of every setting.
 *
 * <p>Comes in: files in Protobuf's text format and overrides. Goes out: messages, and problems with
 * their places. Must not know: what the settings mean.
 */
@NullMarked
package io.tandem.config.text;

import org.jspecify.annotations.NullMarked;
