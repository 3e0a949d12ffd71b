/**
 * Texts for language models of words: reading, the vocabulary, and the windows in which networks
 * see them.
 *
 * <p>Comes in: {@link io.tandem.data.DataSource.Text}. Goes out: {@link
 * io.tandem.data.text.TextSplit}, three parts of tokens, and positions in them; of a text that a
 * model is applied to, its lines. Must not know: TensorFlow, search spaces, configuration files.
 */
@NullMarked
package io.tandem.data.text;

import org.jspecify.annotations.NullMarked;
